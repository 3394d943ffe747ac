# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"
orders: str = ""  # your own list: a CSV file with customer_id, date, amount; empty for the practice data
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
# Lesson 7 · about 45 minutes · you need a mouse, and one customer in mind

# %% [markdown] lang="zh"
# # 07 这家客户值多少？
#
# 第 7 课 · 约 45 分钟 · 有鼠标就行，心里再想好一家客户

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “How much may we spend to keep your best customer for one more year?” Write three figures on the board, without comment. *Live path (30 minutes): Look, Try, the first two tables of The idea, One customer, Take-away.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“为了把最好的客户再留一年，我们最多能花多少？”在白板上写三个数字，先不评论。*现场版（30 分钟）：看一看、试一试、“道理”的前两张表、跟踪一家客户、带走。*

# %% [markdown] lang="en"
# ## Situation
#
# Your manager has money for one dinner, one discount and one technician's visit, and asks whom they should go to. “The best customers,” you say. The best of last year, or of the next?

# %% [markdown] lang="zh"
# ## 情境
#
# 经理手里有一顿饭、一份折扣、一次技术员上门的预算，问你给谁。“给最好的客户。”你说。是去年最好的，还是明年最好的？

# %% [markdown] lang="en"
# ## Look
#
# To the right: what a customer brought in the past twelve months. Upwards: what the buying so far lets one expect of the next twelve. Whoever lies far right and low was good, and may be leaving.

# %% [markdown] lang="zh"
# ## 看一看
#
# 越靠右，过去十二个月带来的越多；越靠上，按以往的购买节奏，未来十二个月预计带来的越多。又靠右又靠下的客户，过去好，现在可能正在离开。

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

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Question: “Would you have taken one of these off the dinner list?” Expected: no, because last year's revenue says nothing about silence. Typical mistake: reading “expected” as “will happen”. Say: it is an average over customers who behaved alike; a single one buys more or nothing.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 问大家：“换作你，会把他们从饭局名单上拿掉吗？”多半不会，因为去年的销售额看不出谁没了动静。常见错误：把“预计”当成“一定”。可以说：这是行为相似的一群客户的平均数，具体到一家，可能多买，也可能一单不下。

# %% [markdown] lang="en"
# ## Try
#
# Under a contract one sees when a customer leaves, and can count. Then five figures decide what the customer is worth. Move them one at a time; the curve says in which year the cost of winning the customer is back.

# %% [markdown] lang="zh"
# ## 试一试
#
# 有合同的客户，走没走一目了然，留存率数得出来。这时，客户值多少由五个数决定。一次只动一个；曲线告诉你，赢得这家客户的成本哪一年收回来。

# %%
lesson.show("clv.retention")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Expected: ten points of retention move the value more than ten points of discount rate, and the salesperson can only touch the first. Then ask who set the retention slider from a feeling. Typical mistake: a margin per month with a retention per year (see The idea).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 应有的发现：留存率动十个百分点，比折现率动十个百分点影响大，而销售碰得到的只有前者。再问：留存率这个滑块，谁是凭感觉定的？常见错误：月毛利配年留存率（见“道理”）。

# %% [markdown] lang="en"
# ## The idea
#
# **Customer lifetime value** (CLV) is what a customer is worth over the time they stay. There are three ways to put a figure to it:
#
# | way | question | needs | fits |
# |:--|:--|:--|:--|
# | add up the past | what have they brought? | orders, costs | everybody, looks back only |
# | retention formula | what if they stay with this chance? | margin, retention, discount rate | contracts, service, subscriptions |
# | buying model | what does their rhythm say? | dates of purchases | customers who come and go unannounced |
#
# The retention formula, with margin $m$, retention $r$ and discount rate $i$, all for the **same** period, the first margin after one period if the customer stays:
#
# $$\text{CLV} = \frac{m \cdot r}{1 + i - r}$$
#
# With 100 yuan a year, 80 % retention and 10 % discount, that is $100 \cdot 0.8 / 0.3 = 266.67$ yuan. If the first margin is already in hand, it is 366.67; ask which one is meant. A margin per month needs a retention per month: 80 % a year is 98.2 % a month, not 80 %. (Gupta and Lehmann 2003.)

