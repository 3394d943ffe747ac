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
from custlib.analysis import churn, contribution, renewal, rivals
from custlib.course import open_lesson

lesson = open_lesson("10_churn", language=language, seed=seed, orders=orders, currency=currency)
own = lesson.data.own

# %% [markdown] lang="en"
# # 10 Who is about to leave, and why?
#
# Lesson 10 · about 55 minutes, and 40 for the exercises · you need paper, and one customer you have lost

# %% [markdown] lang="zh"
# # 10 谁要走，为什么？
#
# 第 10 课 · 约 55 分钟，练习另加 40 分钟 · 备一张纸，心里想好一家你丢掉的客户

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Think of the last customer you lost. What reason did they give, and what do you think the reason was?” Two columns on the board. Expected: left mostly “price”, right hardly ever. Leave it there; the exit notes come back to it. *Live path (35 minutes): Situation, Look with the panel of reasons, Try with the calls, 10.1, 10.3 and 10.10 under Do, Take-away; The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“想想最近丢掉的那家客户。他们说的原因是什么，你觉得真正的原因是什么？”在白板上写两栏。期待的结果：左边多半是“价格”，右边很少是。先放着，后面的流失原因会用到。*现场版（35 分钟）：情境、看一看（带原因面板）、试一试（打电话那张）、“练一练”里的 10.1、10.3、10.10、带走；“道理”课后读。*

# %% [markdown] lang="en"
# ## Situation
#
# Last week a service contract was not renewed. “Too expensive,” the note says. In the next half-year about 400 contracts end, and you have time for 40 good calls. Whom do you call, what do you say, and where does the money go that leaves you?

# %% [markdown] lang="zh"
# ## 情境
#
# 上周，一份服务合同没续。备注里写着“太贵”。接下来半年，到期的合同大约 400 份，你好好打电话，只够打 40 个。打给谁，说什么？走掉的钱，又去了哪儿？

# %% [markdown] lang="en"
# ## Look
#
# First the size of it. **Churn** is what was lost, divided by what was due for renewal: here in number, and in money. A contract only just signed was not due; it counts in neither figure.

# %% [markdown] lang="zh"
# ## 看一看
#
# 先看有多少。**流失率** = 流失的 ÷ 到期该续的。这里按份数算一条，按金额算一条。刚签的还没到期，分子分母都不算。

# %%
contracts = lesson.table("contracts")
lesson.show("churn.source", contracts, own=own)

# %%
lesson.show("churn.quarters", contracts)

# %% [markdown] lang="en"
# Then the reasons. Each lost contract has one line that says why. A list of cue words reads them and sorts them into eight classes; a person would read more in them, and slower. Drawn with the largest on top, this is a **Pareto chart**. Change how they are counted, and watch what stands first.

# %% [markdown] lang="zh"
# 再看原因。每份流失的合同都留了一句话。一份关键词表把它们读一遍，归成八类；换成人来读，能读出更多，但是慢。从大到小排好，就是**帕累托图**。换几种数法，看看哪个原因排第一。

# %%
lost = churn.left(contracts, language=language)
lesson.show("churn.reasons", lost)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Ask: “Three causes are usually named: service, product, relationship. Which of them do we have to work on?” Let the room vote, then file the unanswered complaint under service instead of relationship. Expected: silence, then “it depends on where one counts it”. Second question: “What lies outside the three, and can we do anything about it?” (Price and rivals: yes. A plant that closes: no; keep it apart.) Typical mistakes: to argue which filing is right, instead of writing down one; to read a note as the reason. A note is what somebody was willing to write.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 问大家：“一般说流失有三大原因：服务、产品、关系。我们该先抓哪一个？”让大家举手表决，然后把“没人答复”从关系改归到服务。期待的反应：安静一会儿，然后有人说“那要看归在哪儿”。第二问：“三者之外有什么，我们管得了吗？”（价格和对手，管得了；工厂关门，管不了，单独列出来。）常见错误：争论归哪里才对，而不是定下一种、写下来；把备注当成原因。备注只是对方愿意写下来的话。

# %% [markdown] lang="en"
# ## Try
#
# A model has looked at what happened before contracts ended: late deliveries, unanswered complaints, an offer from a rival, years under contract, change of price. Set a contract of your own. Which single thing, done otherwise, goes with the lowest chance of losing it?

