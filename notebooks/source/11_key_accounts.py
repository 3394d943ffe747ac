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
as_of: str = ""  # the day to look from on your own list; empty for the last day in it
currency: str = ""  # such as USD; empty for yuan, or for no unit on a list of your own
margin: float = 0.3  # the share of revenue that is kept, for a list without costs
seed: int = 7  # another number gives another practice company

# %%
from custlib.analysis import classification, contribution, keyaccounts, portrait
from custlib.course import open_lesson

lesson = open_lesson("11_key_accounts", language=language, seed=seed, orders=orders, currency=currency)

# %% [markdown] lang="en"
# # 11 Which accounts get a plan of their own?
#
# Lesson 11 · about 60 minutes · you need paper, and one goal you were given this year

# %% [markdown] lang="zh"
# # 11 哪些客户要单独做计划？
#
# 第 11 课 · 约 60 分钟 · 备一张纸，写上今年分给你的一个目标

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Which of our large accounts has a plan you could show me now?” Let them look into their phones. Expected: few. Do not comment, write the number on the board; the first picture has the same number for the practice company. *Live path (35 minutes): Situation, Look, Try as a contest, one goal on the checker, the market panel, exercises 11.5 and 11.7, Take-away; the rest is self-study.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“我们的大客户里，哪家的计划你现在就能拿给我看？”让他们翻手机。多半拿不出几份。不评论，把数字写在白板上；第一张图里，练习公司也有这个数。*现场版（35 分钟）：情境、看一看、用“试一试”比赛、拿一个目标过一遍检查、市场面板、第 11.5 和 11.7 题、带走；其余课后自学。*

# %% [markdown] lang="en"
# ## Situation
#
# Monday meeting. “We look after far too many large customers, and none of them properly. You are five people, each can carry five accounts. I want the names by Friday, a plan for each, and in a year the proof that it was worth it.” A colleague adds: “Look at our bank. We put a team on it, and sales rose by 30 %.”

# %% [markdown] lang="zh"
# ## 情境
#
# 周一例会。“大客户管得太多，一家也没管好。你们五个人，一人管得了五家。周五前给我名单，每家一份计划，一年后拿出证据，说明没白做。”同事接了一句：“看我们那家银行，派了一个小组，销售额涨了 30%。”

# %% [markdown] lang="en"
# ## Look
#
# A customers are the largest ones, who together bring 80 % of the revenue (lesson 06). A plan is **carried out** (执行落地) only where three things meet: somebody is in charge, the plan holds today, and something was done lately. Move “lately”, and switch to the list this lesson will make.

# %% [markdown] lang="zh"
# ## 看一看
#
# A 类客户，就是从大到小数，一起占到销售额 80% 的那些（第 06 课）。计划要**执行落地**，三样得凑齐：有人负责，计划没过期，最近有动作。动一动“最近”，再切到这一课要排的那张名单。

# %%
company, contacts = lesson.table("customers"), lesson.table("interactions")
names = company.set_index("customer_id")["name"]
strategic = tuple(company.loc[company["strategic_flag"] == 1, "customer_id"])
facts = portrait.facts({name: lesson.table(name) for name in portrait.TABLES})
money = contribution.last_months(lesson.table("transactions"), contacts)
known = facts.join(money["contribution"])
room = keyaccounts.places(people=5, each=5)
listed = keyaccounts.select(known, keyaccounts.scored(known, strategic=strategic), room)
chosen = listed.index[listed["chosen"]]

# %%
today = facts.attrs["as_of"]
grades = classification.abc(money["revenue"])["grade"]
sets = {"large": grades.index[grades == "A"], "chosen": chosen}
lesson.show("keyaccounts.plans", sets, company, contacts, names=names, as_of=today)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Question: “Everybody here has somebody in charge. What is that worth?” Expected: little, if the plan has run out and nobody rang. Typical mistake: to count visits as carrying out a plan. Second mistake: to push “lately” to 90 days until the bar looks well.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 问大家：“这里家家有人负责。这值多少？”期待的回答：计划过期了，电话也没打，就不值什么。常见错误：把拜访次数当成计划在执行。常见错误二：把“最近”拉到 90 天，拉到好看为止。

