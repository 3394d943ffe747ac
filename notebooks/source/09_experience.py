# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"
orders: str = ""  # your own list, CSV or Excel; empty for the practice data
currency: str = ""  # such as USD; empty for yuan, or for no unit on a list of your own
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import contribution, perceived
from custlib.course import open_lesson

lesson = open_lesson("09_experience", language=language, seed=seed, orders=orders, currency=currency)
own = lesson.data.own

# %% [markdown] lang="en"
# # 09 Satisfied, and gone?
#
# Lesson 9 · about 60 minutes · you need paper, and one promise your firm makes to its customers

# %% [markdown] lang="zh"
# # 09 都说满意，怎么还走？
#
# 第 9 课 · 约 60 分钟 · 备一张纸，写下你们公司对客户的一个承诺

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Which customer left you although they were satisfied? How did you know they were?” Collect three stories; note beside each where the “satisfied” came from: a survey, a feeling, silence. Expected: mostly silence. Leave the list on the board; you need it at the end. *Live path (35 minutes): Situation, Look, Try, “The gap” with its panel, exercise 9.5, “Compass Points” at 0 % with exercise 9.7, Take-away.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“哪家客户明明满意，还是走了？你怎么知道它满意？”收三个故事，每个旁边记一笔“满意”是从哪儿来的：问卷、感觉，还是没吭声。期待的结果：多半是没吭声。白板先留着，最后要用。*现场版（35 分钟）：情境、看一看、试一试、“差距”和它的面板、练习 9.5、“罗盘积分”（设 0%）和练习 9.7、带走。*

# %% [markdown] lang="en"
# ## Situation
#
# In the spring Ms Luo gave you 4 out of 5: “satisfied”. In summer she signed with somebody else, friendly as ever. Your director wants to know what to do about the satisfaction score. You would rather know what to do about Ms Luo.

# %% [markdown] lang="zh"
# ## 情境
#
# 春天，罗经理在问卷上给了你 4 分，满分 5 分：“满意”。到了夏天，她和别家签了约，见面还是客客气气。总监问你：满意度怎么提上去？你更想知道的是：罗经理这样的客户，怎么才留得住。

# %% [markdown] lang="en"
# ## Look
#
# One question: “How likely are you to recommend us to a colleague?” Whoever answers 9 or 10 is called a **promoter**, 7 or 8 a **passive**, 6 or less a **detractor**, somebody you cannot count on to speak well of you.

# %% [markdown] lang="zh"
# ## 看一看
#
# 就问一句：“您有多大可能把我们推荐给同行？”打 9、10 分的是**推荐者**，7、8 分的是**被动者**，6 分及以下的叫**贬损者**，别指望他们替你说好话。

# %%
survey, measured = lesson.table("survey"), lesson.table("delivered")
lines = lesson.table("transactions").rename(columns={"net_amount": "amount"})
last = survey[survey["wave"] == survey["wave"].max()]
lesson.show("experience.scope", own=own)

# %%
lesson.show("experience.answers", last)

# %%
lesson.show("experience.scores", survey)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Before you show the table: “Is a 7 a good mark?” Hands up. Then show what the NPS does with a 7: nothing. Point at the last column: which of these changes would the room have reported as news? Expected: all. Typical mistakes: to compare an NPS with one from another industry or another question; to read “no more than chance” as “nothing has happened”. It means: with so many answers one cannot tell.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 放表之前先问：“7 分算不算好？”请大家举手。再讲 NPS 怎么对待 7 分：不加也不减。指着最后一列问：这里面哪些变化，你们会写进汇报？期待的回答：全部。常见错误：拿自己的 NPS 去比别的行业、别的问法；把“看不出变化”读成“没有变化”。它的意思是：这么多份答卷，还分不清。

# %% [markdown] lang="en"
# ## Try
#
# What do the satisfied do? The same customers, and whether they bought again afterwards. You decide who counts as satisfied. Begin with the usual line at 4, note the difference between both groups, and move it.

# %% [markdown] lang="zh"
# ## 试一试
#
# 说满意的客户，后来怎么做？还是这些客户，看看之后又买了没有。几分起算“满意”，由你定。先用通常的 4 分，记下两组差多少，再动一动。