# %% [markdown] lang="zh"
# ## 试一试
#
# 有个模型看过合同到期之前发生的事：迟交几次，几次投诉没答复，手上有没有对手的报价，签约几年，续约时调了多少价。你来设一份合同：只改一件事，改哪件，流失的可能最低？

# %%
model = renewal.fit(contracts)
lesson.show("renewal.contract", model)

# %% [markdown] lang="en"
# Now the half-year of calls. The model goes back to a day in the past and knows only what had ended by then. You choose whom to call and how many. The expected loss in the list is the chance of losing a contract times its margin of a year. Then it is shown what was really lost, and how much of it your calls would have met. Write down first how you choose today.

# %% [markdown] lang="zh"
# 现在来打这半年的电话。模型回到过去的某一天，只知道那天以前的事。你来定先打给谁、打多少个（规则里的“预计损失”，是流失的可能乘以一年的毛利）；然后揭晓后来真丢了哪些，你的电话打到了几成。先写下来：你平时怎么挑？

# %%
customers = lesson.table("customers").set_index("customer_id")
names = customers["name"].to_dict()
seen_from = ("2024-06-30", "2024-09-30", "2024-12-31")
lesson.show("renewal.calls", contracts, names=names, days=seen_from)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Collect rules before anybody moves anything; “whose contract ends first” and “our oldest customers” will be among them. Let pairs find the best rule for 40 calls, on all three days. Expected on the practice data: most expected loss first wins clearly; calling the oldest customers meets about what a draw by lot would. Typical mistakes: to call a high chance a certainty (most of those called would have renewed anyway); to think that who was met is saved; to try days until a rule wins. Ask: “What would have to be measured to know whether calling helps?” (Calls to some by lot, and a comparison: lesson 11.)

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 谁也别动面板，先收集大家的规则；里面多半有“谁先到期先打谁”“先打老客户”。两人一组，给 40 个电话找最好的规则，三个日子都试。用练习数据，期待的结果：按预计损失打，明显最好；先打老客户，跟抽签差不多。常见错误：把可能性高当成一定会走（打到的人里，多数本来就会续）；以为打到了就留住了；换日子换到自己的规则赢为止。问：“要量什么，才知道打电话有没有用？”（抽签挑一部分人打，再比较，第 11 课讲。）

# %% [markdown] lang="en"
# ## The idea
#
# **How many left.** $\text{churn} = \text{lost} \div \text{due for renewal}$, and where there are no contracts, lost ÷ customers at the start. In money it is **revenue churn**. Four contracts due, worth 10, 20, 30 and 40 thousand yuan a year, and the one of 40 lost: 1 ÷ 4 = 25 % by number, 40 ÷ 100 = 40 % by value. A contract signed last month changes neither figure. Keep two things apart: **partial churn** (they stay and buy half or less) and **involuntary churn** (the plant was closed). If each year loses the same share, a customer stays 1 ÷ churn years on average: at 25 %, four years.
#
# **Why they left.** Keaveney (1995) asked more than 500 customers of services and sorted more than 800 incidents into eight classes. The course's three causes are a coarser drawer. How they go together is our convention:
#
# | Keaveney's class | here called | filed under |
# |:--|:--|:--|
# | core service failure | the product failed | product |
# | service encounter failure | how our people treated them | service |
# | inconvenience | too much trouble to buy from us | service |
# | response to failure | no proper answer after a failure | relationship (some say service) |
# | ethical problems | something dishonest | relationship |
# | pricing | price | outside the three |
# | competition | a rival drew them away | outside the three |
# | involuntary switching | nobody's choice | outside the three |
#
# A note can name two things. Our convention: a price rise is price, explained or not. In her study core failure was named most, by 44 % as it is commonly reported; but people gave several reasons each, so all shares add up to about 170 %. Later studies keep the classes and find other shares: how one asks decides. So use the classes, and count your own.

