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

lesson = open_lesson("02_screening", language=language, seed=seed, orders=orders)

# %% [markdown] lang="en"
# # 02 Which enquiry gets your time?
#
# Lesson 2 · about 45 minutes · you need a sheet of paper and one open deal of your own in mind

# %% [markdown] lang="zh"
# # 02 哪条询价值得你花时间？
#
# 第 2 课 · 约 45 分钟 · 备一张纸，心里想好手上一单没定的生意

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “How do you decide today which enquiry you follow up?” Collect three answers; most will be: the newest, the largest, the friendliest. Then: “How would you notice that this is wrong?” Usually silence, and that is the lesson: a rule one cannot check is a habit. *Live path (35 minutes): Situation, Look, Try, the cut, exercises 1 to 5, Take-away; BANT, MEDDIC and key accounts are read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“现在你靠什么决定跟哪条询价？”记三个回答，多半是：最新的、最大的、最好说话的。再问：“要是这样不对，你怎么发现？”通常没人说话。这一课讲的就是它：查不了的规则，只是习惯。现场版（35 分钟）：情境、看一看、试一试、划线那一段、第 1 到第 5 题、带走；BANT、MEDDIC 和大客户课后读。

# %% [markdown] lang="en"
# ## Situation
#
# Thursday morning. Trade fair, website, telephone: the enquiries of the last months lie in a list, and an honest follow-up takes about 6 hours each: two calls, a visit, an offer. You have 30 hours this week. If you take them from the top, you work off the order in which they came in.

# %% [markdown] lang="zh"
# ## 情境
#
# 周四早上。展会、网站、电话，这几个月来的询价排成一张单子。认真跟一条大约要 6 小时：两个电话、一次拜访、一份报价。这周你有 30 小时。从上往下做，等于谁先来就先伺候谁。

# %% [markdown] lang="en"
# ## Look
#
# When an enquiry (询价, often called a lead) comes in, somebody at Langheng notes four things: is there money, who is asking, how strong is the need (0 to 10), in how many months will they decide. We read each note as yes, no or not known. About money, “not known” means that nobody has asked; elsewhere, that the note does not settle it: a head of section may or may not sign, a need of 4 to 6, a decision in 7 to 12 months. The chart shows how often each answer ended in a deal.

# %% [markdown] lang="zh"
# ## 看一看
#
# 来了一条询价（enquiry，也叫销售线索、lead），朗衡的人会记四件事：有没有钱，谁来问的，需求有多强（0 到 10 分），几个月内定。每条记录读成“有”“没有”或“不清楚”。购买力“不清楚”，是没人问过；另外三样，是光看记录定不下来：主管也许能签，也许不能；需求 4 到 6 分；7 到 12 个月才定。图上看的是，各种回答后来成交了多少。

# %%
leads = lesson.table("leads")
lesson.show("screening.source", leads)

# %%
lesson.show("screening.unknown", leads)

# %% [markdown] lang="en"
# Look at “not known” in the line “money”. Many lists have only a tick: there is money, or there is none. Then “nobody has asked” ends up among the noes, and nobody rings. In the other lines “not known” need not lie between yes and no.

# %% [markdown] lang="zh"
# 看“购买力”那一行的“不清楚”。很多表格只能打勾：有钱，没钱。于是“没人问过”也算进了“没有”，再也不会有人打电话去问。另外几行，“不清楚”不一定落在“有”和“没有”中间。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Question for the room: “In our own system: what stands in the field when nobody has asked?” Expected: nothing, or no, and nobody can tell them apart. Typical mistake: reading the chart as cause (“money makes the deal”). It shows which notes went together with success; whoever is about to buy also talks about budgets more freely.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：“我们自己的系统里，没人问过的时候，那一格写的是什么？”期待的回答：空着，或者“无”，两样分不开。常见错误：把图当成因果（“有预算才成交”）。图上只看得出哪些记录和成交一起出现；快要买的人，谈预算本来就更爽快。