# %% [markdown] lang="en"
# ## Try
#
# Now the list. The score asks what a customer brings, what it could bring, and whether the firm has declared it strategic. How many places there are, the score does not know: people times what one person can carry. Take one person away. Whose name falls under the line? Then let only what they bring count. Who comes in, and what is no longer seen?

# %% [markdown] lang="zh"
# ## 试一试
#
# 现在排名单。得分看三样：带来多少、还能带来多少、公司有没有定为战略客户。有几个名额，分数不知道：人数乘以一个人管得了几家。减一个人，谁的名字落到线下面？再改成只看带来多少：谁进来了，什么又看不见了？

# %%
lesson.show("keyaccounts.source", known, own=False)

# %%
lesson.show("keyaccounts.choose", known, names=names, strategic=strategic)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** A contest: each pair cuts one person and writes the sentence with which it tells the first customer under the line that the visits change. Read two aloud. Expected: an ordinary customer keeps an answer within a day and a name to call. Typical mistakes: everybody is strategic; the account with the friendliest buyer stays in; one more place “just this once” (then one person carries six, and nobody is carried).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 比赛：每组减一个人，写一句话，告诉线下第一家客户：以后拜访方式要变。念两句。期待的回答：普通客户照样一天内有答复，有名有姓找得到人。常见错误：家家都是战略客户；采购最好说话的那家留下了；“就这一次”多放一家（结果一个人管六家，一家也没管好）。

# %% [markdown] lang="en"
# ## The idea
#
# **Key account** (关键客户): a customer that weighs heavily in revenue, in market share or in where the firm wants to go, and therefore gets people and a plan of its own. Four things are hoped for: effort goes where it works, the customer is better served, rivals find the door closed, and both grow. In lesson 02 the first two parts of the score were enough; here contribution takes the place of revenue, what is strategic comes in, and places are limited:
#
# $$\text{score} = \frac{50 \cdot \text{brings} + 30 \cdot \text{could bring} + 20 \cdot \text{strategic}}{100}$$
#
# Each part has no unit and goes from 0 to 100: for the first two the share of other customers who have less, for the third 0 or 100. What a customer brings is its contribution in 12 months (revenue less the goods and the work of serving it, lesson 06); what it could bring is what it buys elsewhere. Whoever costs more than it brings gets no place. Not known counts 50, neither for nor against. With 90 for what it brings, nothing known of the rest of its spending, and not strategic, the score is $45 + 15 + 0 = 60$; it could turn out 45 or 75, so ask before you decide. Weights and scale are **our own convention**; a grade from what a customer contributes and what it could is called value tiering (价值分级).

# %% [markdown] lang="zh"
# ## 道理
#
# **关键客户**（key account）：在销售额、市场份额或公司想走的方向上分量很重，所以单独配人、单独做计划。图的是四件事：力气花在有用的地方，客户得到更好的服务，对手进不了门，双方一起长。第 02 课的得分只看前两样；这里用贡献代替销售额，加上战略，而且名额有限：
#
# $$\text{得分} = \frac{50 \cdot \text{带来多少} + 30 \cdot \text{还能带来多少} + 20 \cdot \text{战略}}{100}$$
#
# 每一样都没有单位，从 0 到 100：前两样是“比它少的客户占多少”，第三样是 0 或 100。带来多少，看 12 个月的贡献（销售额减去货物成本和服务成本，第 06 课）；还能带来多少，看它在别家买多少。花的比带来的多，不给名额。不清楚算 50，不加分也不减分。带来多少是 90，在别家买多少不清楚，不是战略客户：$45 + 15 + 0 = 60$ 分；问清以后可能是 45，也可能是 75，所以先问再定。权重和打法是**我们自己的约定**；按“贡献”和“潜力”给客户分档，叫价值分级（value tiering）。