# %%
lesson.show("experience.threshold", survey, lines)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Let everybody write down a guess first: of those who gave a 4, how many come back compared with the 3? Then move the line together. Expected on the practice data: a 4 behaves like a 1, and only a 5 differs. Question for the room: “What would you ask Ms Luo, who gave a 4?” Expected: “What is missing to a 5?”, and then silence until she has answered. Typical mistake: to press customers for a 5 (“anything less costs me my bonus”). That moves the score and nothing else.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 先让每个人写下猜测：打 4 分的和打 3 分的比，回来的多多少？再一起动那条线。用练习数据，期待的结果：4 分和 1 分一个样，只有 5 分不同。问大家：“罗经理打了 4 分，你会问她什么？”期待的回答：“差在哪儿，才没给 5 分？”问完闭嘴，等她说。常见错误：求客户打 5 分（“少一分就扣我奖金”）。那样只动了分数，别的什么也没动。

# %% [markdown] lang="en"
# ## The idea
#
# **Three scores, each with its version and direction.** Two people who say “our satisfaction” may mean three different things.
#
# | score | question and scale | what is reported | good is |
# |:--|:--|:--|:--|
# | **NPS**, net promoter score (Reichheld 2003) | would recommend us, 0 to 10 | share of 9 and 10 less share of 0 to 6, of all answers, times 100 | up, from −100 to 100 |
# | **CSAT**, customer satisfaction | how satisfied, 1 to 5 | share of 4 and 5, not a mean | up, from 0 to 100 % |
# | **CES 2.0**, customer effort score (Dixon and others 2013) | “they made it easy for me”, 1 to 7 | mean | up |
# | CES 1.0 (Dixon and others 2010) | how much effort did *you* have to put in, 1 to 5 | mean | **down** |
#
# An interval belongs to each. Had other customers answered, the score would be a little different; the 95 % interval says how far off it may be. Of 100 intervals made this way, about 95 hold the score that all customers together would give. For the NPS, with $p$ the share of promoters, $d$ that of detractors (0.50 for 50 %) and $n$ answers:
#
# $$\text{NPS} = 100\,(p - d) \qquad \pm\ 1.96 \cdot 100 \cdot \sqrt{\frac{p + d - (p - d)^2}{n}}$$
#
# With 50 % promoters, 20 % detractors and 400 answers: NPS 30; the root, called the standard error, is $\sqrt{(0.70 - 0.09) / 400} = 0.039$, so ±7.7 points. A year later 25 would be no news. With 40 answers it would be ±24.

# %% [markdown] lang="zh"
# ## 道理
#
# **三个分数，版本和方向都要讲清**。两个人都说“我们的满意度”，说的可能是三样东西。
#
# | 分数 | 问法和量表 | 报什么 | 哪头好 |
# |:--|:--|:--|:--|
# | **NPS**，净推荐值（Reichheld，2003） | 愿不愿意推荐，0 到 10 分 | 9、10 分的占比减去 0 到 6 分的占比，分母是全部答卷，再乘 100 | 越高越好，−100 到 100 |
# | **CSAT**，客户满意度 | 满意吗，1 到 5 分 | 4 分和 5 分的占比，不是平均分 | 越高越好，0 到 100% |
# | **CES 2.0**，客户费力度（Dixon 等，2013） | “他们让我办事省心”，1 到 7 分 | 平均分 | 越高越好 |
# | CES 1.0（Dixon 等，2010） | *你*费了多大劲，1 到 5 分 | 平均分 | **越低**越好 |
#
# 每个分数都要带区间。换一批客户来答，分数会有点不同，95% 区间说的就是可能差多少：这样算 100 次，大约有 95 次，问遍所有客户会得到的分数就在区间里。NPS 的区间，$p$ 是推荐者占比，$d$ 是贬损者占比（50% 写成 0.50），$n$ 是答卷份数：
#
# $$\text{NPS} = 100\,(p - d) \qquad \pm\ 1.96 \cdot 100 \cdot \sqrt{\frac{p + d - (p - d)^2}{n}}$$
#
# 推荐者 50%，贬损者 20%，400 份答卷：NPS 是 30；开方得到的数叫标准误，$\sqrt{(0.70 - 0.09) / 400} = 0.039$，所以是 ±7.7 分。一年后变成 25，算不上新闻。只有 40 份答卷的话，就是 ±24。

