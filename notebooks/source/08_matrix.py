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
margin: float = 0.3  # the share of revenue that is kept, for a list without costs
hours: int = 400  # visit hours to give out
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import clv, contribution, matrix, rfm, risk
from custlib.course import open_lesson

lesson = open_lesson("08_matrix", language=language, seed=seed, orders=orders, currency=currency)
own = lesson.data.own

# %% [markdown] lang="en"
# # 08 Where do your hours go?
#
# Lesson 8 · about 55 minutes · you need paper, and one customer you worry about

# %% [markdown] lang="zh"
# # 08 时间花在谁身上？
#
# 第 8 课 · 约 55 分钟 · 备一张纸，心里想好一家让你放不下的客户

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Which customer took most of your time last month, and what came of it?” Collect five on the board, in two columns: large, troublesome. Most will stand in both or only in the second. Leave it there. *Live path (35 minutes): Situation, Look, Try, the hours under Do as a contest, Take-away; The idea is read at home but for the five components.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“上个月哪家客户最花时间，换来了什么？”在白板上记五家，分两栏：大的、麻烦的。多半两栏都占，或者只占后一栏。先放着。*现场版（35 分钟）：情境、看一看、试一试、“练一练”里分小时的比赛、带走；“道理”除了五个部分，其余课后读。*

# %% [markdown] lang="en"
# ## Situation
#
# Next quarter your team has 400 hours for visits. Last quarter they went to those who called most often. Some of these were about to leave, some do not pay, and some simply like to talk. The best customer was not visited once: nothing was wrong there.

# %% [markdown] lang="zh"
# ## 情境
#
# 下个季度，你的小组有 400 个小时可以上门拜访。上个季度，时间都给了电话打得最勤的客户：有的要走，有的拖着不付款，有的只是爱聊天。最好的那家客户一次也没去，因为它没出什么事。

# %% [markdown] lang="en"
# ## Look
#
# Two questions, two axes. Upwards, **value**: what the customer contributed in the last 12 months. To the right, **risk**: from 0 to 100, how likely it is that this goes wrong. Diamonds are valuable and at risk.

# %% [markdown] lang="zh"
# ## 看一看
#
# 两个问题，两根轴。往上是**价值**：最近 12 个月贡献了多少。往右是**风险**：0 到 100 分，出岔子的可能有多大。菱形是价值高、风险也高的客户。

# %%
purchases = lesson.table("orders")
order_id = "order_id" if "order_id" in purchases.columns else None
summary = rfm.summarize(purchases, as_of=as_of or None, order_id=order_id)
lesson.show("rfm.source", purchases, summary, own=own)

# %%
cbs = clv.purchase_summary(purchases, as_of=as_of or None, order_id=order_id)
today, leaving = cbs.attrs["as_of"], 100 * (1 - clv.fit_mbgnbd(cbs).probability_alive(cbs))
company = lesson.table("customers").set_index("customer_id")
if own:
    facts = contribution.last_months(purchases, margin=margin, as_of=today)
else:
    lines, contacts = lesson.table("transactions"), lesson.table("interactions")
    facts = contribution.last_months(lines, contacts, as_of=today)

# %%
parts = {"leaving": leaving, "volatility": risk.volatility(purchases, as_of=today)}
if own:
    parts["dependence"] = risk.dependence(facts["revenue"])
else:
    wallet, late = lesson.table("competitor_share"), lesson.table("payments")
    parts["dependence"] = risk.dependence(facts["revenue"], wallet)
    parts["payment"] = risk.payment(late, as_of=today, ownership=company["ownership"])
    parts["service"] = risk.service(contacts, lesson.table("delivered"), as_of=today)
card = risk.card(facts.index, parts).join(facts)
lesson.show("matrix.source", card, own=own)

# %%
lesson.show("matrix.cells", card)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Ask where the five from the board would stand. Expected: they guess the risk well and the value badly. Typical mistake: to read the upper right corner as “bad customers”. They are the ones you would miss.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：白板上那五家会在哪儿？期待的结果：风险猜得准，价值猜不准。常见错误：把右上角看成“坏客户”。恰恰相反，丢了会心疼的就是他们。

