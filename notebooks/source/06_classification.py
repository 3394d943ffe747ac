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
from custlib.analysis import classification, contribution, drift, rfm
from custlib.course import open_lesson

lesson = open_lesson("06_classification", language=language, seed=seed, orders=orders, currency=currency)
own = lesson.data.own

# %% [markdown] lang="en"
# # 06 Which customers are A customers?
#
# Lesson 6 · about 55 minutes · you need paper and, if you can, somebody from another department

# %% [markdown] lang="zh"
# # 06 哪些是 A 类客户？
#
# 第 6 课 · 约 55 分钟 · 备一张纸，最好找一位别的部门的同事一起

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask everybody to write down, without talking, their three A customers and one reason each. Read some reasons aloud: size, growth, loyalty, “always friendly”. Do not sort them yet; four of them come back as rules below. *Live path (35 minutes): Situation, Look, Try, “Two departments” under Do, Take-away.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 请每个人不商量，写下自己的三家 A 类客户，各写一个理由。念几个理由：规模大、在增长、忠诚、“人特别好”。先不归类，后面会变成四条规则。*现场版（35 分钟）：情境、看一看、试一试、“练一练”里的两个部门、带走。*

# %% [markdown] lang="en"
# ## Situation
#
# The director wants the list of A customers by noon. Sales sends one, service another, accounting a third, and they share few names. Nobody has made a mistake. Everybody has used a rule, and nobody has said which.

# %% [markdown] lang="zh"
# ## 情境
#
# 总监中午前要 A 类客户名单。销售交了一份，客服交了一份，财务又交了一份，三份名单上重合的没几家。谁也没弄错：每个部门都有自己的分法，只是谁也没说。

# %% [markdown] lang="en"
# ## Look
#
# The oldest rule asks for money. Put the customers in order, the largest first, and add up what they bring. **ABC** cuts this curve twice: those who bring the first 80 % are A, up to 95 % B, the rest C.

# %% [markdown] lang="zh"
# ## 看一看
#
# 最老的一条规则看钱。把客户从大到小排好，一家一家往上加。**ABC 分类**在这条曲线上切两刀：占到前 80% 的是 A，到 95% 为止是 B，其余是 C。

# %%
purchases = lesson.table("orders")
order_id = "order_id" if "order_id" in purchases.columns else None
summary = rfm.summarize(purchases, as_of=as_of or None, order_id=order_id)
lesson.show("rfm.source", purchases, summary, own=own)

# %%
days = drift.month_ends(purchases, as_of=as_of or None)
yearly = drift.rolling(purchases, days)
today = days[-1]
graded = classification.abc(yearly[today])
lesson.show("classification.curve", graded)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Ask for a guess before you show the chart: how many customers bring 80 %? Typical mistake: “20 %, that is the law.” It is no law; on some lists it is 5 %, on others 40 %. Second mistake: to conclude that C customers can be dropped. Ask who of the A customers was a C three years ago.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 先别放图，让大家猜：多少客户占到 80%？常见错误一：“20%，二八定律嘛。”那不是定律，有的名单是 5%，有的是 40%。常见错误二：觉得 C 类可以不要了。问一句：现在的 A 类，三年前有几家是 C？

# %% [markdown] lang="en"
# ## Try
#
# The line at 80 % is a habit. Move it, and watch who crosses. On the practice data you can also change what is counted: revenue, contribution (what is left after the goods and the work of serving this customer), or pieces.

# %% [markdown] lang="zh"
# ## 试一试
#
# 线划在 80%，只是习惯。动一动，看谁进谁出。用练习数据时，还可以换一个算法：按销售额，按贡献（减去货物成本和为这家客户花的服务成本之后剩下的钱），或者按件数。

# %%
measures = {"revenue": yearly[today]}
contacts = lesson.table("interactions")
lines = lesson.table("transactions").rename(columns={"net_amount": "amount"})
day = None if own else today
facts = contribution.last_months(lines, contacts, as_of=day)
if not own:
    measures |= {"profit": facts["contribution"], "volume": facts["volume"]}