# %% [markdown] lang="en"
# ## Try
#
# **MAN** asks three questions: Money (购买力), Authority (决策权), Need (需求). A capital letter means yes, a small one no, a question mark not known. Set the answers of an enquiry that lies on your desk and watch what becomes of it.
#
# - Change one “no” to “not known”. When does that change what you do?
# - Set two answers to yes and one to “not known”. Why does it not say “ask first”?

# %% [markdown] lang="zh"
# ## 试一试
#
# **MAN** 问三件事：购买力（Money）、决策权（Authority）、需求（Need）。大写是有，小写是没有，问号是不清楚。按你桌上的一条询价选好回答，看它落到哪里。
#
# - 把一个“没有”改成“不清楚”。什么时候，你要做的事会跟着变？
# - 两个选“有”，一个选“不清楚”。为什么不写“先问清”？

# %%
lesson.show("screening.man", leads)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** In pairs, three enquiries of their own each. Question: “For which of yours is the next step a question, not an offer?” Expected: for most. Typical mistake one: setting Authority to yes because somebody is friendly or has a title. Ask: “From what sum on does somebody else sign?” Typical mistake two: dropping MaN, although the way to the decider leads through exactly this person.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 两人一组，各拿自己的三条询价来选。问：“你手上哪几条，下一步是问一句，不是报价？”期待的回答：大多数。常见错误一：人客气、头衔高，就当他有决策权。追问：“超过多少钱，要别人签字？”常见错误二：丢掉 MaN，而找到拍板的人，正要靠眼前这一位。

# %% [markdown] lang="en"
# ## The idea
#
# Deciding which enquiries to follow is called **screening** (客户甄别) or qualification. MAN, read this way, is common in Chinese sales books; there are variants. With two of three, you know what is missing; with one, one keeps in touch; with none, one stops. With a question mark one asks first, if the answer could change what to do: ?aN is two of three with a yes, one of three with a no. MA? is kept either way. The cells without a question mark:

# %% [markdown] lang="zh"
# ## 道理
#
# 决定跟哪些询价，叫**客户甄别**（screening，也叫 qualification）。MAN 的这种讲法在国内销售书里很常见，也有别的版本。三样有两样，就知道缺什么；只有一样，保持联系；一样没有，就停。带问号的，回答会改变处理，就先问清：?aN，答“有”是三样占两样，答“没有”只占一样。MA? 怎么答都跟进。不带问号的几种：

# %%
lesson.show("screening.cells")

# %% [markdown] lang="en"
# **½ means ask.** When an answer becomes a figure, yes is 1, no is 0, and not known is ½. Not because it is half true, but because it may still become either. For authority, ask about the papers, not the rank: “From what sum on does somebody else sign as well?” Hardly anybody answers no to “Can you decide this?”
#
# Weighed together, that gives a **scorecard** (评分卡):
#
# $$\text{score} = 100 \cdot \frac{\text{sum of weight} \cdot \text{answer}}{\text{sum of weights}}$$
#
# No unit, from 0 to 100. With four questions that count equally and the answers yes, not known, yes, no it is $100 \cdot (1 + \tfrac{1}{2} + 1 + 0) / 4 = 62.5$; if the open question turns out no, 50, if yes, 75. If need (the third) counts double, it is $100 \cdot (1 + \tfrac{1}{2} + 2 \cdot 1 + 0) / 5 = 70$. Our cut-offs (a head of section counts as “not known” for authority; need from 7 of 10 yes, from 4 not known; a decision within 6 months yes, within 12 not known) are **our own convention**.

