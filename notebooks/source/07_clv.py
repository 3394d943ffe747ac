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
as_of: str = ""  # the day to look from, such as 2025-06-30; empty for the last day in the data
currency: str = ""  # such as USD; empty for yuan, or for no unit on a list of your own
margin: float = 0.3  # the share of revenue that is kept
annual_discount: float = 0.1  # what money costs per year
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import clv, outlook
from custlib.course import open_lesson

lesson = open_lesson("07_clv", language=language, seed=seed, orders=orders, currency=currency)

# %% [markdown] lang="en"
# # 07 What will this customer be worth?
#
# Lesson 7 · about 45 minutes, and 25 for the exercises · you need a mouse, and one customer in mind

# %% [markdown] lang="zh"
# # 07 这家客户值多少？
#
# 第 7 课 · 约 45 分钟，练习另加 25 分钟 · 有鼠标就行，心里再想好一家客户

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “How much may we spend to keep your best customer for one more year?” Write three figures on the board, without comment. They come back under Do. *Live path (35 minutes): Situation, Look, Try, the table and the formula of The idea, exercises 7.1 and 7.7 with “Follow one customer”, Take-away; the rest of The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“为了把最好的客户再留一年，我们最多能花多少？”在白板上写三个数字，先不评论，到“练一练”再回来看。*现场版（35 分钟）：情境、看一看、试一试、“道理”里的表和公式、7.1 和 7.7 两题加“跟踪一家客户”、带走；“道理”其余部分课后读。*

# %% [markdown] lang="en"
# ## Situation
#
# Your manager has money for one dinner, one discount and one technician's visit, and asks whom they should go to. “The best customers,” you say. The best of the past twelve months, or of the next?

# %% [markdown] lang="zh"
# ## 情境
#
# 经理手里有一顿饭、一份折扣、一次技术员上门的预算，问你给谁。“给最好的客户。”你说。是过去一年最好的，还是未来一年最好的？

# %% [markdown] lang="en"
# ## Look
#
# To the right: the margin a customer brought in the past twelve months. Upwards: the margin to expect in the next twelve, judging by their buying so far. Margin is what is left of the revenue after the cost of the goods; unless you set it, the lesson takes 30 % of revenue. (The scale is tighter for large sums.) Far right and low: ask why. It may be a good customer who is leaving, or somebody who placed one large order. In the table, the last column is the chance that they still are a customer.

# %% [markdown] lang="zh"
# ## 看一看
#
# 越靠右，过去十二个月的毛利越高；越靠上，按以往的购买节奏，未来十二个月的预计毛利越高。毛利是销售额减去货物成本后剩下的钱；你不另设的话，这里按销售额的 30% 算。（金额越大，刻度越密。）又靠右又靠下的客户，要问个为什么：可能是好客户正在离开，也可能只下过一次大单。表的最后一列，是他们还没走的可能性。

# %%
purchases = lesson.table("orders")
order_id = "order_id" if "order_id" in purchases.columns else None
cbs = clv.purchase_summary(purchases, as_of=as_of or None, order_id=order_id)
lesson.show("rfm.source", purchases, cbs, own=lesson.data.own)

# %%
model = clv.fit_mbgnbd(cbs)
spend = clv.fit_gamma_gamma(cbs)
outlooks = outlook.past_and_ahead(
    purchases, cbs, model, spend, margin=margin, annual_discount=annual_discount
)
lesson.show("clv.ahead", outlooks)

# %%
lesson.show("clv.leavers", outlooks, names=lesson.names)

# %% [markdown] lang="en"
# As a rule, the model expects less than the year before: it reckons with silent departures, pulls unusually good years towards the average, and knows no new customers. It looks twelve months ahead, not a lifetime: beyond that it would mostly guess. So compare customers with each other, not the totals of both years. One single order shows no rhythm and no usual amount: the model then takes the average of all repeat purchases, so one large order is followed by a small figure. That is no sign of leaving.