lesson.show("classification.line", measures, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** Pairs choose what to count for three purposes: who gets a visit from the board, who gets the new price list first, where the warehouse stands. Expected: contribution, contribution or revenue, pieces. Point: a class without a purpose is a title. Typical mistake: to look for the “right” measure.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 两人一组，为三件事各选一个算法：公司领导去拜访谁，新价目表先发给谁，仓库建在哪儿。期待的回答：贡献；贡献或销售额；件数。要点：没有用途的分类只是头衔。常见错误：想找一个“正确”的算法。

# %% [markdown] lang="en"
# ## The idea
#
# **ABC.** For each customer take the share of those who bring *more*, before this one is added:
#
# $$\text{share before} = \frac{\text{sum of all larger customers}}{\text{sum of all}}$$
#
# Below 0.80 it is A, below 0.95 B, else C. With 50, 35, 10 and 5 thousand yuan the shares before are 0, 0.50, 0.85 and 0.95: A, A, B, C. The second customer takes the sum over the line, from 50 to 85 %, and is still A. Equal customers get equal classes. Who brings less than nothing is no C but a class of its own, **loss**, and does not enter the sum. (Classes of this kind come from stock-keeping: Dickie 1951.)
#
# **A class has a date.** The same rule, half a year later, on the twelve months up to then:

# %% [markdown] lang="zh"
# ## 道理
#
# **ABC**。对每家客户，看比它*更大*的那些一共占多少，自己先不算进去：
#
# $$\text{之前的占比} = \frac{\text{所有更大的客户之和}}{\text{全部之和}}$$
#
# 小于 0.80 是 A，小于 0.95 是 B，其余是 C。四家客户分别是 50、35、10、5 千元，之前的占比就是 0、0.50、0.85、0.95，结果是 A、A、B、C。第二家把合计从 50% 带到 85%，跨过了线，但仍然算 A。一样大的客户，类别一样。不赚反亏的不算 C，单独成一类，叫**亏损**，也不进合计。（这种分法最早用在库存上：Dickie，1951。）
#
# **类别是有日期的**。同一条规则，过半年再算一次，看往前十二个月：

# %%
lesson.show("classification.asof", yearly, names=lesson.names)

# %% [markdown] lang="en"
# Two figures watch this. The **share that changed class** counts customers that had a class on both days. The **population stability index** (PSI) asks whether the whole has shifted. Cut the customers of the earlier day by yearly revenue into ten cells of equally many, keep the borders, and compare each cell's share of the customers then ($p$) and now ($q$), with the natural logarithm:
#
# $$\text{PSI} = \sum (q - p) \cdot \ln\frac{q}{p}$$
#
# With four cells, 25 % in each then and 40, 30, 20 and 10 % now, it is 0.23: some shift. Below 0.10 is usually called stable, above 0.25 shifted, between them some shift; both lines are a habit of the trade. An empty cell counts as half a customer. The two need not move together: customers can change places while the hall stays as full as it was.
#
# **Life cycle.** Our convention: *potential* has been in contact and has not bought; *initial* has bought on one to three days; *loyal* on four or more; *lost* has not bought for more than 365 days, however loyal before.

# %% [markdown] lang="zh"
# 盯住变化有两个数。一个是**换类的比例**，只数两个时点都有类别的客户。另一个是**群体稳定性指数**（PSI），看整体有没有变。把前一个时点的客户按年销售额切成十格，每格客户一样多，分界从此不动，再比较每格客户当时的占比（$p$）和现在的占比（$q$），用自然对数：
#
# $$\text{PSI} = \sum (q - p) \cdot \ln\frac{q}{p}$$
#
# 比如四格，当时各 25%，现在是 40%、30%、20%、10%，PSI 就是 0.23，算有些变动。通常说，小于 0.10 是稳定，大于 0.25 是变了，中间是有些变动；这两条线都是行业习惯。空格按半家客户算。两个数不一定一起动：客户可以互相换座位，大厅还是那么满。
#
# **生命周期**。我们的约定：*潜在*，联系过，还没买；*初始*，有一到三天买过；*忠诚*，有四天以上买过；*流失*，超过 365 天没买，以前再忠诚也算。

# %%
customers = lesson.table("customers").set_index("customer_id")
known = None if own else customers["first_contact"]
then = classification.stage(purchases, as_of=drift.months_before(today, 12), known=known)
now = classification.stage(purchases, as_of=today, known=known)
lesson.show("classification.stages", then, now)

# %%
lesson.show("classification.scope", own=own)

# %% [markdown] lang="en"
# **Large and losing.** Revenue does not pay anybody. Contribution is revenue, less the cost of the goods, less the **cost to serve**: here what visits, calls, online contacts and fairs cost. In your company urgent deliveries may belong to it, too.

# %% [markdown] lang="zh"
# **大而亏**。销售额发不了工资。贡献 = 销售额 − 货物成本 − **服务成本**：这里算的是拜访、电话、线上联系和展会花的钱；在你们公司，加急送货也许也要算。

# %%
company = classification.abc(facts["revenue"])
names = customers["name"].to_dict()
profit = classification.abc(facts["contribution"])
lesson.show("classification.faces", company, profit, names=names, practice=True)

# %% [markdown] lang="en"
# **The same letters, another rule.** A maker of home appliances grades by behaviour: **A** buys often and not for the price; **B** comes back, for offers; **C** now and then; **D** hardly buys and hardly knows the brand. In figures of ours: A from 4 purchases, with less than half of the money spent on promotion; B from 2, with half or more; D at most 1, with awareness 1 or 2 of 5; everybody else C.

# %% [markdown] lang="zh"
# **同样的字母，另一条规则**。有家电厂按行为分：**A** 常买，不图便宜；**B** 会回来，等促销；**C** 偶尔买；**D** 几乎不买，也不太认得这个牌子。换成我们定的数：买过 4 次以上、促销时花的钱不到一半，是 A；2 次以上、一半及以上，是 B；最多 1 次、对品牌的熟悉程度（满分 5 分）只有 1 或 2 分，是 D；其余是 C。

# %%
customers["orders"] = contribution.purchases_before(lines, as_of=day)
behaviour = classification.behaviour(customers)
lesson.show("classification.letters", company["grade"], behaviour)

# %% [markdown] lang="en"
# “He is an A” can mean either. Say the rule with the letter, or use other letters. The same goes for two words that stand in two lists: in the life cycle “potential” has never bought and “lost” has not bought for a year; by **activity**, “potential” has not bought for 180 days and still talks to us, and “lost” does neither.

# %% [markdown] lang="zh"
# 说“这家是 A”，两种意思都可能。要么连规则一起说，要么换别的字母。还有两个词也在两份清单里出现：生命周期里，“潜在”是从没买过，“流失”是一年没买；按**活跃程度**，“潜在”是 180 天没买但还在联系，“流失”是既不买也不联系。

# %%
stage = classification.stage(lines, as_of=day, known=customers["first_contact"])
active = classification.activity(lines, contacts, as_of=day)
lesson.show("classification.meanings", stage, active)

# %% [markdown] lang="en"
# **Need types** say what to talk about. Our convention: *price*, if half or more is bought on promotion; otherwise *people* or *function*, whichever attributes the customer's answers in the survey rate higher: response, advice and after-sales care, or quality, punctuality, papers and ordering. Who was not asked is “not known”, which is no type.

# %% [markdown] lang="zh"
# **需求类型**告诉你谈什么。我们的约定：一半及以上在促销时买的，是*价格*型；其余看调查里哪一组打分高：答复、建议、售后高的，是*情感*型；质量、准时、单据、下单高的，是*功能*型。没问过的是“不清楚”，不算一种类型。

# %%
needs = classification.need_type(lesson.table("survey"), customers["promo_share"])
lesson.show("classification.needs", needs)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes.** Show the two charts with the same letters one after the other and ask which list the director meant. Expected: nobody knows, and that is the lesson. Typical mistake: to vote on which rule is better. Say: a rule for visits and a rule for promotions may both be right; two rules under one letter never are.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟。** 把字母相同的那张图和前面的 ABC 先后放出来，问：总监要的是哪一份？期待的回答：谁也不知道，这就是要点。常见错误：投票选哪条规则更好。可以说：安排拜访用一条，安排促销用一条，可以都对；两条规则共用一套字母，怎么都不对。

# %% [markdown] lang="en"
# ## Do
#
# Seven exercises about the rules on this page, then the two departments with two more, and at the end a rule of your own. A wrong answer is told what it would mean; everything is kept as you do it.

# %% [markdown] lang="zh"
# ## 练一练
#
# 先做七道题，用的都是本页的规则；再看两个部门的等级，接着做两道；最后写一条自己的规则。答错了，会告诉你错在哪里；每一步都会马上保存。

# %%
lesson.ask("class-1")

# %%
lesson.ask("class-2")

# %%
lesson.ask("class-3")

# %%
lesson.ask("class-4")

# %%
lesson.ask("class-5")

# %%
lesson.ask("class-9")

# %%
lesson.ask("class-10")

# %% [markdown] lang="en"
# Sales and service of the practice company have graded the same 600 customers, first by feeling, then after they had written one rule together. How far do they agree?
#
# 1. Look at the chart before the figures: in which direction do the departments differ?
# 2. Change to the second round. Then go back and ask for fewer grades instead. Both lift the agreement; which of them also brings the same customers together?
# 3. Take the first customer of the table. What would each department do next week? Who would notice?

# %% [markdown] lang="zh"
# 练习公司的销售和客服给同样 600 家客户打了等级：先是各凭感觉，后来一起写了一条规则再打。两边有多一致？
#
# 1. 先看图，后看数：两个部门往哪个方向不一样？
# 2. 换到第二轮看看。再回到第一轮，改成少分几等。两种办法都让一致的比例变高，哪一种真的让两边想到了一处？
# 3. 拿表里的第一家客户。下周两个部门各会怎么做？谁会发现不对？

# %%
lesson.show("agreement.standard", lesson.table("labels"), facts["revenue"], names=names, practice=True)

# %% [markdown] lang="en"
# **Cohen's κ** (kappa, 1960) is agreement beyond chance: with $p_o$ the share graded alike and $p_e$ the share that chance would give, if both kept the frequency of their grades,
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# For instance, two people say of 100 customers “A” or “not A” and agree on 70; one says A to 60, the other to 50. By chance both would say A to $0.60 \cdot 0.50 = 0.30$ of them and both “not A” to $0.40 \cdot 0.50 = 0.20$, so $p_e$ is 0.50 and κ is $(0.70 - 0.50) / (1 - 0.50) = 0.40$. Landis and Koch (1977) call it *slight* up to 0.20, *fair* up to 0.40, *moderate* up to 0.60, *substantial* up to 0.80, *almost perfect* above; below 0 it is worse than chance. If all have the same grade, there is no κ. The **weighted** κ counts near misses in part (one step among four grades counts 8/9); plain and weighted κ must not be compared (Warrens 2013). An interval belongs to each: with few customers it is wide.

# %% [markdown] lang="zh"
# **Cohen 的 κ**（Kappa 系数，1960）是去掉碰巧之后的一致程度。$p_o$ 是等级相同的比例，$p_e$ 是两边各按自己的习惯随便打，也会碰巧相同的比例：
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# 比如两个人看 100 家客户，只说是不是 A，有 70 家说得一样；一个人说了 60 家是 A，另一个说了 50 家。碰巧都说是的占 $0.60 \cdot 0.50 = 0.30$，碰巧都说不是的占 $0.40 \cdot 0.50 = 0.20$，加起来 $p_e$ 就是 0.50，κ 就是 $(0.70 - 0.50) / (1 - 0.50) = 0.40$。按 Landis 和 Koch（1977）的说法：到 0.20 为止*极低*，到 0.40 *一般*，到 0.60 *中等*，到 0.80 *较高*，再往上*几乎一致*；小于 0，还不如碰运气。所有客户都是同一等时，没有 κ。**加权** κ 把差一等也算对一部分（四个等级里差一等，算 8/9）；普通 κ 和加权 κ 不能放在一起比（Warrens，2013）。每个 κ 都要带区间：客户少，区间就宽。

# %%
lesson.ask("class-6")

# %%
lesson.ask("class-7")

# %% [markdown] lang="en"
# Now a rule of your own. A colleague who has never met the customer should come to the same letter.

# %% [markdown] lang="zh"
# 现在写一条自己的规则。没见过这家客户的同事，用它也能得出同样的字母。

# %%
lesson.ask("class-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 15 minutes.** Contest: two groups grade the same ten customer cards, one with “sales” reasons, one with “service” reasons. Count agreement. Then each group writes a rule in two lines; exchange the rules, grade again. Expected: agreement rises, and the quarrel moves from the customer to the rule, where it belongs. Typical mistake: a rule with “usually” or “important” in it; ask for a figure and a period.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 15 分钟。** 比赛：两组给同样十张客户卡打等级，一组站在销售的角度，一组站在客服的角度，数一数有几家相同。然后每组用两行字写一条规则，交换规则，再打一遍。期待的结果：相同的变多了，争论也从客户身上转到了规则上，那才是该争的地方。常见错误：规则里有“一般”“重要”这种词；追问数字和期限。

# %% [markdown] lang="en"
# ## Your own list
#
# The curve, the line, the classes by date and the life cycle need only a list of purchases: who bought, when, for how much; the classes by date need a year and a half of them. Bring it below, or go on with the one you brought in another lesson. For contribution, behaviour and agreement a list of purchases is not enough; the page says at that place what you would need. A small beginning that needs no computer: give a colleague from service the names of your twenty largest customers, let both of you grade them A to D, and compare.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 曲线、划线、按日期看类别、生命周期，只要一份购买记录：谁买的，哪天买的，买了多少钱；按日期看类别，要有一年半的记录。名单放在下面；在别的课里放过的，这里接着用。贡献、行为和一致程度，光有购买记录不够，页面会在那里说明还缺什么。有个不用电脑的小开头：把你最大的二十家客户写给客服的一位同事，两个人各自打 A 到 D，再对一对。

# %%
lesson.own_list()

# %% [markdown] lang="en"
# ## Take-away
#
# - A class is a rule, a period and a purpose. Without the three it is a title.
# - Write the date on the list. Grade again every half-year, and look at who moved before you look at the totals.
# - When two departments disagree, do not argue about the customer. Write the rule in two lines, with a figure and a period, and grade again.

# %% [markdown] lang="zh"
# ## 带走
#
# - 类别是一条规则、一段时间、一个用途。三样缺一样，就只是头衔。
# - 名单上写日期。每半年重新分一次，先看谁动了，再看总数。
# - 两个部门看法不同，别争客户。用两行字写下规则，要有数字、有期限，然后再分一遍。

# %%
lesson.show("classification.take_away", graded, yearly)

# %%
lesson.goal()
