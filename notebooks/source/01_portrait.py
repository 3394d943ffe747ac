# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"
orders: str = ""  # your own list of orders, a CSV or Excel file; empty for the practice data
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import portrait
from custlib.course import open_lesson

lesson = open_lesson("01_portrait", language=language, seed=seed, orders=orders)

# %% [markdown] lang="en"
# # 01 What do you know of this customer?
#
# Lesson 1 · about 45 minutes · you need a sheet of paper and one customer of your own in mind

# %% [markdown] lang="zh"
# # 01 这家客户，你知道多少？
#
# 第 1 课 · 约 45 分钟 · 备一张纸，心里想好一家自己的客户

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 4 minutes.** Everybody writes down one customer of their own and, in two minutes, all they know of it. Then: “Cross out what is older than a year. Cross out what you only assume. What is left?” Expected: less than half. Keep the sheets; they are used again at the end. *Live path (30 minutes): Situation, Look, Try, the fairs, exercises 1 to 4, Take-away; the rest of The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 4 分钟。** 每人写下自己的一家客户，两分钟内把知道的都写出来。然后说：“一年以前的，划掉；只是你猜的，划掉。还剩多少？”期待的结果：不到一半。纸留着，最后还要用。现场版（30 分钟）：情境、看一看、试一试、展会那一段、第 1 到第 4 题、带走；“道理”的其余部分课后读。

# %% [markdown] lang="en"
# ## Situation
#
# Wednesday. A colleague moves to another region and hands you her customers. For each there is a folder: last year's revenue, three business cards, the birthday of a head of purchasing. On Friday you sit in front of the first of them, and what you would need to know is not in the folder.

# %% [markdown] lang="zh"
# ## 情境
#
# 周三。同事调去别的大区，把她的客户都交给了你。每家一个文件夹：去年的销售额，三张名片，采购主管的生日。周五你就要去见第一家，真正用得上的，文件夹里没有。

# %% [markdown] lang="en"
# ## Look
#
# Her customers buy drives, batteries and backup power from Langheng (朗衡). For this lesson we have put together from the company's books what is known of each customer: fourteen facts. The chart shows for how many customers each of them is known.

# %% [markdown] lang="zh"
# ## 看一看
#
# 她的客户向朗衡（Langheng）买变频器、电池和备用电源。这一课，我们把公司账上能查到的凑到一起：每家客户十四项事实。图上看的是：每项事实，多少家客户查得到。

# %%
facts = portrait.facts({name: lesson.table(name) for name in portrait.TABLES})
lesson.show("portrait.source", facts)

# %%
lesson.show("portrait.known", facts)

# %% [markdown] lang="en"
# Long bars are what gets noted anyway or can be looked up: orders, contacts, the growth of the industry. Short bars are what somebody has to ask the customer. Nobody is at fault; but if you plan a visit from the long bars alone, you know your own books, not the customer.

# %% [markdown] lang="zh"
# 横条长的，是平时就在记、或者查得到的：订单、往来、行业增速。横条短的，是要去问客户的。这不怪谁；只是光看长的那几条去拜访，你熟的是自己的账，不是客户。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Question for the room: “Which of the short bars could you fill in for your own customer, from your head, right now?” Expected: the number of suppliers, sometimes; what is bought elsewhere, hardly ever. Typical mistake: “We know that, it is just not in the system.” Say: then it leaves with you, as it left with this colleague.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：“横条短的那几项，你自己的客户，现在凭脑子能填出哪项？”期待的回答：用几家供应商，有人说得出；在别家买多少，几乎没人知道。常见错误：“我们都知道，只是没录系统。”可以说：那你一走就带走了，就像这位同事一样。

# %% [markdown] lang="en"
# ## Try
#
# Here is your colleague's list. Choose customers one after the other. Each page has five bars, the five dimensions (五个维度) of a **customer portrait** (客户画像), and below it what is missing, with a question that would bring it in.
#
# - Find a customer with a dimension on which nothing is known. What stands there instead of a bar?
# - Find one that is high in value and low in relationship. What does that mean for Friday?
#
# A good question starts from their work and is content with a rough answer: “Of the batteries you buy in a year, how much comes from others? A half, a third?”