# %% [markdown] lang="zh"
# ## 道理
#
# **客户终身价值**（CLV，customer lifetime value）是一家客户在留下来的时间里值多少。算法有三种：
#
# | 方法 | 回答什么 | 需要什么 | 适合谁 |
# |:--|:--|:--|:--|
# | 把过去加起来 | 已经带来多少？ | 订单、成本 | 人人适用，但只往回看 |
# | 留存公式 | 按这样的留存率，值多少？ | 毛利、留存率、折现率 | 合同、服务、订阅客户 |
# | 购买模型 | 购买节奏说明什么？ | 购买日期 | 不打招呼就来、不打招呼就走的客户 |
#
# 留存公式里，毛利 $m$、留存率 $r$、折现率 $i$ 必须是**同一个**周期的；第一笔毛利在一个周期之后、客户留下来才有：
#
# $$\text{CLV} = \frac{m \cdot r}{1 + i - r}$$
#
# 每年 100 元、留存率 80%、折现率 10%，就是 $100 \cdot 0.8 / 0.3 = 266.67$ 元。如果第一笔毛利已经到手，则是 366.67 元；别人报数时，问清是哪一种。按月的毛利要配按月的留存率：一年 80%，合一个月 98.2%，不是 80%。（Gupta 和 Lehmann，2003。）

# %% [markdown] lang="en"
# The buying model (BG/NBD: Fader, Hardie and Lee 2005) needs three figures of each customer: how many times they bought again, when last, and for how long you have known them. It imagines that everybody buys at their own pace until, after some purchase, they stop without saying so. From that it says two things: the chance that a customer still is one, **P(alive)**, and how many purchases to expect. How much each purchase brings comes from a second model (Gamma-Gamma), which assumes that those who buy often do not spend more each time. What the models say of themselves on this data:

# %% [markdown] lang="zh"
# 购买模型（BG/NBD，Fader、Hardie 和 Lee，2005）对每家客户只要三个数：后来又买过几次、最近一次是什么时候、往来多久了。它设想每家客户按自己的节奏买，直到某次购买之后，一声不响地停了。由此得出两样东西：客户仍是客户的可能性 **P(alive)**，以及预计还会买几次。每次买多少钱，由另一个模型（Gamma-Gamma）估计，它假定买得勤的人，每次并不会花得更多。在这份数据上，模型自己怎么说：

# %%
lesson.show("clv.notes", cbs, model, spend)

# %% [markdown] lang="en"
# Before you believe a model, hide the end of the data from it and let it guess:

# %% [markdown] lang="zh"
# 相信一个模型之前，先把数据的最后一段藏起来，让它猜：

# %%
lesson.show("clv.check", purchases, order_id=order_id)

# %% [markdown] lang="en"
# What the model cannot say:
#
# - **Why.** A tender lost and a buyer on leave look the same.
# - **Anything about one-time buyers.** In BG/NBD their P(alive) is 1 because the model is built that way; here we use its variant MBG/NBD (Batislam, Denizel and Filiztekin 2007), which lets them leave. Neither knows.
# - **Contracts and seasons.** Who orders every March is not gone in October.
# - **Much more than a good rule.** “No order for twice the usual pause” often picks the same customers; the model is ahead when you need the sum of all future purchases (Wübben and von Wangenheim 2008).