# %% [markdown] lang="en"
# **Managing a relationship is not after-sales.** Millman and Wilson (*Journal of Marketing Practice: Applied Marketing Science* 1, 1995) describe six stages; the last one is parting, and it wants managing, too.
#
# | stage | what one sees | what to do |
# |:--|:--|:--|
# | 1 pre | no order yet | find out whether it can become a key account: needs, people, rivals |
# | 2 early | one person orders from one person | prove yourself on small things, meet a second department |
# | 3 mid | several departments know each other | a plan of the year, one point of contact, both sides' managers meet |
# | 4 partnership | they ask you before they decide | share plans and prices openly, work on costs together |
# | 5 synergistic | joint teams, hardly two firms any more | agree who owns what, and how one would part |
# | 6 uncoupling | orders stop, people change | find the reason, settle what is open, leave the door ajar |
#
# The next picture reads the stage from the books, by breadth and depth of lesson 01: no order yet is 1; none for more than 180 days is 6. For the others: at least 4 departments in contact up to an executive, with at least 30 % of the contacts on technical questions or training, is 5; at least 3 departments up to a director is 4; other accounts with 2 departments or more are 3; 1 department is 2. That is **our own convention** and a suggestion; the people who go there decide.

# %% [markdown] lang="zh"
# **客户关系管理，不是售后。** Millman 和 Wilson（*Journal of Marketing Practice: Applied Marketing Science* 1，1995）写了六个阶段；最后一个是分手，分手也要管。
#
# | 阶段 | 看得见的样子 | 做什么 |
# |:--|:--|:--|
# | 1 接触前期 | 还没下过单 | 弄清值不值得：需求、人、对手 |
# | 2 初期 | 一个人向一个人下单 | 小事上先证明自己，再认识一个部门 |
# | 3 中期 | 几个部门都认识了 | 全年计划、一个对口人、两边领导见面 |
# | 4 伙伴期 | 定之前先来问你 | 计划和价格摊开谈，一起降成本 |
# | 5 协同期 | 联合小组，快分不出两家 | 说好哪些归谁，也说好怎么分手 |
# | 6 解除期 | 订单停了，人换了 | 找原因，了结没完的事，留一条门缝 |
#
# 下一张图是从账上读出来的，用的是第 01 课的广度和深度：从没下过单算 1；超过 180 天没有订单算 6。其余的：来往至少 4 个部门、见到高管，而且至少 30% 的联系在谈技术或培训，算 5；至少 3 个部门、见到总监，算 4；剩下的，2 个部门以上算 3，1 个部门算 2。这是**我们自己的约定**，只是建议，去现场的人说了算。

# %%
lesson.show("keyaccounts.stages", keyaccounts.stage(facts.loc[chosen]))

# %% [markdown] lang="en"
# A good tool then says what to do **next** for each account. Such a “next best action” sounds like artificial intelligence; often it is a list of rules, the first that applies wins: a complaint as the last contact, no plan that holds, no contact for 30 days, fewer than three departments, more bought elsewhere than here.

# %% [markdown] lang="zh"
# 好用的工具还会告诉你，每家**下一步**做什么。“下一步最佳动作”（next best action）听着像人工智能，很多时候就是几条规则，从上往下，先碰到哪条算哪条：最后一次联系是投诉、没有有效的计划、30 天没联系、来往不到三个部门、在别家买得比在这儿多。