# %% [markdown] lang="zh"
# ## 试一试
#
# 这是同事留下的名单，一家一家选着看。每页五根横条，就是**客户画像**（customer portrait）的五个维度（dimension）；下面写着还缺什么，问哪句话能补上。
#
# - 找一家有一个维度什么都不清楚的。那里没有横条，写的是什么？
# - 找一家价值高、关系低的。周五该怎么办？
#
# 问得好的话，从对方的事说起，大概答个数就行：“电池这块，您一年有多少是从别家买的？一半，还是三分之一？”

# %%
customers = lesson.table("customers")
names = customers.set_index("customer_id")["name"]
hers = customers.loc[customers["owner"] == "S05", "customer_id"]
mine = facts.loc[hers].sort_values("revenue", ascending=False).index
lesson.show("portrait.card", facts, customers, names=names, offered=mine)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** In pairs, one customer each: “What is your first question on Friday?” Expected: a question from the list below the bars, in their own words. Typical mistake one: reading “not known” as bad (“they give us nothing”). Not known says something about us, not about them. Typical mistake two: asking the customer what stands in our own order book; it shows that nobody has looked.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 两人一组，各选一家：“周五你第一句问什么？”期待的回答：横条下面列的问题，换成自己的话。常见错误一：把“不清楚”看成不好（“他们什么都不给我们”）。不清楚说的是我们，不是客户。常见错误二：去问客户自己订单里就有的事，一问就露馅：你没看过。

# %% [markdown] lang="en"
# ## The idea
#
# In Chinese sales training the portrait has five dimensions (客户五维分析). Each answers a question and is good for one decision:
#
# | dimension | the question | our facts | what you decide with it |
# |:--|:--|:--|:--|
# | **needs** 需求 | What do they need, and why? | what matters is met; how easy we make it | what you offer |
# | **behaviour** 行为 | How do they buy? | orders; days since the last; share without promotion | through which channel, and when |
# | **value** 价值 | What do they bring, what could they bring? | revenue; bought elsewhere; reputation | how much time |
# | **relationship** 关系 | Whom do we know, how closely? | breadth; depth; working contacts | who talks with whom |
# | **environment** 环境 | What happens around them? | growth; suppliers; our place | what to prepare for |
#
# A few words are used in a narrow sense. **Needs** are basic (it works), functional (it does what our line requires) or emotional (I can rely on them). **Breadth** (广度) is in how many of their functions, such as purchasing or engineering, we had a contact within 12 months; **depth** (深度) is the highest level among them: specialist, head of section, director, executive. We take it that large sums are decided from director upwards. A contact is **working** together (合作) when it is about a technical question or training; offers, prices and deliveries are **trading** (交易).

# %% [markdown] lang="zh"
# ## 道理
#
# 国内销售培训里，客户画像常分五个维度（客户五维分析，five dimensions）。每个维度回答一个问题，帮你定一件事：
#
# | 维度 | 回答什么 | 我们用的事实 | 用它定什么 |
# |:--|:--|:--|:--|
# | **需求** needs | 他们要什么，为什么要？ | 看重的做到了几分；省不省力 | 给什么方案 |
# | **行为** behaviour | 他们怎么买？ | 订单数；多少天没买；不靠促销的比例 | 走什么渠道，什么时候去 |
# | **价值** value | 带来多少，还能带来多少？ | 销售额；在别家买了多少；口碑 | 花多少时间 |
# | **关系** relationship | 认识谁，有多近？ | 广度；深度；一起做事的往来 | 谁去跟谁谈 |
# | **环境** environment | 周围在发生什么？ | 行业增速；供应商数；我们排第几 | 该防备什么 |
#
# 有几个词，这里的意思比平时窄。**需求**分三种：基本的（能用）、功能的（满足我这条线的要求）、情感的（跟他们合作放心）。**广度**（breadth）是 12 个月里和他们几个部门有过往来，比如采购、技术；**深度**（depth）是其中见过的最高层级：专员、主管、总监、高管，我们按总监以上能拍板来算。往来谈的是技术问题或培训，算**合作**（working together）；谈报价、价格、交货，算**交易**（trading）。

# %% [markdown] lang="en"
# Days and yuan cannot be averaged. So each fact becomes a score, by the customer's place among all of whom that fact is known:
#
# $$\text{score} = 100 \cdot \frac{\text{others who do worse} + \tfrac{1}{2} \cdot \text{others who are equal}}{\text{all others of whom it is known}}$$
#
# It has no unit and runs from 0 to 100; 50 is the middle. For days, suppliers and our place, fewer is better. For what they buy elsewhere, more is better: there is more to win. A high score in needs says that we meet them well, not that they need much. A dimension is the mean of those of its facts that are known. One score, worked through, for the first customer on your list:

