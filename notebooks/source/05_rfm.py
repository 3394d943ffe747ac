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
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import rfm
from custlib.course import open_lesson

lesson = open_lesson("05_rfm", language=language, seed=seed, orders=orders, currency=currency)

# %% [markdown] lang="en"
# # 05 Who should hear from you this week?
#
# Lesson 5 · about 50 minutes, and 25 for the exercises · you need a sheet of paper and, if you can, somebody to practise with

# %% [markdown] lang="zh"
# # 05 这周先联系谁？
#
# 第 5 课 · 约 50 分钟，练习另加 25 分钟 · 备一张纸，最好有人一起练

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Whom did you call last week, and why that one?” Collect three answers on the board. Most will be: whoever called first, whoever is largest, whoever is pleasant. Do not comment; the lesson comes back to it. *Live path (35 minutes): Situation, Look, Try, Do, Take-away; The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“上周你联系了谁？为什么是他？”在白板上记三个回答。多半是：谁先打来就回谁、谁最大、谁好说话。先不评论，后面会回到这个问题。现场版（35 分钟）：情境、看一看、试一试、练一练、带走；“道理”留作课后阅读。

# %% [markdown] lang="en"
# ## Situation
#
# Monday, 8:40. You have time for forty calls before Friday evening, and the list is many times longer. Sorted by last year's revenue, it puts the same forty names at the top every week, and it does not show who has stopped buying.

# %% [markdown] lang="zh"
# ## 情境
#
# 周一早上 8:40。到周五下班，你最多能打四十个电话，名单上的客户却多得多。按去年的销售额排，每周排在最前面的总是那四十家；谁已经不买了，这样排看不出来。

# %% [markdown] lang="en"
# ## Data first
#
# Before a list can tell you whom to call, look at the list. On the practice data this is half a year of order lines, just as the systems gave them out; with a list of your own it is your list. Each kind of fault is counted. Tick one, and it is mended; on the practice data, a dollar counts as 7.2 yuan.

# %% [markdown] lang="zh"
# ## 先看数据
#
# 想靠名单决定先联系谁，先看看名单本身靠不靠得住。练习数据里，这是系统原样导出的半年订单明细；用你自己的名单，看的就是你的名单。每种毛病有多少行，都数好了。勾哪一种，就修哪一种；练习数据里，美元按 7.2 元折算。

# %%
own = lesson.data.own
raw = lesson.table("orders" if own else "transactions_raw")
firms = None if own else lesson.table("customers")
last_day = as_of if own else "2025-06-30"
rates = None if own else {"USD": 7.2}
lesson.show("quality.board", raw, firms=firms, as_of=last_day, rates=rates)

# %% [markdown] lang="en"
# Faults can cancel each other out, so a total that looks right proves nothing. The rest of this lesson uses a longer list without such faults: two years of orders from 2,400 customers. With a list of your own, it goes on with yours.

# %% [markdown] lang="zh"
# 毛病之间会互相抵消，所以总数看着对，说明不了什么。这一课后面用的是另一份没有这些毛病的练习数据：两年的订单，2,400 家客户。用你自己的名单，后面就接着用你的。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Question: “Which of these would you notice if you only looked at the total?” Expected: none. Then: “Which repairs touch the revenue, which the number of customers, which neither?” Typical mistake: leaving the last group for later because no figure moves; but a missing industry or a person who has left is why nobody calls.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：“只看总数的话，哪一种毛病你看得出来？”期待的回答：一种也看不出来。再问：“哪些修了销售额会变，哪些修了客户数会变，哪些都不变？”常见错误：都不变的就先放着。可是行业没填、负责人走了，正是没人打电话的原因。

# %% [markdown] lang="en"
# ## Look
#
# Three columns are enough to begin: who bought, when, for how much. From the dates every customer gets two scores from 1 to 5. **R** (recency) is high for those who bought lately, **F** (frequency) for those who buy often. The amounts come in later.

# %% [markdown] lang="zh"
# ## 看一看
#
# 有三列数据就能开始：谁买的，哪天买的，买了多少钱。先看日期，每家客户有两项得分，都是 1 到 5 分。**R**（Recency，最近一次购买）：买得越近，得分越高。**F**（Frequency，购买频率）：买得越勤，得分越高。金额后面再看。

# %%
purchases = lesson.table("orders")
order_id = "order_id" if "order_id" in purchases.columns else None
summary = rfm.summarize(purchases, as_of=as_of or None, order_id=order_id)
lesson.show("rfm.source", purchases, summary, own=lesson.data.own)

# %%
named = rfm.segment(rfm.score(summary))
lesson.show("rfm.grid", named)