# %%
done = keyaccounts.execution(chosen, company, contacts, as_of=today)
lesson.show("keyaccounts.next_actions", keyaccounts.next_action(facts, done, contacts), known, names=names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 4 minutes.** Ask: “Which stage would your customer name for the two of you?” Expected: one lower than their own. Typical mistake: stage 4 because of one good friend there; if he leaves, it is stage 2. Rule lists are honest: everybody can read why a name stands there. Ask who would trust one that cannot be read.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 4 分钟。** 问大家：“你那家客户，会说你们在第几个阶段？”多半比自己说的低一级。常见错误：那边有一个好朋友，就说到了第 4 阶段；他一走，就是第 2 阶段。规则清单的好处是谁都看得懂为什么。问问大家：看不懂理由的清单，敢信吗？

# %% [markdown] lang="en"
# **A plan has goals, and a goal has letters.** Doran (*Management Review* 70, 1981): **S**pecific, **M**easurable, **A**ssignable (somebody is in charge), **R**ealistic, **T**ime-related. Others read A as achievable and R as relevant; say which you mean. Chinese sales training adds **C** for consistency (一致性): no two goals may pull in opposite directions. Three ways to clash: two figures for the same thing; “raise the share” beside “raise the price” at one customer; two goals of one person due in one week.
#
# A table shows only what is written down. Here **S** fails where no result is named (“improve the relationship”), **M** where there is no figure to start from or to reach (“more satisfied” is a result, but measured by what?), **A** where nobody is in charge, **R** where revenue is to more than double or a share is to become all there is, **T** where no day is named. Read a few of the practice company's goals letter by letter, then the one on your sheet:

# %% [markdown] lang="zh"
# **计划里有目标，目标有字母。** Doran（*Management Review* 70，1981）：**S** 具体（specific），**M** 可衡量（measurable），**A** 有人负责（assignable），**R** 做得到（realistic），**T** 有期限（time-related）。也有人把 A 讲成“可达到”（achievable），R 讲成“相关”（relevant）；用的时候说清是哪一种。国内的销售培训加了一个 **C**，一致性（consistency）：目标之间不能互相打架。打架有三种：同一件事写了两个数；同一家客户又要提份额、又要提价；一个人的两个目标挤在一周里交。
#
# 表格只看得出写下来的东西。这里，没说结果（“改善关系”）算 **S** 不合格，没写现在是多少、要到多少（“更满意”是结果，可是看哪个数？）算 **M** 不合格，没人负责算 **A** 不合格，销售额要翻一倍还多、或者份额要全部拿下，算 **R** 不合格，没写日子算 **T** 不合格。先拿练习公司的目标，一个字母一个字母地看，再看你纸上那个：

# %%
lesson.show("goals.letters", lesson.table("goals"), as_of=today)

# %%
lesson.show("goals.checker", lesson.table("goals"), as_of=today)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Everybody puts the goal on their sheet through the letters; the neighbour holds the pen. Expected: M and T stand, A is “we”, R was never asked. Typical mistakes: a measure nobody can read on the day; “together with service” as somebody in charge; a realistic goal that is simply last year plus ten per cent. For C, ask sales and service in turn: whose goal makes yours impossible?

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 每个人把纸上的目标过一遍字母，由旁边的人动笔。期待的结果：M、T 有，A 写的是“我们”，R 没人问过。常见错误：到了那天谁也读不出那个数；“和客服一起”当成负责人；“做得到”只是去年加一成。问 C 的时候，销售、客服轮流说：谁的目标让你的做不成？

# %% [markdown] lang="en"
# **Was it worth it? First take the market out.** The bank grew by 30 %. If the market for such services grew by 12 %, then
#
# $$\text{above the market} = \frac{1 + \text{growth}}{1 + \text{market growth}} - 1 = \frac{1.30}{1.12} - 1 = 16.1\ \%$$
#
# All of these are shares for the same period. Divide, do not subtract: 30 less 12 is 18, too much. And 16.1 % holds only **if** the bank would have grown with the market. It is no proof, and no upper bound either: without the team the bank might have shrunk.

# %% [markdown] lang="zh"
# **值不值？先把市场扣掉。** 那家银行涨了 30%。如果这类业务的市场本来就涨了 12%，那么
#
# $$\text{高出市场} = \frac{1 + \text{增长}}{1 + \text{市场增长}} - 1 = \frac{1.30}{1.12} - 1 = 16.1\%$$
#
# 这些都是比例，时间段要相同。要除，不要减：30 减 12 得 18，多了。而且 16.1% 有个前提：**假如**这家银行本来会跟着市场长。它不是证明，也不是上限：没有那个小组，说不定还会跌。

# %%
lesson.show("effect.market")

# %% [markdown] lang="en"
# **Better: a control group.** Last year the practice company had a campaign. Who was in it was drawn by lot; the others are the **control group** (对照组) and show what would have happened anyway. **Difference in differences** (双重差分) divides one growth by the other:
#
# $$\text{effect} = \frac{\text{after} / \text{before, with}}{\text{after} / \text{before, without}} - 1$$
#
# Suppose those with the campaign went from 100 to 132, those without from 200 to 220. The ratio is $1.32 / 1.10 - 1 = 20\ \%$. Subtracted, it would be 22 percentage points (that is what a steady gain of 20 % looks like in a market of 10 %), and in yuan 32 less 20, which is 12: three figures, one campaign. This course uses the ratio. We average growth so that doubling and halving cancel out (the logarithm does that); that is the growth of a **typical account** (典型客户).

# %% [markdown] lang="zh"
# **更好的办法：对照组。** 去年，练习公司做过一次活动，谁参加由抽签决定；没抽到的是**对照组**（control group），让人看到不做活动会怎样。**双重差分**（difference in differences）把两个增长相除：
#
# $$\text{效果} = \frac{\text{参加的：事后} / \text{事前}}{\text{没参加的：事后} / \text{事前}} - 1$$
#
# 假如参加的从 100 到 132，没参加的从 200 到 220。相除：$1.32 / 1.10 - 1 = 20\%$。相减是 22 个百分点（实打实多出 20%，放在涨 10% 的市场里，就会减出这个数）；按金额，32 减 20，得 12：一次活动，三个数。这门课用相除的。算平均的时候，翻一倍和减一半要正好抵消（取对数就行），这就是**典型客户**（typical account）的增长。

# %%
campaign = lesson.table("campaign")
lesson.show("effect.typical", campaign)

# %%
lesson.show("effect.versus", campaign)

# %% [markdown] lang="en"
# The uppermost bar has forgotten the market. The one in the middle compares afterwards only: right, thanks to the lot, but so wide that it can hardly say anything, because large and small accounts are mixed in it. The lowest compares each account with itself first; therefore it is narrow. Where there was **no lot**, it holds only if both groups would have grown alike; say so, and show the quarters before. (Ashenfelter and Card, *Review of Economics and Statistics* 67, 1985.)
#
# Averages hide who was moved. Four groups:

# %% [markdown] lang="zh"
# 最上面的横杠忘了扣市场。中间的只比事后：因为抽过签，方向没错，可是大小客户混在一起，宽得几乎什么也说不了。最下面的先拿每家和自己比，所以窄。**没有抽签**的时候，前提是两组本来会长得一样；要说明白，还要把之前几个季度拿出来看。（Ashenfelter 和 Card，*Review of Economics and Statistics* 67，1985。）
#
# 平均数看不出是谁被打动了。客户有四种：

# %%
lesson.show("effect.four")

# %% [markdown] lang="en"
# Nobody wears a label: each customer is seen only once, with the campaign or without. What can be compared are groups one can name beforehand:

# %% [markdown] lang="zh"
# 谁是哪一种，脸上没写：一家客户只看得到一面，要么参加了，要么没有。能比的，是事先就分好的组：

# %%
lesson.show("effect.groups", campaign, company)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Put the colleague's 30 % on the board and let the room ask for what is missing: the market, a control group, who chose the bank. Expected answer to “what may he say?”: “Sales rose by 30 %; the market rose by 12 %; what the team brought we do not know.” Typical mistakes: to subtract; to take what is left as the team's work; to find the one industry in the split where it “really works”.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 把同事那个 30% 写在白板上，让大家问还缺什么：市场、对照组、这家银行是谁挑的。“他可以怎么说？”期待的回答：“销售额涨了 30%，市场涨了 12%，小组带来多少，不知道。”常见错误：直接相减；把剩下的都算成小组的功劳；在分组里找一个“特别有效”的行业。

# %% [markdown] lang="en"
# **The quiet trap: regression to the mean** (向均值回归; Galton 1886). Whoever is picked because a figure was very low has, on average, been unlucky as well; luck does not stay, and the figure rises by itself. In this picture nobody did anything special for the weak. It shows only those who bought in both half-years; whoever was weak and then bought nothing is missing, and that makes the rise look larger still:

# %% [markdown] lang="zh"
# **不声不响的陷阱：向均值回归**（regression to the mean，Galton，1886）。因为数字特别低才被挑出来的，平均起来也有一部分是运气差；运气不会一直差，数字自己就会回升。下图里，谁也没有专门帮过弱的那批。图上只有两个半年都买过的客户；弱的里面后来不买的不在图上，涨幅看着就更大：

# %%
practice = lesson.table("transactions").rename(columns={"net_amount": "amount"})
lesson.show("effect.fifths", practice)

# %% [markdown] lang="en"
# The same with winners. Dealers (经销商) who stand out should get more support, one hears. First look whether they still stand out in a year they were not chosen by:

# %% [markdown] lang="zh"
# 赢家也一样。都说冒尖的经销商（dealer）要重点扶持。先看一眼：挑它们的那一年不算，换一年，还冒尖吗？

# %%
lesson.show("effect.dealers", lesson.table("transactions"))

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Cover the right half of the dealer picture with your hand. “Five dealers, money for two. Which?” Collect votes, take the hand away. Expected: silence. Nobody could have known from the left half alone. Typical mistake: to find reasons afterwards. The remedy: decide by two periods, or support some of the five by lot and watch all.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 用手遮住经销商图的右半边。“五家经销商，钱只够两家，选谁？”先举手，再把手拿开。多半会安静下来：光看左半边，谁也不可能知道。常见错误：事后再找理由。办法：看两段时间再定；或者从五家里抽签扶持几家，五家都跟着看。

# %% [markdown] lang="en"
# **From the large to the small.** Plans begin outside: policy, technology and market first, then the industries it touches, then names. Two examples. Retailers are asked for energy-saving goods by their own customers; does that show in what they buy from us, and did we have to pay for it with discounts?

# %% [markdown] lang="zh"
# **从大处到小处。** 做计划先看外面：政策、技术、市场；再看碰到哪些行业；最后才是一家家的名字。举两个例子。零售商的顾客要节能产品，这在它们向我们买的东西里看得出来吗？是不是靠打折换来的？

# %%
lesson.show("effect.line", lesson.table("transactions"), company)

# %% [markdown] lang="en"
# If the share rises in one industry and the discount hardly changes, price is not the likely reason. The second: who puts security first? A product made for those industries is a plan; the same brochure for everybody is none.

# %% [markdown] lang="zh"
# 份额只在一个行业涨，折扣几乎没变，多半就不是价格的缘故。第二个：谁把安全放在第一位？给这些行业单做一个产品，叫计划；一本样册发给所有人，不叫计划。

# %%
lesson.show("effect.needs", company)

# %% [markdown] lang="en"
# **What stands in the way** is seldom the method: the data are incomplete, tools do not know each other, and each department keeps its own list (信息孤岛, data silos). Ask three questions of your own system. Who may see a complaint before a visit? Where does the plan lie? Has this customer two numbers? The last one here:

# %% [markdown] lang="zh"
# **绊脚的多半不是方法**：数据不全，工具互不相认，各部门各有一张表，也就是信息孤岛（data silos）。拿三个问题问问自己的系统：拜访之前，谁看得到投诉？计划放在哪儿？这家客户是不是有两个编号？最后这个，这里就有：

# %%
lesson.show("effect.joined", lesson.table("transactions"))

# %% [markdown] lang="en"
# **What is coming** is in this course already, in small: figures for any month's end (the slider of lesson 06), a proposal for each customer (the next best action above), channels joined (the picture above), predictions (the chance in lesson 07 that a customer is still there). A machine that grades customers learns from our grades, with their mistakes. Each of these rests on joined numbers, and each has to pass the same question: compared with what?
#
# **Before you sign the plan.** A rebate (返利) stands in the contract and goes to the customer's company; a kickback (回扣) goes into a person's pocket and ends the account. A small present at a festival within both firms' rules is ordinary, to a public buyer nothing at all. Before a tender (招投标) you may tell everybody what is technically possible; to have the specification written to fit one bidder, or to agree bids with a rival (围标), is against the law. A plan that works only with a kickback or a fixed tender is no plan.

# %% [markdown] lang="zh"
# **以后会怎样**，这门课里已经能看到一点：想看哪个月底就看哪个月底（第 06 课的滑块），一家一个建议（上面的下一步最佳动作），渠道合起来看（上面这张图），还有预测（第 07 课“还没走的可能性”）。让机器给客户分级，它学的是我们打的级，连错一起学。每一样都要先把编号合起来，每一样都得过同一关：和什么比？
#
# **计划签字之前。** 返利（rebate）写在合同里，进客户公司的账；回扣（kickback）进个人口袋，这家客户也就到头了。过节的小礼物，两边公司的规定都允许，是人之常情；对方是国有单位或事业单位，什么也别送。招投标（tender）之前，技术上能做到什么，可以对谁都讲；让招标文件照着一家的参数写，和对手商量报价（围标），都是违法。靠回扣、靠内定的标才做得成的计划，不算计划。

# %% [markdown] lang="en"
# ## Do
#
# Eight exercises, and a plan of your own (11.7). A wrong answer is told what it would mean.

# %% [markdown] lang="zh"
# ## 练一练
#
# 八道题，加一份你自己的计划（11.7）。答错了，会告诉你错在哪里。

# %%
lesson.ask("key-1")

# %%
lesson.ask("key-2")

# %%
lesson.ask("key-3")

# %%
lesson.ask("key-4")

# %%
lesson.ask("key-5")

# %%
lesson.ask("key-6")

# %%
lesson.ask("key-7")

# %%
lesson.ask("key-8")

# %%
lesson.ask("key-9")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 15 minutes.** Live: 11.5 alone, then 11.7 in pairs, the partner ticks. In 11.4 most subtract: let them say “divided by what the others did anyway” aloud. In 11.6 somebody will insist on the training: ask what a second group without training would have shown. For 11.7 collect the plans whose measure can be read on the day; there are fewer than one thinks.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 15 分钟。** 现场：第 11.5 题自己做，第 11.7 题两人一组，由对方打勾。第 11.4 题多数人会相减：让他们把“除以别人本来就有的增长”说出声来。第 11.6 题会有人坚持是培训的功劳：问他，另有一批没培训的，会怎样？第 11.7 题，收那些到了日子真读得出数的计划，比想的要少。

# %% [markdown] lang="en"
# ## Your own list
#
# With a list of purchases the page ranks customers by what they bring, revenue times `margin`. What they could bring and who is strategic only you can add. Here the first counts 50 for everybody and the second 0, so the order goes by what they bring. Below it, the same test for chance on your own customers.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 有一份购买记录，就能按带来多少排名：销售额乘以 `margin`。还能带来多少、哪家是战略客户，只有你能补上。这里前一样家家算 50，后一样家家算 0，名次只看带来多少。下面再用你自己的客户，看看运气占多少。

# %%
lesson.own_list()

# %%
purchases = lesson.table("orders")
mine = contribution.last_months(purchases, margin=margin, as_of=as_of or None).assign(headroom=float("nan"))
lesson.show("keyaccounts.source", mine, own=lesson.data.own)

# %%
lesson.show("keyaccounts.choose", mine, names=lesson.names)

# %%
lesson.show("effect.fifths", purchases, as_of=as_of or None)

# %% [markdown] lang="en"
# On your sheet: one name from the list, the goal, who is in charge, the day, and with whom you will compare it.

# %% [markdown] lang="zh"
# 在纸上写：名单里的一家，目标是什么，谁负责，哪天，到时候和谁比。

# %% [markdown] lang="en"
# ## Take-away
#
# - Hours decide how many key accounts there are, the score only who comes first. Know whom you drop.
# - Somebody in charge, a plan that holds, something done lately. Two of three is none.
# - Growth, compared with what? Divide by the market, better by a control group, and beware of those who were picked for a bad year.

# %% [markdown] lang="zh"
# ## 带走
#
# - 关键客户有几家，工时说了算；分数只管谁先谁后。放掉了谁，心里要有数。
# - 有人负责，计划没过期，最近有动作。三样缺一样，等于没有。
# - 涨了，和什么比？除以市场，最好除以对照组；因为一年不好才挑出来的，多留个心眼。

# %%
if lesson.data.own:
    ranked = keyaccounts.select(mine, keyaccounts.scored(mine), room)
    lesson.show("keyaccounts.take_away", ranked, names=lesson.names)
else:
    lesson.show("keyaccounts.take_away", listed, done, names=names)

# %%
lesson.show("glossary.terms", "key_accounts")

# %%
lesson.goal()