# %% [markdown] lang="en"
# **Two directions.** Lessons 7 and 8 worked out the value **of** the customer: what they bring us. **Customer value analysis** in this lesson looks the other way: the value **to** the customer. Perceived value is the customer's own overall judgement of what they get for what they give (Zeithaml 1988), and they judge by comparison. They buy from you if
#
# $$\text{value}_{\text{you}} - \text{price}_{\text{you}} > \text{value}_{\text{other}} - \text{price}_{\text{other}}$$
#
# where “other” is the next best thing they could do (Anderson and Narus). All four are in the same unit, such as yuan a year: yours is worth 120,000 to them and costs 90,000, which leaves 30,000; the other is worth 100,000 and costs 65,000, which leaves 35,000. They buy the other, although yours is worth more. So a price is only high beside something. Value comes in three kinds: **functional** (it works), **economic** (it saves), **emotional** (one can rely on it and on somebody). And it has three moments: **perception** before buying (what is important to me?), **receiving** while buying and using (what is delivered?), **evaluation** afterwards (what did I feel, and do I come again?).

# %% [markdown] lang="zh"
# **两个方向**。第 7、8 课算的是**客户的**价值：客户给我们带来什么。这一课的**客户价值分析**反过来，看**给客户的**价值。感知价值，是客户拿得到的和付出的一比，自己得出的总评价（Zeithaml，1988），而且总在跟别的比。什么时候买你的？
#
# $$\text{价值}_{\text{你}} - \text{价格}_{\text{你}} > \text{价值}_{\text{别家}} - \text{价格}_{\text{别家}}$$
#
# “别家”是不找你时的次优选择（Anderson 和 Narus）。四个数用同一个单位，比如一年多少元：你的对客户值 120,000，价格 90,000，剩 30,000；别家的值 100,000，价格 65,000，剩 35,000。你的价值更高，客户还是买别家。所以价格高不高，要看和什么比。价值有三种：**功能价值**（好用），**经济价值**（省钱省事），**情感价值**（靠得住，有人管）。价值又有三个时刻：买之前是**价值认知**（我看重什么），买和用的时候是**价值获取**（实际得到什么），用过之后是**价值评估**（感觉怎么样，还来不来）。

# %%
gaps = perceived.board(survey, measured)
lesson.show("value.types", gaps)

# %% [markdown] lang="en"
# **The gap.** Set what customers feel beside what was measured at the same customers. Both are scores from 1 to 10; a delivery rate of 96 % makes 9.0, an answer after 40 hours 5.0.
#
# $$\text{gap} = \text{perceived} - \text{delivered} \qquad \text{weighted gap} = \text{gap} \cdot \frac{\text{importance}}{10}$$
#
# Delivered 8.4, felt 6.0, importance 7.5: the gap is −2.4, weighted −1.8. What to do, in this order:
#
# | | | action |
# |:--|:--|:--|
# | delivered below 6.0 | whatever is felt | **fix**: no words mend that |
# | gap −1.0 or less | it is there, and nobody sees it | **communicate**: show it, with their own figures |
# | gap 1.0 or more | felt better than it is | **over-promised**: promise less, or catch up |
# | else | | leave alone |
#
# The gap and the two lines are our convention. A well-known relative has another name and another meaning: gap 5 of SERVQUAL is perceived minus *expected* (Parasuraman, Zeithaml and Berry 1985, 1988).

# %% [markdown] lang="zh"
# **差距**。把客户感觉到的，和同一批客户那里实际测到的摆在一起。两边都是 1 到 10 分；按时交货 96% 折成 9.0 分，40 小时才答复折成 5.0 分。
#
# $$\text{感知差距} = \text{感知} - \text{实际} \qquad \text{加权差距} = \text{感知差距} \cdot \frac{\text{重要性}}{10}$$
#
# 实际 8.4，感知 6.0，重要性 7.5：差距是 −2.4，加权 −1.8。怎么办，按这个顺序看：
#
# | | | 做法 |
# |:--|:--|:--|
# | 实际低于 6.0 | 不管感知多少 | **改进**：光靠说没用 |
# | 差距在 −1.0 及以下 | 做到了，没人看见 | **沟通**：拿客户自己的数字给他看 |
# | 差距在 1.0 及以上 | 感觉比实际好 | **说过头**：少说一点，或者赶紧做到 |
# | 其余 | | 不动 |
#
# 感知差距和这两条线，都是我们的约定。有一个出名的近亲，名字和意思都不一样：SERVQUAL 的差距 5 是感知减*期望*（Parasuraman、Zeithaml 和 Berry，1985，1988）。