# %% [markdown] lang="zh"
# **½ 就是要问。** 回答换成数字：有是 1，没有是 0，不清楚是 ½。不是说它半真半假，是说它还可能变成任何一边。问决策权，问流程，不问级别：“超过多少钱，还要请哪位签字？”直接问“您能做主吗”，很少有人会说不能。
#
# 按权重加起来，就是**评分卡**（scorecard）：
#
# $$\text{得分} = 100 \cdot \frac{\text{权重} \cdot \text{回答，各项相加}}{\text{各项权重相加}}$$
#
# 没有单位，从 0 到 100。四个问题一样重，回答是有、不清楚、有、没有：$100 \cdot (1 + \tfrac{1}{2} + 1 + 0) / 4 = 62.5$；没问到的那项要是没有，就是 50，要是有，就是 75。要是需求（第三项）算双倍，就是 $100 \cdot (1 + \tfrac{1}{2} + 2 \cdot 1 + 0) / 5 = 70$。几条界线（主管的决策权算“不清楚”；需求 10 分里 7 分起算有，4 分起算不清楚；6 个月内定算有，12 个月内算不清楚），是**我们自己的约定**。

# %% [markdown] lang="en"
# **A rule is judged by what happened.** Two shares, for two different worries:
#
# $$\text{precision} = \frac{\text{kept and won}}{\text{kept}} \qquad \text{recall} = \frac{\text{kept and won}}{\text{won}}$$
#
# **Precision** (查准率): of what I follow up, how much succeeds? **Recall** (查全率): of what could be won, how much do I follow up? Both come from library science (van Rijsbergen, *Information Retrieval*, 1979).

# %% [markdown] lang="zh"
# **规则好不好，看结果。** 担心的事有两种，所以有两个占比：
#
# $$\text{查准率} = \frac{\text{留下而且成交}}{\text{留下}} \qquad \text{查全率} = \frac{\text{留下而且成交}}{\text{成交}}$$
#
# **查准率**（precision）：我跟的里面，成了多少？**查全率**（recall）：能成的里面，我跟了多少？两个词都来自信息检索（van Rijsbergen，*Information Retrieval*，1979）。

# %%
lesson.show("screening.worked", leads)

# %% [markdown] lang="en"
# **Where do you cut?** Move the cut and watch both shares and the hours. One rises where the other falls; there is no right cut, only one that fits your hours and what a missed deal costs you.

# %% [markdown] lang="zh"
# **线划在哪里？** 移动划线，看两个占比和工时怎么变。一个升，另一个就降。没有正确的线，只有合适的线：看你有多少工时，也看错过一单要损失多少。

# %%
lesson.show("screening.cut", leads)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** A contest: every pair chooses weights and a cut for 30 hours a week (that is five enquiries) and defends it in one sentence. Then ask: “Who would choose the same cut with twice as many hours?” Typical mistakes: asking for high precision and high recall at once; turning weights until the curve is prettiest, on the very enquiries it is judged by. Say: write your rule down today; in half a year it is judged by enquiries nobody has seen yet.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 比一比：每组为每周 30 小时（也就是五条询价）定权重和划线，用一句话说明理由。再问：“工时多一倍，还划这条线的有谁？”常见错误：查准率、查全率两个都要高；在拿来打分的同一批询价上，把权重调到曲线最好看。可以说：今天把规则写下来，半年后用谁都没见过的询价来判。

# %% [markdown] lang="en"
# **Two longer lists.** **BANT** adds a fourth question to MAN: Budget, Authority, Need, Timing; it is attributed to IBM. **MEDDIC** was made at PTC in 1996 for large deals with many people: Metrics, Economic buyer, Decision criteria, Decision process, Identify pain, Champion. A **champion** (内部支持者) is somebody there who wants it and speaks for it when you are not in the room. He does so because it helps him in his work, not because you give him something: a commission into a private pocket (回扣) is bribery; a rebate (返利) stands in the contract and goes to the company. Go through your own open deal:

# %% [markdown] lang="zh"
# **两张更长的清单。** **BANT** 在 MAN 上加了一问：预算（Budget）、决策权（Authority）、需求（Need）、时间（Timing），一般认为出自 IBM。**MEDDIC** 是 1996 年 PTC 公司为人多、金额大的单子做的：量化指标（Metrics）、经济决策人（Economic buyer）、决策标准（Decision criteria）、决策流程（Decision process）、痛点（Identify pain）、内部支持者（Champion）。**内部支持者**是对方自己想要、你不在场时肯替你说话的人。他肯说，是因为这对他的工作有好处，不是因为你给了他什么：进个人口袋的回扣是行贿；返利写在合同里，进公司的账。拿你手上那一单来过一遍：