# %% [markdown] lang="zh"
# 一般来说，预计会比过去少：模型算进了悄悄离开的可能，把特别好的年份往平均拉，也不含新客户。它只看未来十二个月，不看“终身”，再远多半是瞎猜。所以，拿客户和客户比，不要拿两年的总数比。只买过一次的，看不出节奏，也看不出平时买多少，模型就按大家复购的平均金额算：一次大单之后，预计金额就很小。这不等于要走。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Question: “Would you have taken one of these off the dinner list?” Expected: no, because the revenue of the past says nothing about silence. Typical mistake: reading “expected” as “will happen”. Say: it is an average over customers who behaved alike; a single one buys more or nothing.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 问大家：“换作你，会把他们从饭局名单上拿掉吗？”多半不会，因为过去的销售额看不出谁没了动静。常见错误：把“预计”当成“一定”。可以说：这是行为相似的一群客户的平均数，具体到一家，可能多买，也可能一单不下。

# %% [markdown] lang="en"
# ## Try
#
# Under a contract you see when a customer leaves: if 80 of 100 contracts were renewed, **retention** is 80 % a year. The **discount rate** is the price of waiting: at 10 %, 110 yuan in a year are worth 100 today. Margin, retention and discount rate make the value; how far you look, and what it cost to win the customer, decide whether it paid. Move one at a time; the curve says in which year, on average, that cost is back.

# %% [markdown] lang="zh"
# ## 试一试
#
# 有合同的客户，走没走一目了然：到期 100 份续了 80 份，**留存率**就是一年 80%。**折现率**是等钱的代价：10% 的话，一年后的 110 元只抵今天的 100 元。毛利、留存率、折现率，这三个数决定客户值多少；再加上看多远、获客花了多少，就知道划不划算。一次只动一个；曲线告诉你，平均哪一年收回获客成本。

# %%
lesson.show("clv.retention")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Expected: ten points of retention move the value more than ten points of discount rate, and only the first is in a salesperson's hands. Then ask who set the retention slider from a feeling. Typical mistake: a margin per month with a retention per year (see The idea).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 期待的发现：留存率动十个百分点，比折现率动十个百分点影响大，而销售碰得到的只有前者。再问：留存率这个滑块，谁是凭感觉定的？常见错误：月毛利配年留存率（见“道理”）。

# %% [markdown] lang="en"
# ## The idea
#
# **Customer lifetime value** (CLV) is what a customer is worth from now until they leave. Three figures are in use; the first is no lifetime value, it only shows where one starts:
#
# | way | question | needs | fits |
# |:--|:--|:--|:--|
# | add up the past | what have they brought? | orders, costs | all customers, but looks back only |
# | retention formula | what are they worth at this retention rate? | margin, retention, discount rate | contracts, service, subscriptions |
# | buying model | what does their rhythm say? | dates and amounts of purchases, margin | customers who come and go unannounced |
#
# **Add up the past.** What they bought, less what came back, less the cost of the goods they kept, less the cost to serve: visits, calls, fairs, in money. It can be negative. Nothing is assumed, and nothing is said about tomorrow.
#
# **The retention formula**, with margin $m$, retention $r$ and discount rate $i$, all for the **same** period, the first margin after one period if the customer stays:
#
# $$\text{CLV} = \frac{m \cdot r}{1 + i - r}$$
#
# With 100 yuan a year, 80 % retention and 10 % discount, that is $100 \cdot 0.8 / 0.3 = 266.67$ yuan. The formula has no end date, and margin and retention stay the same. If the first 100 yuan are already in hand, add them: 366.67; ask which one is meant. How long does a customer stay? If each year the same share stays, 1 ÷ (1 − retention) years on average, the first among them: at 80 %, 5 years. **One and the same period**: with a margin per month, convert both rates by the twelfth root. Retention: the root of 0.80 is 0.982, so 98.2 % a month. Discount: the root of 1.10 is 1.0080, so 0.80 % a month. (Gupta and Lehmann 2003.)
#
# **What may winning a customer cost?** At most what comes back: the *break-even acquisition cost*. Who wants it back within 3 years adds up three years only, each one retention ÷ (1 + discount rate) times the one before. In the example, $100 \cdot 0.8 / 1.1 = 72.73$, then 52.89, then 38.47: 164.09 yuan, and not 266.67.