# %% [markdown] lang="zh"
# ## 道理
#
# **走了多少**。$\text{流失率} = \text{流失的} \div \text{到期该续的}$；没有合同的，用“流失的 ÷ 期初的客户数”。按钱算，叫**收入流失率**。到期四份合同，一年分别是 10、20、30、40 千元，丢了 40 的那份：按份数 1 ÷ 4 = 25%，按金额 40 ÷ 100 = 40%。上个月新签的，对这两个数都没有影响。有两样要单独列：**部分流失**（人还在，只买一半或更少）和**被动流失**（工厂关了）。如果每年流失的比例相同，客户平均留 1 ÷ 流失率 年：25% 就是四年。
#
# **为什么走**。Keaveney（1995）问了 500 多位服务业顾客，把 800 多件事归成八类。课程里的三大原因是更粗的抽屉。两边怎么对上，是我们的约定：
#
# | Keaveney 的类 | 这里的叫法 | 归到 |
# |:--|:--|:--|
# | 核心服务失败 | 产品本身出问题 | 产品 |
# | 服务接触失败 | 我们的人怎么对待客户 | 服务 |
# | 不方便 | 跟我们打交道太麻烦 | 服务 |
# | 对失败的回应 | 出了问题没人好好答复 | 关系（也有人归到服务） |
# | 道德问题 | 不诚信的事 | 关系 |
# | 定价 | 价格 | 三者之外 |
# | 竞争 | 被对手吸引走 | 三者之外 |
# | 被动转换 | 身不由己 | 三者之外 |
#
# 一条备注可能说了两件事。我们的约定：涨了价，就归价格，解释没解释都一样。在她的研究里，提到最多的是核心失败，常见的引用是 44%；不过每人可以说几个原因，各类加起来大约 170%。后来的研究沿用了这些类，比例却各不相同：怎么问，决定了答案。所以，类别可以借，比例自己数。

# %% [markdown] lang="en"
# **What goes with leaving.** The **odds** of leaving are the lost over the stayed: of 100, 20 leave and 80 stay, the odds are 20 ÷ 80 = 0.25. A logit (logistic regression) writes their logarithm as a sum:
#
# $$\ln \frac{p}{1 - p} = b_0 + b_1 x_1 + b_2 x_2 + \dots$$
#
# $p$ is the chance of leaving, each $x$ is something counted, such as late deliveries. One more of it multiplies the odds by $e^{b}$, the **odds ratio**, all else being equal: with $b = 0.70$ it is $e^{0.70} = 2.0$. With a ratio of 2, odds of 0.25 become 0.50, and the chance rises from 20 % to 0.50 ÷ 1.50 = 33 %: not to 40 %. A ratio belongs to its unit: two more complaints multiply twice, 2 × 2 = 4, and three 2 × 2 × 2 = 8. Below 1 means leaving less often.

# %% [markdown] lang="zh"
# **什么和流失有关**。流失的**发生比**（odds）= 走的 ÷ 留的：100 家里走 20 家、留 80 家，发生比是 20 ÷ 80 = 0.25。逻辑回归（logit）把它的对数写成一串相加：
#
# $$\ln \frac{p}{1 - p} = b_0 + b_1 x_1 + b_2 x_2 + \dots$$
#
# $p$ 是流失的可能，每个 $x$ 是一样数得出来的事，比如迟交几次。别的都不变，它多一个单位，发生比就乘以 $e^{b}$，这个数叫**优势比**（odds ratio）：$b = 0.70$ 时，$e^{0.70} = 2.0$。优势比是 2，发生比从 0.25 变成 0.50，流失的可能从 20% 升到 0.50 ÷ 1.50 = 33%，不是 40%。优势比跟着单位走：多两次投诉，就乘两遍，2 × 2 = 4；多三次，2 × 2 × 2 = 8。小于 1，说明走得更少。

# %%
lesson.show("renewal.odds", model)

# %% [markdown] lang="en"
# What a model of this kind cannot say: that one thing *causes* the other. Whoever gets an offer from a rival may have asked for it because they were leaving. And it learns from those you once had; after a new price list it may be wrong. **Whom to call first**: chance × margin of a year (what is left of the price after costs), the **expected loss**, the largest on top. With 30 % and 20,000 yuan that is 6,000 yuan.

# %% [markdown] lang="zh"
# 这种模型说不了的：谁是*因*，谁是果。手上有对手报价的客户，也许正是想走才去要的报价。它学的是过去的客户，换了新价目表，就可能不准。**先打给谁**：流失的可能 × 一年的毛利（价钱扣掉成本剩下的），叫**预计损失**，大的在前。30% 和 20,000 元，就是 6,000 元。