# %%
lesson.show("screening.checklist")

# %% [markdown] lang="en"
# **Does a score seen from outside say anything?** Many firms choose customers by the growth of their industry and by reputation. We made a score of these two and compared it with how much more the customers bought from us in the last 12 months than in the 12 before. **Rank correlation** (等级相关, Spearman 1904) is 1 when both lists have the same order, −1 when one is the reverse of the other, and near 0 when one says nothing about the other. Without ties:
#
# $$\rho = 1 - \frac{6 \sum d^2}{n (n^2 - 1)}$$
#
# $d$ is the difference of the two places of a customer, $n$ the number of customers; $\sum d^2$ means: square each difference, then add them up. ρ has no unit. Two customers in reverse order: $d = 1$ and $-1$, so $\rho = 1 - 6 \cdot 2 / (2 \cdot 3) = -1$.

# %% [markdown] lang="zh"
# **从外面看打的分，说明得了什么吗？** 不少公司按行业增速和口碑来挑客户。我们拿这两样打了分，再看这些客户近 12 个月比再前 12 个月多买了多少。**等级相关**（rank correlation，Spearman 1904）：两张名单顺序一样是 1，正好相反是 −1，互不相干就接近 0。没有并列时：
#
# $$\rho = 1 - \frac{6 \sum d^2}{n (n^2 - 1)}$$
#
# $d$ 是同一家客户两个名次之差，$n$ 是客户数；$\sum d^2$ 是每个差先平方，再全部加起来。ρ 没有单位。两家客户，顺序正好相反：$d = 1$ 和 $-1$，所以 $\rho = 1 - 6 \cdot 2 / (2 \cdot 3) = -1$。

# %%
facts = portrait.facts({name: lesson.table(name) for name in portrait.TABLES})
lesson.show("accounts.ranked", facts, lesson.table("transactions"))

# %% [markdown] lang="en"
# Check any score like this before you let it decide about hours. And keep two things apart: a score about **firms** steers your time; as soon as a computer alone decides about **persons**, the Personal Information Protection Law (Article 24) wants it to be transparent and fair, and the person may refuse. Bought lists of names with mobile numbers do not belong in the list at all.

# %% [markdown] lang="zh"
# 任何得分，要让它来分配工时，先这样查一遍。还有两件事要分开：给**公司**打分，是安排你自己的时间；一旦只靠机器对**个人**作决定，《个人信息保护法》第 24 条要求透明、公平，本人可以拒绝。买来的、带手机号的名单，根本不该进这张表。

# %% [markdown] lang="en"
# **Key or ordinary?** The same question, later: which customers get more care than others? **Key accounts** (关键客户, often 大客户) are chosen by what they buy, by what they could buy, and because the firm declares them strategic; everybody else is an **ordinary customer** (普通客户). Here only the first two are scored, as in lesson 01; where it is not known what they could buy, the first alone counts. The picture starts with a cut at 90.

# %% [markdown] lang="zh"
# **大客户还是普通客户？** 还是同一个问题，只是晚一步：哪些客户要多照顾？**关键客户**（key account，常说大客户）看三样：买了多少，还能买多少，公司有没有定为战略客户；其余是**普通客户**（ordinary customer）。这里只给前两样打分，打法和第 01 课一样；还能买多少不清楚的，就只看买了多少。图上先按 90 分划线。