# %% [markdown] lang="zh"
# 天数和金额没法直接平均。所以每项事实先换成得分，看这家客户在所有查得到这一项的客户里排在哪儿：
#
# $$\text{得分} = 100 \cdot \frac{\text{比它差的家数} + \tfrac{1}{2} \cdot \text{和它一样的家数}}{\text{另外查得到的家数}}$$
#
# 得分没有单位，从 0 到 100，50 是正中间。天数、供应商数和名次，数越小越好。在别家买的，越多分越高：能争取的多。需求得分高，是说他们要的我们做得好，不是说他们要得多。一个维度的得分，就是其中已知的几项取平均。拿你名单上的第一家算给你看：

# %%
lesson.show("portrait.worked", facts, mine[0], "orders", names=names)

# %% [markdown] lang="en"
# **Not known is not 0.** A 0 says: everybody else does better. Missing says: we have not asked. If you fill gaps with 0, you punish the customers you have not talked to. The share of facts that are known is the **completeness** (完整度) of a portrait:
#
# $$\text{completeness} = \frac{\text{facts known}}{\text{all facts}}$$
#
# With 11 of 14 facts known it is 11 ÷ 14 = 79 %. The five dimensions are common in Chinese books, and “needs first” goes back to Kotler's marketing; the choice of facts, the scores and the rule for gaps are **our own convention**. Elsewhere such a portrait is drawn as a web. We use bars: the area of a web changes with the order of its corners, and a gap in it looks like 0.

# %% [markdown] lang="zh"
# **不清楚，不等于 0 分。** 0 分的意思是别人都比它强；空着的意思是我们还没问。用 0 去补空，罚的是你没去谈过的客户。已知的事实占多少，叫画像的**完整度**（completeness）：
#
# $$\text{完整度} = \frac{\text{已知的事实数}}{\text{全部事实数}}$$
#
# 14 项里知道 11 项，就是 11 ÷ 14 = 79%。五个维度在国内的书里很常见，“先看需求”出自科特勒（Kotler）的营销学；选哪些事实、怎么打分、空着的怎么办，是**我们自己的约定**。别处常把画像画成雷达图。我们画横条：雷达图换个角的顺序，面积就变了，空着的看起来又像 0 分。

# %% [markdown] lang="en"
# **What counts most?** Five scores can be weighed into one, if you say what counts. Move the sliders: a weight of 2 counts twice as much as a weight of 1. Where a whole dimension is not known, a line shows how far the score is still open.

# %% [markdown] lang="zh"
# **什么最要紧？** 五个得分可以合成一个，前提是你说清楚看重什么。动一动滑块：权重 2 就比权重 1 多算一倍。有的维度一项都不清楚，得分就定不下来；线有多长，就是还差多少没定。

# %%
lesson.show("portrait.weights", facts, names=names, offered=mine)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Question: “With which weights does your favourite come first?” Let two tables find opposite weights for the same customer. Expected: nearly anybody can be brought near the top. So: weights are written down *before* one looks at the names. Typical mistake: taking the figure for a measurement. It is an opinion with decimals, unless somebody checks it against what happens later; lesson 02 does.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 问：“权重怎么调，你喜欢的那家就排第一？”让两桌人为同一家客户找相反的权重。期待的结果：几乎谁都能调到前面去。所以，权重要在看名字**之前**写下来。常见错误：把得分当成量出来的。它只是带小数的看法，除非以后拿结果来对；第 2 课就做这件事。

# %% [markdown] lang="en"
# **Whom do we know?** A relationship that hangs on one person ends with that person's transfer. The customers with the most revenue, by breadth and depth:

# %% [markdown] lang="zh"
# **我们认识谁？** 关系只系在一个人身上，这个人一调走就断了。销售额最高的客户，按广度和深度看：

# %%
lesson.show("portrait.threads", facts)

# %% [markdown] lang="en"
# **A case: are trade fairs worth it?** Textbooks tell of manufacturers who make up their minds at trade fairs, and draw the lesson: go to more fairs. Langheng's own books have an answer, if one asks them properly. Begin with all industries, then go through them one by one.