# %%
lesson.show("value.board", gaps)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Cover the “delivered” column and let pairs decide on two complaints: “your deliveries are late”, “your answers are slow”. Then uncover. Expected: most pairs wanted to fix the deliveries, which are on time. Question: “How would a customer notice that you were on time?” Expected: by the note on the delivery, the figure in the quarterly meeting; nobody notices what does not go wrong. Typical mistake: to answer a low feeling with a brochure. *Discussion for another day:* the case usually told of Huawei says that listening to needs and expectations, industry by industry, led to tailored solutions and higher satisfaction. It names no figure. Ask: “Which two figures would you want to see before you believe it?” Model answer: delivered and perceived, before and after, at customers who got the solution and at some who did not.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 先把“实际”那一列遮住，让两人一组处理两条抱怨：“你们老是交货晚”，“你们答复太慢”。再把那一列亮出来。期待的结果：多数人想去改交货，而交货是准时的。问：“客户怎么会注意到你准时？”期待的回答：送货单上写一句，季度会上给个数；没出岔子的事，没人会留意。常见错误：客户感觉不好，就发一本宣传册。*可以留作讨论：*常讲的华为案例说，分行业听取需求和期望，做出定制方案，满意度提高了，但没有给出数字。问：“你要看到哪两个数才信？”参考答案：实际和感知，前后各测一次，用了方案的客户和没用的都要测。

# %% [markdown] lang="en"
# **Satisfaction is not loyalty.** Jones and Sasser (1995) describe two kinds of curves: where customers choose freely, coming back is low for a long way and steep at the end; where they cannot choose, it is high all along, until they can. Which of the two is the chart you have just moved? The figure that is always quoted, that totally satisfied customers are six times likelier to buy again than satisfied ones, is that of one firm, Xerox; that “15 to 40 % of satisfied customers leave” has no source anybody could show. Dick and Basu (1994) ask two questions, whether somebody likes you and whether they buy again, and get four kinds. Here “likes you” is a 5 and “again” is within 90 days; both lines are ours:

# %% [markdown] lang="zh"
# **满意不等于忠诚**。Jones 和 Sasser（1995）讲了两种曲线：客户可以随便选的，很长一段都低，到最后才陡起来；客户没得选的，一路都高，直到有得选的那天。你刚才动的那张图是哪一种？常有人说，非常满意的客户再买的可能，是满意客户的六倍，这只是施乐（Xerox）一家的数；“15% 到 40% 满意的客户会流失”，谁也拿不出出处。Dick 和 Basu（1994）问两件事：喜不喜欢你，还买不买，于是有四种。这里打 5 分算喜欢，90 天内又买算还买，两条线都是我们定的：

# %%
lesson.show("experience.kinds", survey, lines)

# %% [markdown] lang="en"
# **A standard of service** is a promise one can count: what, to whom, within which time, and in how many cases. “We answer quickly” is no standard; “nine of ten customers have an answer within 24 hours” is one. Around it stand the other points of service: know what this customer watches most, a person who owns the case, care after the sale, and a word back on what became of a complaint. Set a standard, and see whether it holds today. Each customer counts once, with the hours it usually waits; a single answer may still take longer:

# %% [markdown] lang="zh"
# **服务标准**是数得出来的承诺：什么事，对谁，多长时间，做到的占多少。“我们答复很快”不算标准；“十家客户里有九家在 24 小时内得到答复”才算。除了标准，还有几个服务要点：知道这家客户最在意什么，每件事有人负责到底，卖完还有人管，投诉处理完要有回音。定一个标准，看看今天做得到吗。每家客户算一次，用它通常等的小时数；单独哪一次，还可能更久：