# %%
names = lesson.table("customers").set_index("customer_id")["name"]
lesson.show("accounts.key", facts, names=names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Question: “What does an ordinary customer get from you, and is that decent?” Expected: an answer within a day, correct invoices, somebody who knows the contract. Typical mistake: “ordinary” understood as “unimportant”. Second mistake: a key account that nobody visits; the list has a purpose only if hours follow it.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 问：“普通客户从你这里得到什么？说得过去吗？”期待的回答：当天有答复，发票不出错，有人清楚合同。常见错误：把“普通”当成“不重要”。常见错误二：列成大客户却没人去；工时不跟上，这张名单就没用。

# %% [markdown] lang="en"
# ## Do
#
# Eight exercises. The figures come from the practice data.

# %% [markdown] lang="zh"
# ## 练一练
#
# 八道题，数字来自练习数据。

# %%
lesson.ask("screening-1")

# %%
lesson.ask("screening-2")

# %%
lesson.ask("screening-3")

# %%
lesson.ask("screening-4")

# %%
lesson.ask("screening-5")

# %%
lesson.ask("screening-6")

# %%
lesson.ask("screening-7")

# %%
lesson.ask("screening-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 13 minutes.** Live: 1 and 2 alone, 4 and 5 in pairs (one works out precision, the other recall, then they explain it to each other without the words), 7 in the whole room. Typical mistake in 4 and 5: the wrong denominator. Let them say the question first: “of what?” Exercise 7 is about law and manners, not about cleverness; let nobody argue that “everybody does it”.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 13 分钟。** 现场：第 1、2 题自己做，第 4、5 题两人一组（一个算查准率，一个算查全率，再讲给对方听，不许用这两个词），第 7 题全班一起。第 4、5 题的常见错误：分母弄错。先让他们把问题说完整：“占谁的多少？”第 7 题讲的是法律和分寸，不是看谁机灵；不要让人用“大家都这么干”来辩。

# %% [markdown] lang="en"
# ## Your own list
#
# From a list of orders one can already see who the key accounts would be, by what they buy alone. What they could buy, and what is strategic, only you know. If you brought a list in another lesson it is used here; otherwise the panel below shows the practice data until you bring one.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 光有一份订单，就能先看出谁是大客户：只看买了多少。还能买多少，哪家是战略客户，只有你知道。你在别的课里放过名单，这里就用它；没放过，下面的面板先用练习数据。

# %%
lesson.own_list()

# %%
own = portrait.facts({"orders": lesson.table("orders")})
lesson.show("accounts.key", own, names=lesson.names)

# %% [markdown] lang="en"
# On your sheet: three open deals, one line each. Write M, A, N large, small or with a question mark. Beside each question mark the sentence with which you will ask, and the day.

# %% [markdown] lang="zh"
# 在纸上写三单没定的生意，一单一行。M、A、N 写大写、小写或者打问号。每个问号旁边，写上你打算怎么问，哪天问。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 4 minutes.** Quiet work. Question at the end: “Who has a deal without any question mark?” Ask those to read their three letters to the neighbour; mostly a question mark turns up at Authority.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 4 分钟。** 安静地写。最后问：“谁有一单，一个问号都没有？”请他把三个字母讲给旁边的人听，多半会在决策权上冒出一个问号。

# %% [markdown] lang="en"
# ## Take-away
#
# - Three letters per enquiry. A question mark is a call, not a no.
# - Precision asks “of what I keep”, recall asks “of what was won”. Say which one you mean.
# - Write the rule down before you see the result; look again in half a year.

# %% [markdown] lang="zh"
# ## 带走
#
# - 一条询价三个字母。问号是要打的一个电话，不是“没有”。
# - 查准率问“留下的里面”，查全率问“成交的里面”。说的时候讲清楚是哪个。
# - 先写规则，再看结果；半年后回头看一次。

# %%
lesson.show("screening.take_away", leads)

# %%
lesson.show("glossary.terms", "screening")

# %%
lesson.goal()

# %% [markdown] lang="en"
# Next: [03 How does this person like to talk?](03_styles.ipynb)

# %% [markdown] lang="zh"
# 下一课：[03 他喜欢怎么谈？](03_styles.ipynb)
