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
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import rfm
from custlib.course import open_lesson

lesson = open_lesson("05_rfm", language=language, seed=seed, orders=orders, currency=currency)

# %% [markdown] lang="en"
# # 05 Who should hear from you this week?
#
# Lesson 5 · about 50 minutes · you need nothing but a mouse

# %% [markdown] lang="zh"
# # 05 这周先联系谁？
#
# 第 5 课 · 约 50 分钟 · 有鼠标就行

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Whom did you call last week, and why that one?” Collect three answers on the board. Most will be: whoever called first, whoever is largest, whoever is pleasant. Leave it there; the lesson answers it. *Live path (35 minutes): Look, Try, One customer, Take-away; The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“上周你联系了谁？为什么是他？”在白板上记三个回答。多半是：谁先打来就回谁、谁最大、谁好说话。先不评论，这一课会给出答案。*现场版（35 分钟）：看一看、试一试、跟踪一位客户、带走；“道理”留作课后阅读。*

# %% [markdown] lang="en"
# ## Situation
#
# Monday, 8:40. You have time for forty calls until Friday, and the list is many times longer. Sort it by last year's revenue, and the same forty names come up every week; the ones who are quietly forgetting you never do.

# %% [markdown] lang="zh"
# ## 情境
#
# 周一早上 8:40。到周五，你最多打四十个电话，名单却长得多。按去年的销售额排，每周排在前面的总是那四十个名字；正在悄悄忘掉你的那些人，永远排不上来。

# %% [markdown] lang="en"
# ## Look
#
# Three columns are enough for a first look: who bought, when, for how much. From them every customer gets two marks from 1 to 5. **R** (recency) is high for those who bought lately, **F** (frequency) for those who buy often.

# %% [markdown] lang="zh"
# ## 看一看
#
# 三列数据就够看第一眼：谁买的、哪天买的、买了多少钱。每位客户由此得到两个分数，都是 1 到 5：**R**（Recency，最近一次购买）越近越高，**F**（Frequency，购买频率）越勤越高。

# %%
purchases = lesson.table("orders")
order_id = "order_id" if "order_id" in purchases.columns else None
summary = rfm.summarize(purchases, as_of=as_of or None, order_id=order_id)
lesson.show("rfm.source", purchases, summary, own=bool(orders))

# %%
named = rfm.segment(rfm.score(summary))
lesson.show("rfm.grid", named)

# %% [markdown] lang="en"
# Look at the upper left corner. Whoever stands there used to come often, and stopped. Nobody complained, and no report named them, because nothing happened. Here is who it is:

# %% [markdown] lang="zh"
# 看左上角。站在那里的客户，过去常来，后来不来了。没有人投诉，也没有哪张报表提醒你，因为“什么都没发生”。都有谁呢？