# %%
lesson.show("experience.standard", measured["response_hours"])

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** Let everybody write the promise of their own firm on paper (they were asked to bring one) and mark four things: what, to whom, within which time, in how many cases. Expected: the last one is missing everywhere. Then move the slider to the mean and ask how many customers are inside: about half. Typical mistake: “on average we are within our standard”.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 请每个人把自己公司的承诺写在纸上（课前请大家准备的），标出四样：什么事，对谁，多长时间，做到的占多少。期待的结果：最后一样，谁都没有。再把滑块拉到平均数，问有多少客户达标：差不多一半。常见错误：“平均下来，我们是达标的”。

# %% [markdown] lang="en"
# **Five steps** lead from asking to knowing: collect, analyse, build a model of what matters, decide, evaluate. You have just gone through four of them; the fifth comes below, with the points.

# %% [markdown] lang="zh"
# **五个步骤**，从“问了”走到“知道了”：收集数据、分析数据、建立价值模型、制定策略、评估效果。前四步你刚走过一遍；第五步在下面，讲积分的时候。

# %%
lesson.show("experience.steps", survey, lines, measured)

# %% [markdown] lang="en"
# Why go to such lengths? Four benefits are usually named: satisfied customers, a better return on effort, loyalty instead of churn, and ideas for new products. A benefit is only worth naming with a figure beside it that could turn out badly:

# %% [markdown] lang="zh"
# 为什么要费这个劲？通常说有四项意义：客户更满意，投入的资源回报更高，忠诚多、流失少，还能带来创新。每项意义旁边，都要放一个可能变难看的数，才算数：

# %%
customers = lesson.table("customers").set_index("customer_id")
facts = contribution.last_months(lines, lesson.table("interactions"))
lesson.show("experience.benefits", survey, lines, facts, customers)

# %% [markdown] lang="en"
# **Industry by industry.** The same question gets other answers where customers earn their money in other ways: a retailer thinks of display, stock and promotions, a bank of products made to fit its clients, a manufacturer of what its designers get out of a talk with you, a software house of how its product is really used. Figures come first, though: do your customers' industries want different things, or do they only describe the same in other words?

# %% [markdown] lang="zh"
# **分行业看**。同样的问题，赚钱的路子不同，答案也不同：零售商想的是陈列、库存、促销；银行想的是给自己客户的定制产品；制造企业想的是跟你谈一次，设计上能得到什么；软件公司想的是产品到底被怎么用。不过先看数：你的客户分行业，要的真是不同的东西，还是同一样东西换了说法？

# %%
lesson.show("value.industries", survey, measured, customers["industry"])

# %% [markdown] lang="en"
# ## Do
#
# Six exercises on this page's scores, gaps and directions; then points, baskets and a wheel to try out, with exercises between them; at the end a sentence of your own. If time is short, 9.1, 9.3, 9.5, 9.7 and 9.13 carry the lesson; the others can wait for another day. If an answer is wrong, you are told where it went wrong; everything is saved as you go.

# %% [markdown] lang="zh"
# ## 练一练
#
# 先做六道题：分数、差距、方向；再试试积分、一起买、飞轮，中间穿插着做题；最后写一句自己的话。时间紧的话，先做 9.1、9.3、9.5、9.7 和 9.13，其余改天再做。答错了，会告诉你错在哪里；每一步都会马上保存。

# %%
lesson.ask("experience-1")

# %%
lesson.ask("experience-2")

# %%
lesson.ask("experience-3")

# %%
lesson.ask("experience-4")

# %%
lesson.ask("experience-5")

# %%
lesson.ask("experience-6")

# %% [markdown] lang="en"
# **Compass Points.** Coffee chains are praised for their points: members buy more. (The best-known case, Starbucks, is usually told without a single figure.) Suppose Langheng had given points, too. It has not; so below you know something nobody in a real firm knows, namely what the points really did. Set it, and see what a comparison makes of it.
#
# 1. Effect 0 %, joining by wish. What would the report to the director say?
# 2. Still 0 %, now by lot. What does it say now?
# 3. Set 10 % and change between wish and lot. Which of the two comes closer to what the points really did? (10 % is meant of the members who would have stayed away: if 60 of 100 would, 6 come back, which is 6 percentage points.)
#
# The group that gets nothing is the **control group**. Only when the two groups are drawn by lot are they alike beforehand, but for chance. Then the difference afterwards comes from the points, give or take the interval.