# %% [markdown] lang="zh"
# 模型说不出来的：
#
# - **为什么**：丢了标，和采购休假了，看起来一样。
# - **只买过一次的客户**：在 BG/NBD 里，他们的 P(alive) 是 1，只因为模型就是这么造的；这里用的是它的变体 MBG/NBD（Batislam、Denizel 和 Filiztekin，2007），允许他们离开。其实两个都不知道。
# - **合同和季节**：每年三月下单的客户，十月没动静不算走了。
# - **并不比一条好规则强多少**：“超过平时间隔的两倍没下单”，挑出来的往往是同一批人；要算全部客户未来一共买多少时，模型才胜出（Wübben 和 von Wangenheim，2008）。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Question: “The model was off by this much. Is it useless?” Expected: for one customer a guess, for a hundred a budget. Ask who would rather use a rule of thumb; both hands up is a good answer.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问大家：“误差有这么大，模型没用了吗？”应答：对一家客户，它是猜测；对一百家客户，它是预算。再问谁宁愿用经验规则；两边都有人举手，就对了。

# %% [markdown] lang="en"
# ## Do
#
# Follow one customer. Each silence lowers the chance, each purchase lifts it.
#
# 1. Take the first in the list. Has the chance fallen below one half, and in which month? What did you do then?
# 2. Find two customers with much the same chance and a different value. Whom do you call first, and how much may the call cost?
# 3. Explain P(alive) to your neighbour in one sentence, without the word “probability”.

# %% [markdown] lang="zh"
# ## 练一练
#
# 跟踪一家客户。没动静的日子里，可能性一路往下掉；每次购买，又回升。
#
# 1. 选名单上的第一家。可能性跌到一半以下了吗？是哪个月？那时你们做了什么？
# 2. 找两家可能性相近、价值不同的客户。先联系谁？这次联系最多值得花多少？
# 3. 用一句话向旁边的人解释 P(alive)，不许用“概率”二字。

# %%
lesson.show("clv.alive", purchases, cbs, outlooks, model, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** For 2: not more than the expected margin times what the call changes, and nobody knows the second figure; that is why one tries it on ten customers and counts. For 3, good: “Out of ten customers with this pattern, so many come back.” Typical mistake: “They are alive to 60 %.”

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 第 2 题：不超过预计毛利乘以这次联系能带来的改变，而后一个数谁也不知道，所以要先在十家客户身上试，再数结果。第 3 题，好的说法：“十家有这种节奏的客户里，会有几家再来。”常见错误：“这家有 60% 还活着。”

# %% [markdown] lang="en"
# ## Your own list
#
# As in lesson 5, a list with `customer_id`, `date` and `amount` is enough; a year of data or more is better. `margin` is the share of revenue that you keep:
#
# `custlib run 07_clv -p orders=my-list.csv -p margin=0.25 --out reports`
#
# If your customers are under contract, leave the buying model and use the retention formula with the retention you have counted.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 和第 5 课一样，一份含 `customer_id`、`date`、`amount` 的名单就够，最好有一年以上的数据。`margin` 是销售额里你能留下的比例：
#
# `custlib run 07_clv --lang zh -p orders=my-list.csv -p margin=0.25 --out reports`
#
# 如果客户是签合同的，就不用购买模型，拿你数出来的留存率套留存公式。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** A figure per customer invites people to rank people. Say aloud what it is for (whom to look at) and what not (whom to serve badly). Automated decisions about persons have rules of their own.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 每家客户一个数字，容易让人拿来给人排队。要说清楚它用来做什么（先看谁），不用来做什么（怠慢谁）。对个人的自动化决策，法律另有规定。

# %% [markdown] lang="en"
# ## Take-away
#
# - The best of last year and the best of next year are two lists. Spend on the second.
# - Margin, retention and discount rate belong to one and the same period.
# - A model is a guess with a method. Let it guess what you already know before you believe what you do not.

# %% [markdown] lang="zh"
# ## 带走
#
# - 去年最好的和明年最好的，是两份名单。钱花在第二份上。
# - 毛利、留存率、折现率，要用同一个周期。
# - 模型是有方法的猜测。先让它猜你已经知道的，再信它猜你不知道的。

# %%
lesson.show("clv.take_away", outlooks, names=lesson.names)