# %% [markdown] lang="zh"
# **案例：展会值不值？** 教科书里有制造企业的例子：客户在专业展会上拿主意，所以要多参展。朗衡自己的账上有答案，就看会不会问。先看全部行业，再一个一个行业看。

# %%
leads = lesson.table("leads")
lesson.show("portrait.sources", leads)

# %%
lesson.show("portrait.where", leads)

# %% [markdown] lang="en"
# What holds for all together need not hold for each; and what holds in a textbook need not hold for you. The lines are 95 % intervals (after Wilson, 1927): with few enquiries they are long, and a long line decides nothing. The figures say where enquiries were won, not why. Perhaps whoever comes to a fair is closer to a decision anyway.

# %% [markdown] lang="zh"
# 加在一起成立的，分开看不一定成立；书上成立的，在你这里也不一定。线是 95% 区间（据 Wilson，1927）：询价少，线就长，线长就什么也定不了。数字只说在哪里成交，没说为什么。也许来展会的人，本来就快要定了。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Before anybody moves the panel: “Would you put more money into fairs?” Hands. Then the industries. Expected: the answer becomes “for whom?”. Typical mistakes: reading an industry with a dozen enquiries like one with two hundred; comparing the number of deals instead of the share (fairs and website do not bring equally many enquiries everywhere). *If the title says “chance alone could do that”:* it does not say there is no difference; it says this data cannot tell.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 动面板之前先问：“要不要多花钱参展？”举手。再看各行业。期待的结果：问题变成“对谁？”。常见错误：十几条询价的行业和两百条的一样看；比成交单数，不比占比（展会和网站来的询价，各行业不一样多）。标题写“可能只是碰巧”时，不是说没有差别，是说这份数据看不出来。

# %% [markdown] lang="en"
# **A second case: how much of the growth is yours?** Another textbook tells of an IT supplier that gave a bank a service team of its own. The bank's contracts with it grew, and the book credits the team with all of it. But the market grew as well. If the account would have grown like the market, what is left is
#
# $$\text{growth above the market} = \frac{1 + \text{growth of the account}}{1 + \text{growth of the market}} - 1$$
#
# In per cent, both for the same months. An account that grew by 50 % in a market that grew by 25 % is 1.50 ÷ 1.25 − 1 = 20 % above it, not 25 %. And it is still no proof: nobody knows how this account would have grown without the team.

# %% [markdown] lang="zh"
# **案例二：增长里有多少是你的？** 另一本教科书说，一家 IT 供应商给银行客户配了专属团队，这家银行的合同额涨了，书上就把涨的全算成团队的功劳。可是市场也在涨。要是这个客户本来会随市场增长，剩下的才是
#
# $$\text{比市场高出的增长} = \frac{1 + \text{客户的增长}}{1 + \text{市场的增长}} - 1$$
#
# 单位是百分比，两个数取同一段时间。客户增长 50%，市场增长 25%，就是 1.50 ÷ 1.25 − 1 = 20%，不是 25%。就算这样也证明不了什么：没有团队，这个客户会涨多少，谁也不知道。

# %% [markdown] lang="en"
# **What does not belong in a portrait.** It describes a firm. As soon as people are in it, rules apply, in China the Personal Information Protection Law of 2021:
#
# 1. Of a person you note function, level and what was said on the matter; only what the work needs, only as long as it needs it. No family, health, faith, income, and no character.
# 2. A birthday is no fact for work. A small present at a festival, within the rules of both companies, is ordinary; anything of value to a person that is tied to a decision is not allowed, and with a public buyer it is nothing at all.
# 3. Langheng sells backup power to hospitals, to the facilities department. If somebody there offers you figures on medicines by department or doctor, refuse: collecting them for business (统方) is forbidden. Public tenders you may read; bought data you may not use.

# %% [markdown] lang="zh"
# **什么不该写进画像。** 画像写的是一家公司。里面一有人，就有规矩，在中国是 2021 年施行的《个人信息保护法》：
#
# 1. 写到人，只记部门、层级和他就事说过的话；工作用得着才记，用完就删。家庭、健康、信仰、收入，一概不记，性格也不记。
# 2. 生日不是工作上的事实。过节一份小礼物，双方公司的规定都允许，是人之常情；对个人有价值、又和决定挂钩的东西，不行；对方是公家单位，什么都不送。
# 3. 朗衡卖给医院的是备用电源，找的是后勤部门。要是有人愿意给你各科室、各医生的用药数字，拒绝：为商业目的统计这些（统方）是禁止的。公开的招标可以看，买来的数据不能用。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 4 minutes.** Question: “What is in your own notes that would have to go?” Nobody has to answer aloud. Typical mistake: “But it is only in my own notebook.” The law asks what it is for, not where it lies. Point 3 is not a legal opinion; for the wording of the rules ask your legal department.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 4 分钟。** 问：“你自己的笔记里，有什么该删？”不用说出来。常见错误：“我只写在自己本子上。”法律问的是拿来做什么，不是放在哪里。第 3 条不是法律意见，条文怎么说请问法务。