# %%
lesson.show("rfm.quiet_list", named, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** Question for the room: “Which corner do you call first, and what do you say?” Expected: the outlined corner. Typical mistake: the lower left corner, because it is full. Say: those were never regulars; a call there brings back what there was, which is little. Second mistake: opening with “You haven't bought for a while”. Nobody likes to be told that he is being watched.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 问大家：“先联系哪个角？第一句说什么？”应答：描边的那个角。常见错误一：选左下角，因为那里人多。可以说：那些人本来就不是老客户，打过去也只能找回原来那一点。常见错误二：开口就说“您好久没下单了”。没人喜欢被人盯着看。

# %% [markdown] lang="en"
# ## Try
#
# Marks compare customers with each other. You can also draw your own lines: how many days of silence are too many, and how many purchases make a regular. Move both and watch who comes onto the list.

# %% [markdown] lang="zh"
# ## 试一试
#
# 得分是客户之间互相比出来的。你也可以自己划线：多少天不买算太久，买过几次算老客户。两条线都动一动，看谁上了名单。

# %%
lesson.show("rfm.cuts", summary, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Let pairs find lines that give a list they could really finish by Friday, and defend them. Expected: no pair finds the same lines, and that is the point: a cut-off is a decision, not a fact. Typical mistake: lines taken from another firm. A maker of spare parts and a maker of ships do not share a rhythm.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 两人一组，划出周五前真能打完的名单，并说出理由。结果是：各组的线都不一样。这正是要点：线是决定，不是事实。常见错误：照搬别家的线。卖备件的和造船的，节奏不可能一样。

# %% [markdown] lang="en"
# ## The idea
#
# RFM sums up each customer in three figures, all counted to one day, the “as-of day”:
#
# | | counts | unit | what we decided |
# |:--|:--|:--|:--|
# | **R** recency | time since the last purchase | days | a return is no purchase |
# | **F** frequency | purchases | number | an order counts once, however many lines it has; without order numbers, a customer's day counts once |
# | **M** monetary | what they paid | money | the sum, with returns deducted |
#
# Each figure becomes a mark from 1 to 5 by its place among all customers:
#
# $$\text{score} = 1 + \left\lfloor 5 \cdot \frac{\text{customers who do strictly worse}}{\text{all customers}} \right\rfloor$$
#
# With 10 customers of whom 4 do worse than you, that is $1 + \lfloor 5 \cdot 4 / 10 \rfloor = 3$. For R, fewer days are better, so the latest buyer gets the 5. Customers with equal figures get equal marks; that is why a mark can stay empty.

# %% [markdown] lang="zh"
# ## 道理
#
# RFM 用三个数概括一位客户，都算到同一天，叫“截止日”：
#
# | | 数什么 | 单位 | 我们的约定 |
# |:--|:--|:--|:--|
# | **R** 最近一次购买 | 距最近一次购买多久 | 天 | 退货不算购买 |
# | **F** 购买频率 | 买过几次 | 次 | 一张订单不管几行都算一次；没有订单号时，同一天算一次 |
# | **M** 购买金额 | 一共付了多少 | 金额 | 求和，扣除退货 |
#
# 每个数再按它在全体客户里的位置，换成 1 到 5 分：
#
# $$\text{得分} = 1 + \left\lfloor 5 \cdot \frac{\text{比他差的客户数}}{\text{全部客户数}} \right\rfloor$$
#
# 10 位客户里有 4 位比你差，就是 $1 + \lfloor 5 \cdot 4 / 10 \rfloor = 3$ 分。R 是天数越少越好，所以最近买的得 5 分。数值相同，得分就相同；因此某一档可能一个人也没有。

# %%
lesson.show("rfm.cut_table", named)

# %%
lesson.show("rfm.empty", named)

# %% [markdown] lang="en"
# The 25 pairs of R and F get ten names, so that one can talk about them. Scoring in fifths was popularised by A. M. Hughes in the 1990s; many lists of names are in use, and this one is our convention. Each pair has exactly one name.

# %% [markdown] lang="zh"
# R 和 F 一共 25 种组合，归成十个名字，说起来方便。按五等分打分的做法，因 A. M. Hughes 在 1990 年代的推广而流行；名字有好多套，这一套是我们的约定，每种组合只有一个名字。

# %%
lesson.show("rfm.segments", named)

# %% [markdown] lang="en"
# What RFM cannot see: why somebody stopped, and what was agreed. A plant that orders once a year is not quiet after 200 days. So the marks decide whom to look at; you decide whom to call.

# %% [markdown] lang="zh"
# RFM 看不见的：客户为什么停了，你们之间说好了什么。一年只下一次单的工厂，200 天没动静很正常。所以，分数告诉你该看谁，打不打电话由你定。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Ask: “Our largest customer has R 2. Is that bad?” Expected: it depends on that customer's own rhythm; open the panel below. Typical mistakes: adding R, F and M and ranking by the sum (a customer with 5, 1, 1 and one with 1, 1, 5 are not alike); reading R as days, so that 5 looks bad.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问大家：“我们最大的客户 R 只有 2 分，糟不糟？”应答：要看这位客户自己的节奏，打开下面的面板看。常见错误：把 R、F、M 加起来排名（5、1、1 和 1、1、5 完全是两种人）；把 R 当成天数，以为 5 分不好。

# %% [markdown] lang="en"
# ## Do
#
# Follow one customer through. Above the list of choices stands every order there was; the title compares today's silence with the longest pause so far.
#
# 1. Choose a customer at risk. Is this silence longer than any before? Then this is a call for this week. If not, when is it due?
# 2. Write the first sentence of that call. A good one gives the customer a reason to listen, asks one question, and does not mention how long it has been.
# 3. Say it aloud to your neighbour. Would you go on listening?

# %% [markdown] lang="zh"
# ## 练一练
#
# 跟踪一位客户。图上是他的每一笔订单，标题把这次的沉默和以往最长的间隔作了比较。
#
# 1. 选一位流失风险客户。这次沉默比以往都久吗？是，就这周打。不是，那该什么时候打？
# 2. 写下电话里的第一句话。好的开场让客户愿意听、只问一个问题、不提多久没买。
# 3. 念给旁边的人听。换了你，愿意听下去吗？

# %%
lesson.show("rfm.customer", purchases, named, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes.** Model first sentence: “Mr Shen, your second line starts next month; shall I check now whether the spare modules are in stock for it?” It works because it is about the customer's calendar. Weak: “I'm just checking in.” (No reason.) Weak: “You haven't ordered since January.” (Reproach.) Weak: “We have 10 % off this week.” (The offer comes before the question.)

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟。** 参考开场：“沈工，您二线下个月投产，备用模块要不要我现在就帮您查库存？”好在它说的是客户的日程。不好的：“没什么事，就是问候一下。”（没有理由。）“您一月以后就没下过单了。”（像在责备。）“这周我们打折 10%。”（还没问，先报价。）

# %% [markdown] lang="en"
# ## Your own list
#
# The whole lesson runs on your own customers. Export three columns from your system, named `customer_id`, `date` and `amount` (`order_id` too, if you have it), as CSV; numbers instead of names are enough, and nothing leaves this computer. Then, in a terminal in the course's folder:
#
# `custlib run 05_rfm -p orders=my-list.csv --out reports`
#
# You get this page again as a report about your list, to be opened in any browser, without a network.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 整节课都能用你自己的客户再跑一遍。从系统里导出三列，列名写成 `customer_id`、`date`、`amount`（有订单号再加 `order_id`），存成 CSV；客户写编号就够，不必写名字，数据不会离开这台电脑。然后在课程文件夹里打开终端，输入：
#
# `custlib run 05_rfm --lang zh -p orders=my-list.csv --out reports`
#
# 得到的报告和这一页一样，说的却是你的客户；用任何浏览器都能打开，不需要联网。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Before anybody exports: customer data stays on the company's machines and follows its rules. An id is enough; leave out names, telephone numbers and contact persons.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 导出之前先说清楚：客户数据留在公司电脑上，按公司规定用。有编号就够了，姓名、电话、联系人都不要带。

# %% [markdown] lang="en"
# ## Take-away
#
# - Large is not the same as urgent. Sort by silence among the regulars, not by revenue.
# - A cut-off is your decision. Say it aloud, keep it for a quarter, then look again.
# - Compare a customer with his own rhythm before you compare him with others.

# %% [markdown] lang="zh"
# ## 带走
#
# - 大客户不等于急客户。别按销售额排，在老客户里按沉默的时间排。
# - 线是你自己划的。说清楚，坚持一个季度，再回头看。
# - 先拿客户和他自己的节奏比，再拿他和别人比。

# %%
lesson.show("rfm.take_away", named, names=lesson.names)