# %% [markdown] lang="en"
# **Three figures you will hear.** Check a source like a reference: who counted what, where, and does it say that?
#
# - “68 % of customers leave because nobody cares.” It circulates as 1/3/14/14/68, as 4/5/9/14/68 and otherwise, under the names of a government agency, a chamber of commerce and several authors. No study that counted it could be found. **No primary source.**
# - “Five per cent more retention brings 25 to 85 % more profit.” Reichheld and Sasser (Harvard Business Review, 1990) do have such figures, 30 % for a car service, 50 % for an insurance broker, 85 % for branches of a bank; but for five percentage *points*, worked out for a few businesses. From 10 to 5 % churn, customers stay 20 years in place of 10 on average: half as many leavers is no small step. **There is a source, and it says otherwise.**
# - “15 to 40 % of satisfied customers leave each year.” Credited to Jones and Sasser (Harvard Business Review, 1995), but not in their article. What they did write: at Xerox, totally satisfied customers were six times as likely to buy again as satisfied ones. **The first has no primary source, the second is as said.**

# %% [markdown] lang="zh"
# **三个你会听到的数**。查来源，就像查一个人的履历：谁数的，数的什么，在哪儿数的，原文是这么说的吗？
#
# - “68% 的客户流失，是因为没人在乎他们。”流传的版本有 1/3/14/14/68、4/5/9/14/68 等等，署名有政府机构、商会，还有好几位作者。找不到任何一项数过它的研究。**没有原始来源。**
# - “留存率提高百分之五，利润增加 25% 到 85%。”Reichheld 和 Sasser（《哈佛商业评论》，1990）确实有这类数：汽车服务 30%，保险经纪 50%，银行网点 85%；但说的是五个百分*点*，只算了几家企业。流失率从 10% 降到 5%，客户平均留的年数从 10 变成 20：流失少了一半，可不是一小步。**有来源，但原文说的是别的。**
# - “每年有 15% 到 40% 的满意客户流失。”常说出自 Jones 和 Sasser（《哈佛商业评论》，1995），可原文里没有。原文里有的是：在施乐，非常满意的客户再次购买的可能，是满意客户的六倍。**前一句没有原始来源，后一句与原文一致。**

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Ask who has used the 68 % on a slide. Expected: some have, and that is no shame; the question is what they do now. Then the odds: “A ratio of 2 at a chance of 50 %?” (Odds 1 become 2, the chance becomes 67 %.) Typical mistakes: to read an odds ratio as a ratio of chances; to compare ratios of different units; “the offer caused it”. Keep to units and intervals, leave the logarithm to those who ask.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问谁在 PPT 上用过那个 68%。期待的回答：有人用过，不丢人，要紧的是接下来怎么办。再练一次发生比：“流失的可能是 50%，优势比是 2，会变成多少？”（发生比从 1 到 2，可能性变成 67%。）常见错误：把优势比当成可能性的倍数；拿单位不同的优势比互相比；“是那份报价害的”。讲清单位和区间就够，对数留给想问的人。

# %% [markdown] lang="en"
# **Where the money goes.** Some customers leave at a stroke. Others stay, and give more to somebody else. **Share of wallet** is our sales over all that the customer spends on such products; what is left is the **headroom**:
#
# $$\text{share of wallet} = \frac{\text{our sales}}{\text{their spending}} \qquad \text{headroom} = \text{their spending} \times (1 - \text{share of wallet})$$
#
# We sell 30,000 yuan to somebody who spends 200,000: 15 %, and 170,000 yuan of headroom. What a customer spends elsewhere is estimated: from what they use of it, from tenders, or by asking. A small customer with a large wallet is **hidden potential**: class C by revenue, less than 15 % with us, and a wallet at least as large as the revenue of the smallest A customer.

# %% [markdown] lang="zh"
# **钱去了哪儿**。有的客户一下子就走了；有的还在，只是把更多的单子给了别家。**钱包份额** = 我们的销售额 ÷ 客户买这类产品花的全部；剩下的叫**空间**：
#
# $$\text{钱包份额} = \frac{\text{我们的销售额}}{\text{客户的采购额}} \qquad \text{空间} = \text{客户的采购额} \times (1 - \text{钱包份额})$$
#
# 客户一年花 200,000 元，其中 30,000 元给我们：钱包份额 15%，空间 170,000 元。客户在别家花多少，只能估：按用量推，看招标公告，或者直接问。买得少、钱包大的，叫**隐藏潜力**：按销售额是 C 类，给我们不到 15%，钱包却不小于最小的那家 A 类客户的销售额。