# %% [markdown] lang="en"
# Look at the upper left corner: R 1–2, F 4–5. Its place is for customers who used to buy often and have not bought lately. They are easy to miss, because a customer who only stops buying sends you nothing. On this list:

# %% [markdown] lang="zh"
# 看左上角：R 1–2，F 4–5。这里放的是过去买得勤、最近没买的客户。这样的客户容易漏掉：不买了，并不会来通知你。这份名单上的情况是：

# %%
lesson.show("rfm.quiet_list", named, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** Question for the room: “Which corner do you call first, and what do you say?” Expected: the outlined corner. Typical mistake: the lower left corner, because many customers stand there. Say: those never bought often; there is no habit to go back to. Second mistake: opening with “You haven't bought for a while”. Nobody likes to hear that they are being watched.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 问大家：“先联系哪个角？第一句说什么？”期待的回答：描边的那个角。常见错误一：选左下角，因为那里客户多。可以说：那些客户从来就买得不勤，没有老习惯可以找回来。常见错误二：开口就说“您好久没下单了”。没人喜欢被人盯着。

# %% [markdown] lang="en"
# ## Try
#
# Scores compare customers with each other. You can also set two cut-offs of your own: after how many days without a purchase a customer counts as quiet, and from how many purchases as a regular. Move both and watch how the list changes.

# %% [markdown] lang="zh"
# ## 试一试
#
# 得分是客户之间互相比出来的。你也可以自己划两条线：多少天没买，算没了动静；买过几次，算老客户。两条线都动一动，看名单怎么变。

# %%
lesson.show("rfm.cuts", summary, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Let pairs find cut-offs that give a list they could really finish by Friday, and give their reasons. Expected: the cut-offs differ from pair to pair, and that is the point: a cut-off is a decision, not a fact. Typical mistake: cut-offs taken from another company. Customers of a spare-parts maker and customers of a shipyard do not buy in the same rhythm.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 两人一组，划两条线，让名单短到周五前真能打完，并说出理由。期待的结果：各组划的线不一样。要点就在这里：线是人定的，不是事实。常见错误：照搬别家公司的线。买备件的客户和买船的客户，节奏不会一样。

# %% [markdown] lang="en"
# ## The idea
#
# RFM sums up each customer in three figures. They count everything in the list up to and including one day, the “as-of day”. Unless you choose another, it is the last day in the list.
#
# | | counts | unit | what we decided |
# |:--|:--|:--|:--|
# | **R** recency | time from the last purchase to the as-of day | days | a return is no purchase |
# | **F** frequency | purchases | number | an order number counts once, however many lines or deliveries it has; without order numbers, a customer's day counts once |
# | **M** monetary | what the purchases add up to | the list's currency | the sum, with returns deducted |
#
# Each figure becomes a score from 1 to 5 by its place among all customers:
#
# $$\text{score} = 1 + \left\lfloor 5 \cdot \frac{\text{customers who do strictly worse}}{\text{all customers}} \right\rfloor$$
#
# The brackets ⌊ ⌋ mean: leave out the decimals. If 5 of 10 customers do worse than this one, its score is $1 + \lfloor 5 \cdot 5 / 10 \rfloor = 1 + \lfloor 2.5 \rfloor = 3$. For R, fewer days are better, so whoever bought last scores highest. Customers with equal figures get equal scores. Where many are equal, a score can stay empty, even the highest.

# %% [markdown] lang="zh"
# ## 道理
#
# RFM 用三个数概括一家客户。名单里的购买都算到同一天为止（含当天），这一天叫“截止日”。不另外指定，就取名单里的最后一天。
#
# | | 数什么 | 单位 | 我们的约定 |
# |:--|:--|:--|:--|
# | **R** 最近一次购买 | 从最近一次购买到截止日隔了多久 | 天 | 退货不算购买 |
# | **F** 购买频率 | 买过几次 | 次 | 一个订单号算一次，不管几行、分几批发货；没有订单号时，同一家客户同一天算一次 |
# | **M** 购买金额 | 一共买了多少钱 | 名单所用的货币 | 各笔相加，扣除退货 |
#
# 每个数再看它在全部客户里排在哪儿，换成 1 到 5 的得分：
#
# $$\text{得分} = 1 + \left\lfloor 5 \cdot \frac{\text{比这家差的客户数}}{\text{全部客户数}} \right\rfloor$$
#
# ⌊ ⌋ 表示去掉小数，只留整数。10 家客户里有 5 家比这家差，得分就是 $1 + \lfloor 5 \cdot 5 / 10 \rfloor = 1 + \lfloor 2.5 \rfloor = 3$。R 是天数越少越好，所以最近刚买过的得分最高。数值相同，得分就相同；相同的客户一多，有的得分就会空着，最高分也可能空着。

# %%
lesson.show("rfm.cut_table", named)

# %%
lesson.show("rfm.empty", named)

# %% [markdown] lang="en"
# The 25 pairs of R and F get ten names, so that you can talk about them. Scoring in fifths was popularised by A. M. Hughes in the 1990s. Many lists of names are in use; this one is our convention. Customers with the same name form a segment. The places are those of the grid above:
#
# | | R 1 | R 2 | R 3 | R 4 | R 5 |
# |:--|:--|:--|:--|:--|:--|
# | **F 5** | can't lose them | can't lose them | loyal | loyal | champions |
# | **F 4** | at risk | at risk | loyal | loyal | champions |
# | **F 3** | at risk | at risk | need attention | potential loyalists | potential loyalists |
# | **F 2** | hibernating | hibernating | about to sleep | potential loyalists | potential loyalists |
# | **F 1** | hibernating | hibernating | about to sleep | promising | new |

# %% [markdown] lang="zh"
# R 和 F 一共 25 种组合，归成十个名字，说起来方便。按五等分打分，是 A. M. Hughes 在 1990 年代推广开来的。名字各家叫法不一，这一套是我们的约定。同一个名字下的客户是一个分组。位置和上面的格子图一样：
#
# | | R 1 | R 2 | R 3 | R 4 | R 5 |
# |:--|:--|:--|:--|:--|:--|
# | **F 5** | 不能失去的客户 | 不能失去的客户 | 忠诚客户 | 忠诚客户 | 明星客户 |
# | **F 4** | 流失风险客户 | 流失风险客户 | 忠诚客户 | 忠诚客户 | 明星客户 |
# | **F 3** | 流失风险客户 | 流失风险客户 | 需要关注的客户 | 潜在忠诚客户 | 潜在忠诚客户 |
# | **F 2** | 沉睡客户 | 沉睡客户 | 快要沉睡的客户 | 潜在忠诚客户 | 潜在忠诚客户 |
# | **F 1** | 沉睡客户 | 沉睡客户 | 快要沉睡的客户 | 有苗头的客户 | 新客户 |

# %%
lesson.show("rfm.segments", named)

# %% [markdown] lang="en"
# What RFM cannot see: why somebody stopped, and what was agreed. For a plant that orders once a year, 200 days without an order are normal. So the scores tell you whom to look at; you decide whom to call.

# %% [markdown] lang="zh"
# 有两件事 RFM 看不见：客户为什么不买了，你们之间有什么约定。一年只下一次单的工厂，200 天没动静很正常。所以，得分告诉你先看谁，打不打电话由你定。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Ask: “Our largest customer has R 2. Is that bad?” Expected: it depends on that customer's own rhythm; open the panel below. Typical mistakes: adding R, F and M and ranking by the sum (a customer with 5, 1, 1 and one with 1, 1, 5 are not alike); reading R as days, so that 5 looks bad.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问大家：“我们最大的客户 R 只有 2 分，糟不糟？”期待的回答：要看这家客户自己的节奏，打开下面的面板看。常见错误：把 R、F、M 加起来排名（5、1、1 和 1、1、5 是完全不同的两家客户）；把 R 当成天数，以为 5 分不好。

# %% [markdown] lang="en"
# ## Do
#
# Nine exercises about the figures on this page. Answer, then read what comes back: a wrong answer is told what it would mean. Hints open one at a time. Everything you do is kept as you do it; close the page when you like and go on tomorrow.

# %% [markdown] lang="zh"
# ## 练一练
#
# 下面九道题，用的都是本页的数据。答完看看反馈：答错了，会告诉你错在哪里。提示一条一条打开。每一步都会马上保存，随时可以关掉，明天接着做。

# %%
lesson.ask("rfm-1")

# %%
lesson.ask("rfm-2")

# %%
lesson.ask("rfm-3")

# %%
lesson.ask("rfm-4")

# %%
lesson.ask("rfm-5")

# %%
lesson.ask("rfm-6")

# %%
lesson.ask("rfm-7")

# %%
lesson.ask("rfm-9")

# %% [markdown] lang="en"
# Now follow one customer through. The chart shows every purchase and return up to the as-of day. Its title compares the days since the last purchase with the longest pause between two purchases so far.
#
# Choose a customer marked “at risk” or “can't lose them”; if there is none, any customer with more than one purchase. Has it been longer than ever before? Then, by our convention, call this week. If not, how many days are left until it is? Take both figures from the title: longest pause minus days since the last purchase.

# %% [markdown] lang="zh"
# 接下来拿一家客户，从头看到现在。图上是截止日以前的每一笔购买和退货；标题里有两个数：已经多少天没买，以往两次购买之间最长隔过多少天。
#
# 选一家标着“流失风险客户”或“不能失去的客户”的；没有，就随便选一家买过不止一次的。这次没买的天数，比以往都长吗？是，按我们的约定，这周就打电话。不是，那还差几天？两个数标题里都有，用以往最长的间隔减去已经没买的天数。

# %%
lesson.show("rfm.customer", purchases, named, names=lesson.names)

# %% [markdown] lang="en"
# The last exercise is the call itself. A good one gives the customer a reason of their own to listen, such as a date in their calendar, and asks one question. It can be said in one breath. It does not mention how long they have not bought, and it offers no discount yet. Write yours, then say it to your neighbour, or aloud to yourself. Would you go on listening?

# %% [markdown] lang="zh"
# 最后一题，就是这通电话。好的第一句，说的是对方自己的事，比如对方日程上的一件事；只问一个问题，一口气说得完；不提多久没买，也不先给优惠。写下来，念给旁边的人听，或者自己念出声。换了你，愿意听下去吗？

# %%
lesson.ask("rfm-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes, with all exercises 37.** *Live path:* exercises 5.1, 5.3 and 5.8; the others at home. Ask after 5.3: “Whose M changed places when the returns came off?” Model first sentence: “Mr Jiang, your second line starts next month; shall I check now whether the spare modules are in stock for it?” It works because it is about the customer's calendar. Weak: “I'm only calling to say hello.” (No reason.) Weak: “You haven't ordered since January.” (Reproach.) Weak: “We have 10 % off this week.” (The offer comes before the question.)

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟，练习全做 37 分钟。** 现场版只做 5.1、5.3、5.8，其余课后做。5.3 做完问：“减掉退货以后，谁的 M 名次变了？”参考开场：“姜工，您二线下个月投产，备用模块要不要我现在就帮您查库存？”好在它说的是客户的日程。不好的：“没什么事，就是问候一下。”（没有理由。）“您一月以后就没下过单了。”（像在责备。）“这周我们优惠 10%。”（还没问，先给优惠。）

# %% [markdown] lang="en"
# ## Your own list
#
# Now your own customers. Bring a list of orders as your system exports it, CSV or Excel: who bought, when, for how much. Title rows, subtotals and returns may stay in it. You confirm which column is which and answer what only you can know; then this page runs again with your list, panels included. Nothing leaves the computer the course runs on.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 现在换成你自己的客户。从系统里导出一份订单，CSV 或 Excel 都行：谁买的，哪天买的，买了多少钱。标题行、小计、退货不用先删。你来确认哪一列是什么，再回答几件只有你知道的事；然后这一页会用你的名单重新跑一遍，面板也能操作。数据不会离开运行课程的那台电脑。

# %%
lesson.own_list()

# %% [markdown] lang="en"
# To keep the page as a report, type this in a second terminal window, in the course's folder (on Windows it begins with `.venv\Scripts\custlib`):
#
# `.venv/bin/custlib run 05_rfm -p orders=my-list.xlsx --out reports`
#
# With `--without-names` at its end, the report has numbers in place of your customers. Dates and amounts stay in it, so think before you hand it on.

# %% [markdown] lang="zh"
# 想把这一页存成报告，就在课程文件夹里另开一个终端窗口，输入下面这行（Windows 上开头换成 `.venv\Scripts\custlib`）：
#
# `.venv/bin/custlib run 05_rfm --lang zh -p orders=my-list.xlsx --out reports`
#
# 末尾加上 `--without-names`，报告里的客户就换成编号。日期和金额还在，转发之前想一想。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Before anybody exports: customer data stays on the company's computers and follows the company's rules; on a training server nobody uses a list of their own. A customer number is enough; leave out names, telephone numbers and contact persons.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 导出之前先说清楚：客户数据留在公司电脑上，按公司规定用；在培训服务器上，谁也不要用自己的名单。有客户编号就够了，名称、电话、联系人都不要带。

# %% [markdown] lang="en"
# ## Take-away
#
# - Large is not the same as urgent. First find the regulars who have gone quiet, then sort those by money.
# - A cut-off is your decision. Write it down, keep it for three months, then look at it again.
# - Compare customers with their own rhythm before you compare them with others.

# %% [markdown] lang="zh"
# ## 带走
#
# - 买得多，不等于要先联系。先找出没了动静的老客户，再按金额排。
# - 线是你自己划的。写下来，三个月不变，再回头看。
# - 看一家客户，先和它自己的节奏比，再和别家比。

# %%
lesson.show("rfm.take_away", named, names=lesson.names)

# %%
lesson.goal()