# %% [markdown] lang="en"
# ## Try
#
# Two lines make four cells. Where the lines lie is your decision. Move one, and see who changes cell without anything having happened to them.

# %% [markdown] lang="zh"
# ## 试一试
#
# 两条线分出四格，线划在哪儿由你定。动一条，看看谁什么事也没发生，就换了格。

# %%
lesson.show("matrix.cuts", card, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** Let pairs move the risk line by five points and name one customer who changed cell. What would they have done differently on Monday? Expected: nothing; so one looks at those near a line by hand. Typical mistake: to move the line until one's own customers stand well.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 两人一组，把风险线挪五分，说出一家换了格的客户。周一你会因此做得不一样吗？期待的回答：不会，所以离线近的要一家一家看。常见错误：挪线挪到自己的客户都好看为止。

# %% [markdown] lang="en"
# ## The idea
#
# **Value** is revenue less cost of goods less cost to serve, over the last 12 months. It is not lifetime value: a customer who may leave has little lifetime, and the same fact would stand on both axes. **Risk** adds up five components, each from 0 to 100, by weight:
#
# | component | weight | 0 … 100 |
# |:--|--:|:--|
# | leaving | 0.30 | the chance of having left, from the buying model of lesson 7 |
# | late payment | 0.25 | mean days overdue in 12 months, weighted by amount; 100 from 30 days |
# | dependence | 0.20 | their share of our sales (100 at 5 %), or how far our share of their spending fell (100 at 40 points), whichever is larger |
# | uneven sales | 0.15 | how unevenly four quarters sell: 0 if all are equal, 100 if all falls into one (standard deviation over mean, as a share of the largest it can be) |
# | service trouble | 0.10 | 25 points per complaint, 5 per percentage point delivered late |
#
# $$\text{risk} = \frac{\sum \text{weight} \cdot \text{score}}{\sum \text{weight}} \quad \text{over the components that are known}$$
#
# Scores of 80, 0, 20, 60 and 40 make $24 + 0 + 4 + 9 + 4 = 41$. If nothing is known about payment, the rest is divided by 0.75: 54.7. Unknown is not safe. All of this is a convention of this course, after a scorecard by Ryals and Knox (2007); set your own.

# %% [markdown] lang="zh"
# ## 道理
#
# **价值**是最近 12 个月的销售额减去货物成本、再减去服务成本。它不是终身价值：可能要走的客户，“终身”本来就短，同一件事会在两根轴上各算一遍。**风险**由五个部分按权重相加，每个部分都是 0 到 100 分：
#
# | 部分 | 权重 | 0 … 100 分 |
# |:--|--:|:--|
# | 离开 | 0.30 | 已经离开的可能性，来自第 7 课的购买模型 |
# | 拖欠货款 | 0.25 | 12 个月里平均逾期天数，按金额加权；满 30 天算 100 分 |
# | 依赖 | 0.20 | 占我们销售的比例（到 5% 算 100 分），或我们在它采购里的份额降了多少（降 40 个百分点算 100 分），取大的那个 |
# | 忽多忽少 | 0.15 | 四个季度卖得有多不均匀：一样多是 0 分，全落在一个季度是 100 分（标准差除以平均数，再除以它可能的最大值） |
# | 服务出问题 | 0.10 | 每次投诉 25 分，晚交货每个百分点 5 分 |
#
# $$\text{风险} = \frac{\sum \text{权重} \cdot \text{得分}}{\sum \text{权重}} \quad \text{只算已知的部分}$$
#
# 得分是 80、0、20、60、40，加权就是 $24 + 0 + 4 + 9 + 4 = 41$ 分。如果付款情况不清楚，就除以 0.75，得 54.7 分。不清楚不等于安全。这些都是本课的约定，思路来自 Ryals 和 Knox（2007）的打分卡；你可以定自己的。

# %% [markdown] lang="en"
# Value is high for those who bring 80 % together, risk from 50 points:
#
# | | risk low | risk high |
# |:--|:--|:--|
# | **value high** | **core**: protect, grow | **defend**: most effort, with senior cover |
# | **value low** | **standard**: keep it light | **restrict**: little effort, a short call |
#
# The cell says how much effort. **What to do follows the dominant component**, the one with most points: who may leave needs attention, which is a visit; who does not pay needs limits and dates; dependence needs a second contact there and other customers beside it; uneven sales need their plan of the year; service trouble needs the repair before the next offer. A visit does not bring in an invoice, and a payment term does not win anybody back. Three things look like late payment and are none, if they were agreed: an acceptance bill (it counts as paid on the day it is handed over), retention money (it has a due date of its own), and the payment cycle of public and state-owned buyers (30 days more here). To a hospital or a state-owned firm, “pay in advance” is no proposal.

# %% [markdown] lang="zh"
# 一起占到 80% 的客户，价值算高；50 分起，风险算高：
#
# | | 风险低 | 风险高 |
# |:--|:--|:--|
# | **价值高** | **核心**：守住，再做大 | **防护**：最花力气，请领导出面 |
# | **价值低** | **标准**：轻一点 | **限制**：少花力气，打个短电话 |
#
# 在哪一格，决定花多少力气；**做什么，看最大的那一块**，也就是分数最多的部分：可能要走的给关注，也就是上门；不付款的给限额，约好日期；太依赖的，多一个联系人，也多找几家别的客户；忽多忽少的，问清全年计划；服务出问题的，先解决问题再谈生意。上门要不回货款，改账期也拉不回客户。有三样东西看着像拖欠，只要是约好的就不算：承兑汇票（交到手那天就算付了）、质保金（有自己的到期日）、国有单位和事业单位的付款周期（这里多给 30 天）。对医院、国有企业，“请预付”不是办法。

# %%
lesson.show("matrix.customer", card, names=lesson.names, ownership=None if own else company["ownership"])

# %% [markdown] lang="en"
# **What risk takes off the value.** Turn the risk into a year's retention, in a straight line from 0.95 at 0 points to 0.50 at 100 (our convention), and add up five years. $r$ is the retention, $t$ the year, and CLV the lifetime value of lesson 7:
#
# $$\text{risk-adjusted CLV} = \sum_{t=1}^{5} \frac{m \cdot r^t}{(1 + i)^t}$$
#
# With a contribution $m$ of 100,000 yuan a year, 40 points and a discount rate $i$ of 10 %, $r$ is 0.77, and each year is worth 0.77 / 1.10 = 0.70 of the one before: 70,000 + 49,000 + 34,300 + 24,010 + 16,807 = 194,117 yuan. That is also the most that winning such a customer may cost, the **break-even acquisition cost**: beyond it the customer does not bring the money back within 5 years.

# %% [markdown] lang="zh"
# **风险要打多少折**。把风险换成一年的留存率：0 分是 0.95，100 分是 0.50，中间拉直线（我们的约定），再把五年加起来。$r$ 是留存率，$t$ 是第几年，CLV 是第 7 课的客户终身价值：
#
# $$\text{按风险折过的 CLV} = \sum_{t=1}^{5} \frac{m \cdot r^t}{(1 + i)^t}$$
#
# 每年贡献 $m$ 是 100,000 元，风险 40 分，折现率 $i$ 是 10%，$r$ 就是 0.77，每一年是前一年的 0.77 / 1.10 = 0.70：70,000 + 49,000 + 34,300 + 24,010 + 16,807 = 194,117 元。为了得到这样一家客户，最多也就值得花这么多，这叫**获客的保本成本**：超过它，5 年内收不回来。

# %% [markdown] lang="en"
# **Two matrices of one name.** “Customer value matrix” is what several courses call value × risk. In the literature the name belongs to Marcus (1998): number of purchases × mean amount of one, over the whole list and not only the last year, cut at the means of all customers, made for small shops and services. Its cells are *best*, *frequent*, *spender* and *uncertain*. It needs no costs and says nothing about risk.

# %% [markdown] lang="zh"
# **一个名字，两张矩阵**。不少课程把“价值 × 风险”叫“客户价值矩阵”。在文献里，这个名字属于 Marcus（1998）：购买次数 × 平均每次金额，看的是整份名单，不只最近一年；以全部客户的平均数为线，是为小型零售和服务企业做的。四格叫*最佳*、*常客*、*大手笔*、*不确定*。它不需要成本，也不谈风险。

# %%
line = matrix.value_cut(card["contribution"])
cell = matrix.value_risk(card["contribution"], card["risk"], value_cut=line)
marcus = matrix.marcus(summary)
lesson.show("matrix.names", marcus, cell)

# %% [markdown] lang="en"
# Three more, each with axes of its own, cut at the medians here: **Kraljic** (1983) is the buyer's view: what they spend × how hard you are to replace. “Leverage” is how *you* look to them: they spend much and can replace you. **Supplier preferencing** (Steele and Court 1996) is the supplier's view: the customer's weight in our sales × how attractive they are, here by the reputation from 1 to 5 in the customer file. **Net price × cost to serve** (Shapiro and others 1987) asks whether customers pay for the service they get; it finds what revenue hides, and the list below the panel shows it. One customer in all of them:

# %% [markdown] lang="zh"
# 另外三张，各有各的轴，这里都以中位数为线：**Kraljic**（1983）站在采购一边看：他们花多少 × 你多难替代。“杠杆”说的是*你*在他们眼里的样子：花得多，又随时能换掉你。**供应商偏好**（Steele 和 Court，1996）站在供应商一边看：客户占我们销售的分量 × 有多吸引人，这里用客户档案里 1 到 5 分的口碑。**净价 × 服务成本**（Shapiro 等，1987）问的是：客户享受的服务，自己掏钱了吗？光看销售额看不出来，这张矩阵看得出来，面板下面的名单就是例子。先看同一家客户在各张矩阵里：

# %%
placed = {"value_risk": cell, "marcus": marcus}
if not own:
    spend = wallet.groupby("customer_id").agg({"category_spend": "sum", "n_suppliers": "max"})
    placed["kraljic"] = matrix.kraljic(spend["category_spend"], -spend["n_suppliers"])
    buying = facts[facts["revenue"] > 0]
    liked = company["reputation_1_5"].reindex(buying.index)
    placed["preferencing"] = matrix.preferencing(buying["revenue"], liked)
    served = buying["cost_to_serve"] / buying["revenue"]
    placed["price_cost"] = matrix.price_cost(buying["price_kept"], served)
lesson.show("matrix.others", placed, card["revenue"], names=lesson.names)

# %%
lesson.show("matrix.dear", facts, names=lesson.names, own=own)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes.** Take one customer from “defend” in the panel. Ask: “Attention or limits?” Expected: they look for the component before they answer. Typical mistakes: a discount for somebody who does not pay; a stricter term for somebody who is about to leave; to read the score as a judgement on people. It ranks accounts, on figures one can show; no decision about a person follows from it automatically (the personal-information law has rules on that).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟。** 在面板里选一家“防护”的客户，问：“给关注，还是给限额？”期待的反应：先看哪一块最大，再回答。常见错误：给不付款的打折；给要走的收紧账期；把分数当成对人的评价。它排的是客户公司，用的是拿得出来的数字；不能拿它自动对个人做决定（个人信息保护法另有规定）。

# %% [markdown] lang="en"
# ## Do
#
# Seven exercises first, then the hours themselves, and a note to your team. A wrong answer is told what it would mean; everything is kept as you do it.

# %% [markdown] lang="zh"
# ## 练一练
#
# 先做七道题，再动手分小时，最后给小组写几句话。答错了，会告诉你错在哪里；每一步都会马上保存。

# %%
lesson.ask("matrix-1")

# %%
lesson.ask("matrix-2")

# %%
lesson.ask("matrix-3")

# %%
lesson.ask("matrix-4")

# %%
lesson.ask("matrix-5")

# %%
lesson.ask("matrix-6")

# %%
lesson.ask("matrix-7")

# %% [markdown] lang="en"
# Give out the 400 hours. **At stake** is contribution times the chance of leaving; it is 0 where not paying is the largest risk. How much effort can keep of that at best, nobody knows, so you set it. The first 4 hours keep half of what can be kept, the next 4 half of the rest. With 100,000 yuan at stake and 50 % set, 4 hours keep 25,000 yuan, 8 hours 37,500.
#
# 1. Before you touch anything: which rule did your team use last quarter?
# 2. Find the rule and the hours per customer that keep most. What does the same for everybody cost?
# 3. Halve your assumption about what a visit keeps. Every amount is halved, and the order of the rules stays; in this model it has to, because a visit helps equally everywhere. Name a customer where a visit would keep more, or less, than elsewhere.

# %% [markdown] lang="zh"
# 把 400 个小时分下去。**可能丢掉** = 贡献 × 离开的可能性；如果最大的风险是不付款，就算 0。下足功夫，最多能留住其中几成，谁也不知道，由你来定。头 4 个小时留住能留住的一半，再 4 个小时留住剩下的一半。比如可能丢掉 100,000 元，你定 50%：去 4 个小时留住 25,000 元，8 个小时留住 37,500 元。
#
# 1. 先别动：上个季度，你的小组用的是哪条规则？
# 2. 找出留得最多的规则和每家的小时数。人人一样，代价是多少？
# 3. 把“上门能留住多少”减半。金额都减半，规则的先后不变；这个模型里必然如此，因为它假定上门在哪家都一样管用。说出一家客户：上门在它那里比在别家更管用，或者更不管用。

# %%
lesson.show("hours.allot", card, names=lesson.names, total=hours)

# %%
lesson.ask("matrix-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 15 minutes.** Contest in teams: ten minutes, then every team names its rule, its hours and its first three customers, by name. Expected: “most at stake first” wins, and on the practice data eight hours each, so fifty customers, keep most (one or two hours each keep clearly less); somebody objects that a customer of his does not fit the model. That objection is worth more than the figure: ask what he knows, and whether it stands in the customer file. Typical mistake: to believe the yuan. The order of the rules holds longer than the amounts.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 15 分钟。** 分组比赛：十分钟后，每组报出规则、每家小时数和最先去的三家（报名字）。期待的结果：“可能丢得多的先去”赢；用练习数据，每家八小时、去五十家，留住的最多（每家只去一两个小时，明显要少）；有人会反对，说自己的某家客户不适合这个模型。这句反对比数字值钱：问他知道些什么，客户档案里写了没有。常见错误：真信那个金额。哪条规则更好，比具体多少钱靠得住。

# %% [markdown] lang="en"
# ## Your own list
#
# With a list of purchases (who, when, for how much) the lesson finds three of the five components and sets value to revenue times `margin`; it says so above the chart. Payment is the one to add first: two columns, due and paid, from accounting. Until then use the page to find whom to ask about, not to decide about anybody.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 有一份购买记录（谁买的，哪天，多少钱），五个部分能算出三个，价值用销售额乘以 `margin`；图的上方会写明。最该先补的是付款：向财务要两列，应付日期和实付日期。补上之前，用这一页来看该问谁，不要用来决定怎么对谁。

# %%
lesson.own_list()

# %% [markdown] lang="en"
# ## Take-away
#
# - The cell says how much effort, the dominant component says which. Attention for those who may leave, limits for those who do not pay.
# - A line moves people without anything happening. Look at those near it yourself.
# - Say the axes before you say the cell. “Core” in one matrix is not “core” in another.

# %% [markdown] lang="zh"
# ## 带走
#
# - 在哪一格，决定花多少力气；哪一块最大，决定做什么。要走的给关注，不付款的给限额。
# - 线一动，客户什么事没发生就换了格。离线近的，自己去看。
# - 先说轴，再说格。这张矩阵的“核心”，不是那张矩阵的“核心”。

# %%
lesson.show("matrix.take_away", card, names=lesson.names)

# %%
lesson.goal()