# %% [markdown] lang="zh"
# **罗盘积分**。大家都夸咖啡连锁店的积分：会员买得更多。（最有名的星巴克案例，讲的时候通常一个数也没有。）假设朗衡也发过积分。其实没发过，所以在下面，你知道一件真实公司里谁也不知道的事：积分真正的作用。先设定它，再看比较出来的是什么。
#
# 1. 作用设成 0%，自愿入会。给总监的汇报会怎么写？
# 2. 还是 0%，换成抽签。现在怎么写？
# 3. 设成 10%，在自愿和抽签之间来回换。哪一种更接近积分真正的作用？（10% 指的是本来不回来的会员：100 家里有 60 家本来不回来，就拉回 6 家，也就是 6 个百分点。）
#
# 什么也没给的那一组叫**对照组**。只有抽签分组，两组之前才差不多，后来的差别才能算在积分头上；碰巧能差多少，看区间。

# %%
lesson.show("loyalty.points", lesson.table("orders"), seed=seed)

# %%
lesson.ask("experience-7")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Let one half of the room argue as the owner of the scheme, the other as the controller, with the figures of the first setting. After three minutes ask which effect was set: 0 %. Expected: laughter, then the question “and what about our own campaigns?”. Model answer: give it to half of those who want it, by lot, and let the others wait three months. Typical mistake: “Then we compare members before and after.” Whoever joins in a good month falls back by itself; lesson 11 shows it.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 用第一种设定的数字，一半人扮积分项目负责人，另一半扮财务，辩三分钟，再问：刚才作用设的是多少？0%。期待的反应：先笑，然后问“那我们自己的活动呢？”参考答案：想要的人里抽签先给一半，另一半等三个月。常见错误：“那就比会员的前后。”在好月份入会的，过后自己就会回落，第 11 课会看到。

# %% [markdown] lang="en"
# **Bought together.** “Customers who bought this also bought …” (the case usually told of Amazon) needs one figure, the **lift**. A basket is one order, or all that one customer bought in two years; $P$ is the share of baskets that hold a thing:
#
# $$\text{lift}(A, B) = \frac{P(A \text{ and } B)}{P(A) \cdot P(B)}$$
#
# An invented example: of 100 orders 40 hold drives, 20 spare parts and 10 both: $0.10 / (0.40 \cdot 0.20) = 1.25$. At 1 they are bought together as often as chance would have it, above 1 more often, below 1 less often. A pair that was seen only once or twice can have any lift, so pairs with fewer than 20 baskets are left out.

# %% [markdown] lang="zh"
# **一起买**。“买了这个的客户还买了……”（常讲的是亚马逊的案例），只要一个数，叫**提升度**（lift）。一张订单算一次，或者一家客户两年里买的算一次；$P$ 是占比，比如有 A 的订单占全部订单的多少：
#
# $$\text{提升度}(A, B) = \frac{P(A \text{ 且 } B)}{P(A) \cdot P(B)}$$
#
# 举个编的例子：100 张订单里，40 张有变频器，20 张有备件，10 张两样都有：$0.10 / (0.40 \cdot 0.20) = 1.25$。等于 1，就是碰巧的水平；高于 1，比碰巧更常一起买；低于 1，比碰巧少。只一起出现过一两次的，提升度多高多低都可能，所以不到 20 次的不看。

# %%
lesson.show("loyalty.together", lines)

# %%
lesson.ask("experience-8")

# %%
lesson.ask("experience-9")

# %%
lesson.ask("experience-10")

# %%
lesson.ask("experience-13")