# %% [markdown] lang="zh"
# ## 道理
#
# **客户终身价值**（CLV，customer lifetime value）指一家客户从现在到离开，一共值多少钱。常用的算法有三种，第一种只算到今天，是个起点：
#
# | 方法 | 回答什么 | 需要什么 | 适合谁 |
# |:--|:--|:--|:--|
# | 把过去加起来 | 已经带来多少？ | 订单、成本 | 什么客户都适用，但只往回看 |
# | 留存公式 | 按这样的留存率，值多少？ | 毛利、留存率、折现率 | 合同、服务、订阅客户 |
# | 购买模型 | 购买节奏说明什么？ | 购买日期、购买金额、毛利率 | 不打招呼就来、不打招呼就走的客户 |
#
# **把过去加起来**：买的，减退的，减留下的货的成本，再减服务成本，也就是拜访、电话、展会花的钱。可能是负数。不用任何假设，也不说明天。
#
# **留存公式**里，毛利 $m$、留存率 $r$、折现率 $i$ 必须是**同一个**周期的；第一笔毛利在一个周期之后、客户留下来才有：
#
# $$\text{CLV} = \frac{m \cdot r}{1 + i - r}$$
#
# 每年 100 元、留存率 80%、折现率 10%，就是 $100 \cdot 0.8 / 0.3 = 266.67$ 元。公式不设期限，毛利和留存率一直不变。第一笔 100 元已经到手，就再加上它：366.67 元；别人报数时，问清是哪一种。一家客户平均留几年？每年留下的比例不变，就是 1 ÷（1 − 留存率），头一年算在内：80% 是 5 年。**三个数，同一个周期**：毛利按月算，两个比率都要换成月的（开十二次方）。留存率：0.80 开十二次方是 0.982，合每月 98.2%。折现率：1.10 开十二次方是 1.0080，合每月 0.80%。（Gupta 和 Lehmann，2003。）
#
# **获客最多能花多少**？最多花能收回来的，这叫*获客的保本成本*。要求 3 年之内收回，就只加三年，每一年等于前一年乘以“留存率 ÷（1 + 折现率）”。上面的例子里，$100 \cdot 0.8 / 1.1 = 72.73$，再是 52.89、38.47，一共 164.09 元，而不是 266.67 元。

# %% [markdown] lang="en"
# The buying model (BG/NBD: Fader, Hardie and Lee 2005) needs three figures of each customer: how often they bought again, how long after the first purchase the last one came, and how long ago the first one was. For instance: 3 times again, the last after 5 weeks, the first 49 weeks ago. The usual pause was under 2 weeks; with that rhythm, a silence of 44 weeks is a bad sign. For a customer who buys every 40 weeks it would mean little: what counts is the silence divided by the customer's own pause. The model imagines that everybody buys at their own pace until, after some purchase, they stop without saying so. From that it says two things: the chance that they are still a customer, **P(alive)**, and how many purchases to expect (the chance of having left is already in that number). How much each purchase brings comes from a second model (Gamma-Gamma), which assumes that those who buy often do not spend more each time. BG/NBD has a variant, MBG/NBD (Batislam, Denizel and Filiztekin 2007), which also lets customers leave right after their first purchase. It is used here in any case, even if the lines below say that BG/NBD fits better: BG/NBD counts every one-time buyer as still a customer. For the second model a correlation (from −1 to 1) tells whether it may be used: near 0, how often and how much have little to do with each other. On this list:

# %% [markdown] lang="zh"
# 购买模型（BG/NBD，Fader、Hardie 和 Lee，2005）对每家客户只要三个数：后来又买过几次、最近一次距第一次多久、第一次距截止日多久。比如：后来又买了 3 次，最近一次在第 5 周，第一次在 49 周前。平时隔不到 2 周，按这个节奏，44 周没动静，不是好兆头。换成平时 40 周才买一次的，就不算什么：要看没动静的时间，是它自己平时间隔的几倍。模型设想每家客户按自己的节奏买，直到某次购买之后，一声不响地停了。由此得出两样东西：这家客户还没走的可能性 **P(alive)**，以及预计还会买几次（可能已经走了，这一点算在里面了）。每次买多少钱，由另一个模型（Gamma-Gamma）估计，它假定买得勤的人，每次并不会花得更多。BG/NBD 有一个变体 MBG/NBD（Batislam、Denizel 和 Filiztekin，2007），允许客户第一次买完就走。就算下面说 BG/NBD 更贴合，这里用的也是它，因为 BG/NBD 会把只买过一次的客户都算作还没走。第二个模型能不能用，看相关系数（从 −1 到 1）：接近 0，说明买得勤不勤和每次买多少没什么关系。这份名单的情况：

# %%
lesson.show("clv.notes", cbs, model, spend)