# %%
wallets = rivals.wallets(lesson.table("competitor_share"))
revenue = contribution.last_months(lesson.table("transactions"))["revenue"]
hidden = rivals.hidden(wallets, revenue)
lesson.show("rivals.room", wallets, hidden)

# %%
lesson.show("rivals.listed", hidden, names=names)

# %% [markdown] lang="en"
# **What a rank is worth.** A rule of thumb guesses the share from the rank a customer gives us among the $n$ suppliers it uses (Wallet Allocation Rule, a registered mark; Keiningham and others, Harvard Business Review, 2011):
#
# $$\text{share of wallet} = \left(1 - \frac{\text{rank}}{n + 1}\right) \cdot \frac{2}{n}$$
#
# With three suppliers the first gets (1 − 1 ÷ 4) × 2 ÷ 3 = 0.500, half of the wallet; the second 0.333, the third 0.167. Being liked a little more is worth nothing if the rank stays; passing one rival is worth 0.167 of the wallet here. In the studies, customers gave the rank in a survey. Ours is read from the money itself, so this table cannot test the rule; use it to ask what a place is worth.

# %% [markdown] lang="zh"
# **名次值多少**。有条经验规则，用客户给我们的名次和它用的供应商家数 $n$，来猜钱包份额（Wallet Allocation Rule，注册商标；Keiningham 等，《哈佛商业评论》，2011）：
#
# $$\text{钱包份额} = \left(1 - \frac{\text{名次}}{n + 1}\right) \cdot \frac{2}{n}$$
#
# 三家供应商时，第一名是 (1 − 1 ÷ 4) × 2 ÷ 3 = 0.500，也就是钱包的一半；第二名 0.333，第三名 0.167。客户多喜欢我们一点，名次没变，就等于零；超过一家对手，在这里值钱包的 0.167。原研究里，名次是客户在调查中给的；我们的名次是从金额看出来的，所以这张表验证不了规则，只能用来问：升一名，值多少？

# %%
lesson.show("rivals.account", wallets, names=names)

# %% [markdown] lang="en"
# **Where we are behind.** Two gap tables. The first needs only money: our share less a rival's, by industry. The second needs customers' opinions attribute by attribute, and nobody has asked them about our rivals. So fill it in for one customer and one rival, from your own head, and see how much you know. It is not stored.

# %% [markdown] lang="zh"
# **哪里落后**。两张差距表。第一张只要金额：按行业，用我们的份额减去对手的。第二张要客户逐项的看法，可对手怎么样，谁也没问过。那就挑一家客户、一家对手，凭你脑子里的填一遍，看看自己知道多少。填的内容不会保存。

# %%
lesson.show("rivals.gaps", wallets, customers["industry"])