# %% [markdown] lang="en"
# **A flywheel.** Satisfied customers stay and speak of you, some of those who hear it come, and the base from which this happens is larger next year: many small pushes in one direction. The picture is Jim Collins's (2001); the equation is ours, the simplest that shows it:
#
# $$\text{customers next year} = \text{customers} \cdot \text{share that stays} + \text{recommended} + \text{from elsewhere}$$
#
# An example: of 1,000 customers 300 gave a 5. Of these 80 % stay, of the other 700 50 %: 240 + 350 = 590. Every 100 fives bring 40 new customers, which makes 120; 300 come from elsewhere. Next year: 590 + 120 + 300 = 1,010. The figures below come from the purchases and surveys of the practice company. Two things can be moved. Look for the setting at which the base neither grows nor shrinks, and say how far it lies from today's.

# %% [markdown] lang="zh"
# **飞轮**。满意的客户留下来，还会替你说话；听说的人里有一些会来；明年再转的时候，底子就更大：一次推一小把，都朝一个方向。这个比喻出自 Jim Collins（2001）；公式是我们的，取最简单的一种：
#
# $$\text{明年的客户} = \text{客户} \cdot \text{留下的占比} + \text{推荐来的} + \text{别处来的}$$
#
# 举个例子：1,000 家客户，300 家打了 5 分，留下 80%；另外 700 家留下 50%：240 + 350 = 590。每 100 家打 5 分的带来 40 家，一共 120 家；别处来 300 家。明年：590 + 120 + 300 = 1,010 家。下面的数取自练习公司的购买记录和调查。有两样可以动。找一找，怎样设定客户数不增不减；再说说，离今天的情况有多远。

# %%
sources = customers["source_channel"]
lesson.show("loyalty.wheel", survey, lines, sources)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Ask: “Which of the two sliders can you move yourselves, and by what on Monday?” Expected: the share of fives, through what the gap board says; recommendations come by themselves or by asking. Typical mistake: to read five years of a formula as a forecast. It assumes that a new five behaves like an old one, and that nobody else turns a wheel of his own.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：“这两个滑块，哪个是你们自己动得了的，周一靠什么动？”期待的回答：5 分的占比，靠差距表上的那几件事；推荐要么自然来，要么开口请客户介绍。常见错误：把公式推的五年当成预测。它假定新变成 5 分的客户和原来的一样，还假定别家不转自己的飞轮。

# %%
lesson.ask("experience-11")

# %%
lesson.ask("experience-12")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Sentences are read aloud in pairs; the neighbour plays the customer and says only one thing: “How do you know?” Model answer in the card. Typical mistake: a figure about us (“40 years in the market”) instead of one about them. Then back to the list on the board: which “satisfied” came with a figure, and whom would you ask again?

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 两人一组把句子念出来，旁边的人扮客户，只说一句：“你怎么知道？”参考答案在题卡里。常见错误：用的是说自己的数（“进入市场 40 年”），不是说客户的数。最后回到白板：三个“满意”，哪个有数可查？你会再去问哪一家？

# %% [markdown] lang="en"
# ## Your own list
#
# A list of purchases does not hold what anybody thinks of you; that is not a fault of the list. With it, Compass Points above are played through on your own customers, and everything else stays with the practice data. What you could add on Monday: the day and the grade of the last survey in two columns beside each customer, and a third column with what you measure yourselves, such as the hours until this customer has an answer.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 购买记录里没有客户的想法，这不怪名单。有了它，上面的“罗盘积分”就用你自己的客户来推演，其余仍用练习数据。周一就能补的：在客户旁边加两列，最近一次调查的日期和打分；再加一列你们自己测的，比如这家客户通常等多少小时得到答复。

# %%
lesson.own_list()

# %% [markdown] lang="en"
# ## Take-away
#
# - Say which score, which version, which direction, and the interval. Then count what the customers do, not only what they say.
# - Badly delivered: fix. Delivered and not noticed: tell. Never the other way round.
# - An effect needs a group that got nothing, made by lot. And a promise counts customers, not averages.

# %% [markdown] lang="zh"
# ## 带走
#
# - 说清是哪个分数、哪个版本、哪头好，带上区间；再数一数客户怎么做，别只听怎么说。
# - 没做好的去改，做好了没人知道的去说，千万别弄反。
# - 说有效果，要有一组什么也没给的，还得抽签分组；说承诺，数的是客户，不是平均数。

# %%
lesson.show("experience.take_away", survey, lines, measured)

# %%
lesson.show("glossary.terms", "experience")

# %%
lesson.goal()