# %% [markdown] lang="en"
# Before you believe a model, hide the end of the data from it and let it guess. Where the mark stands to the right of the bar, it expected too much. Only those who were customers by then are counted, and a total can be nearly right while single rows are far off.

# %% [markdown] lang="zh"
# 相信一个模型之前，先把数据的最后一段藏起来，让它猜。竖线在横条右边，就是估高了。只算当时已有的客户；总数差得不多，单看一行也可能差很远。

# %%
lesson.show("clv.check", purchases, as_of=as_of or None, order_id=order_id)

# %% [markdown] lang="en"
# What the model cannot say:
#
# - **Why.** A tender lost and a buyer on leave look the same.
# - **Much about a single one-time buyer.** BG/NBD gives each of them a P(alive) of 1 (100 %), only because it is built that way; never read that as safe. MBG/NBD lets them leave. It can be right for the group, but it cannot tell one from another, except by how long ago they bought.
# - **Contracts and seasons.** A customer who orders every March has not left because October is quiet. Under a contract, count renewals instead.
# - **More about one customer than a rule of thumb can.** The simple rules that firms use found active and best customers at least as well; the model was ahead for the total of all future purchases (Wübben and von Wangenheim 2008). A rule to try: if nothing has come for twice the usual pause, ask.

# %% [markdown] lang="zh"
# 模型说不出来的：
#
# - **为什么**：是没中标，还是采购休假了，在模型眼里一样。
# - **某一家只买过一次的客户会怎样**：BG/NBD 给他们的 P(alive) 一律是 1（100%），只因为模型就是这么造的，不等于稳当。MBG/NBD 允许他们离开：整体可以估得准，单看一家，除了隔了多久，它什么也不知道。
# - **合同和季节**：每年三月下单的客户，十月没动静不算走了。有合同的，看续签。
# - **单看一家，它不比经验规则准**：判断谁还在买、谁是最好的客户，企业常用的简单规则至少不比模型差；要估全部客户未来一共买多少，模型才胜出（Wübben 和 von Wangenheim，2008）。可以试试这一条：超过平时间隔的两倍没下单，就去问一声。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Question: “The model was off by this much. Is it useless?” Expected: for one customer a guess; for a hundred a budget, with a margin of error as large as the check shows. Ask who would rather use a rule of thumb; both hands up is a good answer.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问大家：“误差有这么大，模型没用了吗？”期待的回答：对一家客户，它是猜测；对一百家客户，它可以当预算，误差照检验的结果留足。再问谁宁愿用经验规则；两边都有人举手，就对了。

# %% [markdown] lang="en"
# ## Do
#
# Seven exercises first, then one customer to follow, and a note to your manager. A wrong answer is told what it would mean; hints open one at a time; everything you do is kept as you do it.

# %% [markdown] lang="zh"
# ## 练一练
#
# 先做七道题，再跟踪一家客户，最后给经理写几句话。答错了，会告诉你错在哪里；提示一条一条打开；每一步都会马上保存。

# %%
lesson.ask("clv-1")

# %%
lesson.ask("clv-2")

# %%
lesson.ask("clv-3")

# %%
lesson.ask("clv-4")

# %%
lesson.ask("clv-5")

# %%
lesson.ask("clv-6")

# %%
lesson.ask("clv-7")

# %% [markdown] lang="en"
# **Follow one customer.** Each silence lowers the chance, each purchase lifts it.
#
# 1. Open the selector; the most doubtful stand first. Take the first one. In which month does the curve fall below the dashed line, one half? What would you have done in that month? Now think of the customer you have in mind: where would their curve stand today?
# 2. Find two customers with much the same chance but a different expected margin (it is shown when you choose one). Whom do you call first? Guess by how many points the call lifts the chance of an order: margin times that guess is the most it may cost. (20,000 yuan and 5 points make 1,000 yuan.)
# 3. Explain P(alive) to your neighbour in one sentence, without the words “chance” and “probability”.

# %% [markdown] lang="zh"
# **跟踪一家客户**。没动静的日子里，可能性一路往下掉；每次购买，又回升。
#
# 1. 打开下拉名单，可能性最低的排在最前，选第一家。曲线在哪个月跌破虚线（一半）？换作你，那个月会做什么？再想想你心里那家客户：今天它的曲线大概在哪儿？
# 2. 找两家可能性相近、预计毛利不同的客户（选中一家就会显示）。先联系谁？估一估，这次联系能把下单的可能性提高几个百分点；毛利乘以这个数，就是最多值得花的钱。（20,000 元乘以 5 个百分点，是 1,000 元。）
# 3. 用一句话向旁边的人解释 P(alive)，不许用“可能性”“概率”。