# %%
survey = lesson.table("survey").filter(like="importance_").mean()
importance = survey.rename(index=str).set_axis(survey.index.str.removeprefix("importance_"))
lesson.show("rivals.sheet", importance)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Ask: “Who knows what their largest customer spends with others?” Expected: two hands. Second question: “How would you find out by Friday?” (Ask for the use, not for the rival's price; read tenders; count the machines.) Typical mistakes: to read headroom as a target; to take “level” for “not known”; to collect a rival's confidential prices, which is not clever but forbidden.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 问大家：“最大的客户在别家花多少，有谁知道？”期待的结果：举手的不超过两位。再问：“到周五，怎么打听出来？”（问用量，不问对手的价；看招标公告；数设备。）常见错误：把空间当成任务；把“不知道”填成“差不多”；去打听对手的保密价格，这不叫本事，是违规。

# %% [markdown] lang="en"
# ## Do
#
# Nine exercises about this page, then a call to practise and a save offer of your own. A wrong answer is told what it would mean; everything is kept as you do it.

# %% [markdown] lang="zh"
# ## 练一练
#
# 先做九道题，用的都是本页的内容；再练一通电话，写一份自己的挽留方案。答错了，会告诉你错在哪里；每一步都会马上保存。

# %%
lesson.ask("churn-1")

# %%
lesson.ask("churn-2")

# %%
lesson.ask("churn-3")

# %%
lesson.ask("churn-4")

# %%
lesson.ask("churn-5")

# %%
lesson.ask("churn-6")

# %%
lesson.ask("churn-7")

# %%
lesson.ask("churn-8")

# %%
lesson.ask("churn-9")

# %% [markdown] lang="en"
# **The call.** Plant manager Luo from lesson 4 gave you 9 out of 10, and his spare parts have gone somewhere else. Talk to him again, now with what you know: the reason he gives first need not be the one. The coach waits until the end.

# %% [markdown] lang="zh"
# **打这通电话**。第 4 课的罗厂长，满分 10 分给了你 9 分，备件却给了别家。带着这一课知道的，再跟他谈一次：他先说的原因，不一定是真正的原因。教练到最后才说话。

# %%
lesson.play("amiable-plant-manager")

# %% [markdown] lang="en"
# **A save offer** answers the reason, not the contract. It names what went wrong in the customer's words, repairs that one thing with a person and a day, and asks for something in return: a trial, a renewal, a date. A discount to somebody who was not called back buys a customer who still is not called back. Where the reason is price, first ask compared with what. And whoever leaves because the plant is closed is thanked, not saved.

# %% [markdown] lang="zh"
# **挽留方案**要对上原因，不是对上合同。用客户的话说清哪里出了错；就补这一件，写明谁、哪天；再要一样东西回来：试一段时间、续约，或者一个日期。没人回电话的客户，给他打折，买到的还是一个没人回电话的客户。原因真是价格的，先问跟谁比。工厂关门才走的，道声谢，不用挽留。

# %%
lesson.ask("churn-10")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 15 minutes, with all exercises 45.** Read three save offers aloud and let the room guess the reason from the offer alone. Expected: with a good one they can. Model answer: “Mr Luo, in March nobody rang back for 26 hours. From Monday our on-call engineer, Ms Tang, has your line on her list and rings back within half an hour. May I show Master Fang the number on Thursday, and come back with the renewal on Friday?” Weak: “What would it take to keep you?” (No reason.) Weak: “I can do 8 % for you.” (Answers a question nobody asked.) Key to 10.3: nobody can name the study; counting one's own notes is the alternative.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 15 分钟，练习全做 45 分钟。** 念三份挽留方案，让大家只凭方案猜原因。期待的结果：写得好的，猜得出来。参考：“罗厂长，三月那次 26 个小时没人回您电话。从下周一起，值守工程师唐工的名单上有您这条线，半小时内回电。周四我带方师傅认一下这个号码，周五我把续约带来，您看行吗？”不好的：“您说，怎样才肯留下？”（没有原因。）“我给您让 8%。”（答的是没人问的问题。）10.3 的参考：谁也说不出是哪项研究；该做的，是数自己的流失原因。

# %% [markdown] lang="en"
# ## Your own list
#
# A list of purchases has no contracts and no reasons, but it can say who has gone silent: of the customers of one year, who bought nothing in the next. That is a convention: whoever orders every other year counts as gone, and is not. With such customers on the list the figure comes out too high; do not set it beside the churn of contracts above.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 购买记录里没有合同，也没有原因，但看得出谁没了动静：前一年买过的客户，后一年谁一次没买。这是约定：隔年才下单的客户，也被算成走了。这样的客户多，算出来就偏高，别拿它跟前面的合同流失率比。

# %%
purchases = lesson.table("orders")
lesson.show("churn.start", churn.at_start(purchases, as_of=as_of or None), own=own)

# %%
lesson.own_list()

# %% [markdown] lang="en"
# Two columns are worth adding by hand, from today on: for each customer lost, the reason in the customer's own words; for each important one, what they spend with others. In half a year you have your own Pareto chart and your own table of wallets.

# %% [markdown] lang="zh"
# 有两列值得从今天起手工记：丢了的客户，用客户的原话写原因；重要的客户，写在别家花多少。半年之后，你就有自己的帕累托图和钱包表。

# %%
lesson.show("glossary.terms", "churn")

# %% [markdown] lang="en"
# ## Take-away
#
# - With every churn figure, say whether it counts contracts or money, out of those that were due. Settle where a reason is filed before you count.
# - Call by expected loss, and offer what answers the reason. Whom you met is not yet whom you kept.
# - A loss can be quiet: ask what a customer spends elsewhere, and what one place higher would take.

# %% [markdown] lang="zh"
# ## 带走
#
# - 报流失率，先说清按份数还是按金额；分母是到期该续的。数原因之前，先定好归在哪儿。
# - 按预计损失打电话，方案对上原因。打到了，还不算留住了。
# - 有的流失没有声音：问一问客户在别家花多少，升一名要做什么。

# %%
lesson.show("renewal.take_away", contracts, hidden, names=names)

# %%
lesson.goal()