# %% [markdown] lang="en"
# ## Do
#
# Eight exercises. The figures come from the practice data; a wrong answer tells you what it would mean.

# %% [markdown] lang="zh"
# ## 练一练
#
# 八道题，数字来自练习数据。答错了，会告诉你这个答案意味着什么。

# %%
lesson.ask("portrait-1")

# %%
lesson.ask("portrait-2")

# %%
lesson.ask("portrait-3")

# %%
lesson.ask("portrait-4")

# %%
lesson.ask("portrait-5")

# %%
lesson.ask("portrait-6")

# %%
lesson.ask("portrait-7")

# %%
lesson.ask("portrait-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 14 minutes.** Live: 1 to 4 alone, then compare in pairs. Exercise 3 is the one that brings the lesson home: those who answer 0 are asked what a customer must have done to deserve it. Exercise 6 leads to a discussion; stop it at the sentence “if the account would have grown like the market”. Exercise 8 is read aloud to the neighbour.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 14 分钟。** 现场做第 1 到第 4 题，先自己做，再两人对。第 3 题是这一课的关键：答 0 的，问他这家客户做了什么才该得 0 分。第 6 题会引起讨论，停在“前提是这个客户本来会随市场增长”。第 8 题念给旁边的人听。

# %% [markdown] lang="en"
# ## Your own list
#
# Bring a list of orders as your system exports it, CSV or Excel: who bought, when, for how much. You confirm which column is which; nothing leaves this computer. Purchases alone fill part of two dimensions. The table says what they give and what you still have to ask.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 从系统里导出一份订单，CSV 或 Excel 都行：谁买的，哪天买的，买了多少钱。你来确认哪一列是什么，数据不会离开运行课程的那台电脑。光有购买记录，能填上两个维度的一部分；下表列出哪些事实名单里有，哪些还要你去问。

# %%
lesson.own_list()

# %%
lesson.show("portrait.own", portrait.facts({"orders": lesson.table("orders")}), own=lesson.data.own)

# %% [markdown] lang="en"
# Take the sheet with your own customer, or start one. Write the five dimensions one below the other, beside each what you know, with the month you learned it. Where you know nothing, write the question and the name of the function that could answer it. Two questions are enough for one visit.

# %% [markdown] lang="zh"
# 拿出写着你那家客户的纸，没有就写一张。五个维度从上往下写，旁边写你知道的，注明是哪个月知道的。不清楚的，写上要问的话，再写哪个部门答得上来。一次拜访，问两个问题就够。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Quiet work on the sheets of the beginning. Question at the end: “Which dimension is empty on most sheets?” Count hands; mostly environment or needs. No customer's name on the screen or the board.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 安静地在开头那张纸上写。最后问：“哪个维度空着的人最多？”数举手，多半是环境或需求。屏幕上、白板上不出现客户的名字。

# %% [markdown] lang="en"
# ## Take-away
#
# - Five dimensions, five decisions: offer, channel, time, people, precautions.
# - Not known is not 0. Write the question where the figure is missing.
# - A rule that holds for all together is checked where you work: in your industry, with your figures.

# %% [markdown] lang="zh"
# ## 带走
#
# - 五个维度，定五件事：方案、渠道、时间、人、防备。
# - 不清楚不等于 0 分。缺数的地方，写上要问的话。
# - 加在一起成立的规律，要在你的行业里、用你的数字再查一遍。

# %%
lesson.show("portrait.take_away", facts)

# %%
lesson.show("glossary.terms", "portrait")

# %%
lesson.goal()

# %% [markdown] lang="en"
# Next: [02 Which enquiry gets your time?](02_screening.ipynb)

# %% [markdown] lang="zh"
# 下一课：[02 哪条询价值得你花时间？](02_screening.ipynb)