# %%
lesson.show("clv.alive", purchases, cbs, outlooks, model, names=lesson.names)

# %%
lesson.ask("clv-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 15 minutes, with all exercises 40.** *Live path:* exercises 7.1 and 7.7; the others at home, with 7.8 as the piece they bring back. Before 7.1 let everybody guess the value and write it down; most guess three years' margin or less. After 7.3 ask: “Where in our own papers does a monthly figure stand beside a yearly rate?” Typical mistake in 7.5: the value without end, for a manager who looks three years ahead. In 7.6: to put the one first who was always the best. In 7.7: to take the 100 % as praise. When you follow one customer, for 2: not more than the expected margin times what the call changes, and nobody knows the second figure; that is why one tries it on ten customers and counts. For 3, good: “Out of ten customers with this pattern, so many are still customers.” Typical mistake: “They are 60 % alive.” Then back to the three figures on the board: who would change theirs?

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 15 分钟，练习全做 40 分钟。** 现场版只做 7.1 和 7.7，其余课后做，7.8 写好带回来。做 7.1 之前，让每个人先猜一个数写下来；多半只猜到三年的毛利，甚至更少。7.3 做完问：“我们自己的报表里，哪儿是月的数配着年的比率？”常见错误：7.5 用了不设期限的价值，可经理只看三年；7.6 把一向最好的那家排在最前；7.7 把 100% 当成夸奖。跟踪一家客户时，第 2 题：不超过预计毛利乘以这次联系能带来的改变，而后一个数谁也不知道，所以要先在十家客户身上试，再数结果。第 3 题，好的说法：“十家有这种节奏的客户里，有几家还没走。”常见错误：“这家有 60% 还活着。”最后回到白板上的三个数字：谁想改？

# %% [markdown] lang="en"
# ## Your own list
#
# As in lesson 5, a list of purchases is enough: who bought, when, for how much; a year of data or more is better. If your customers are under contract, leave the buying model and use the retention formula with the retention rate you have worked out from renewals.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 和第 5 课一样，一份购买记录就够：谁买的，哪天买的，买了多少钱；最好有一年以上的数据。如果客户是签合同的，就不用购买模型，按续签算出留存率，套留存公式。

# %%
lesson.own_list()

# %% [markdown] lang="en"
# As a report, with a margin of your own (`margin` is the share of revenue that you keep):
#
# `.venv/bin/custlib run 07_clv -p orders=my-list.csv -p margin=0.25 --out reports`
#
# On Windows the line begins with `.venv\Scripts\custlib`.

# %% [markdown] lang="zh"
# 想存成报告，并用你自己的毛利率（`margin` 是销售额里你能留下的比例）：
#
# `.venv/bin/custlib run 07_clv --lang zh -p orders=my-list.csv -p margin=0.25 --out reports`
#
# Windows 上，这一行开头换成 `.venv\Scripts\custlib`。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** A figure per customer invites people to rank people. Say aloud what it is for (whom to look at) and what not (whom to serve badly). Automated decisions about persons have rules of their own.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 每家客户一个数字，容易让人拿来给人排队。要说清楚它用来做什么（先看谁），不用来做什么（怠慢谁）。对个人的自动化决策，法律另有规定。

# %% [markdown] lang="en"
# ## Take-away
#
# - The best so far and the best to come are two lists. Find who stands on the first and not on the second, ask why, and only then decide where the money goes.
# - Margin, retention and discount rate belong to one and the same period.
# - A model is a guess with a method. Let it guess what you already know before you trust it on what you don't.

# %% [markdown] lang="zh"
# ## 带走
#
# - 过去最好的和以后最好的，是两份名单。先看谁在第一份上、却不在第二份上，问清原因，再决定钱花在哪儿。
# - 毛利、留存率、折现率，要用同一个周期。
# - 模型是有方法的猜测。先让它猜你已经知道的，再信它猜你不知道的。

# %%
lesson.show("clv.take_away", outlooks, names=lesson.names)

# %%
lesson.goal()
