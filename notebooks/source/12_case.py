# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"
orders: str = ""  # your own list as CSV or Excel; empty: the list chosen in the lesson, or the practice company
seed: int = 12  # another number gives another company, and another account

# %%
from custlib.analysis import case, clv, outlook, portrait, rfm
from custlib.course import open_lesson

lesson = open_lesson("12_case", language=language, seed=seed, orders=orders)

# %% [markdown] lang="en"
# # 12 One customer, from end to end
#
# Lesson 12 · about 110 minutes, with the conversation, the test and a talk of your own · you need a sheet of paper, and the courage to leave something out

# %% [markdown] lang="zh"
# # 12 一家客户，从头到尾
#
# 第 12 课 · 约 110 分钟，含一段对话、课后测验和自己写的一段对话 · 备一张纸，也要舍得放下一些东西

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Nothing new today: everything that was learned is used on one account. Ask before anybody scrolls: “You get an account on Friday and sit there on Monday at nine. What do you look at first, and what do you leave out?” Write the answers down; compare at the end. *Live path (35 minutes): Situation, Look, exercise 12.2, Try, exercise 12.5, the plan 12.6 in pairs; conversation, test and a talk of one's own at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 今天没有新内容，把学过的都用在一家客户身上。先别往下翻，问大家：“周五接到一家客户，周一九点就要去。先看什么，什么不看？”记下来，最后对照。现场版（35 分钟）：情境、看一看、练习 12.2、试一试、练习 12.5、两人一组做 12.6 的计划；对话、测验和自己写的对话留到课后。

# %% [markdown] lang="en"
# ## Situation
#
# Langheng has a sister company with books of its own, which no lesson has shown. Somebody there is leaving, and on Friday afternoon one of their accounts lands on your desk: a bank. On Monday at nine you are expected. You have a weekend's worth of notes from eleven lessons, and an hour.

# %% [markdown] lang="zh"
# ## 情境
#
# 朗衡有一家兄弟公司，账是分开的，前面各课都没出现过。那边有人要走，周五下午，他的一家客户转到了你手上：一家银行，约的是周一九点。你手里有前面十一课的笔记，还有一个小时。

# %% [markdown] lang="en"
# Which account it is follows a rule: of the banks where at least three people are known and not all may sign for the same amount, the one with most contribution at stake (contribution times the chance of leaving, as in lesson 08).

# %% [markdown] lang="zh"
# 哪一家，是按规则定的：至少认识三位、签字上限又不全一样的银行里，可能丢掉的贡献（贡献乘离开的可能，同第 8 课）最多的那一家。

# %%
tables = {name: lesson.table(name) for name in case.TABLES}
books = case.open_books(tables)
account = case.pick(books)
names = tables["customers"].set_index("customer_id")["name"].to_dict()
lesson.say(case.handed_over(books, account), name=names[account])

# %% [markdown] lang="en"
# ## Look
#
# First what is known, as in lesson 01. Read the list of questions before the figures: what is missing tells you more about Monday than what is there.

# %% [markdown] lang="zh"
# ## 看一看
#
# 先看已经知道什么，和第 1 课一样。先读要问的那几条，再看数字：还缺什么，比已有什么更能告诉你周一该干什么。

# %%
known = portrait.facts({name: tables[name] for name in portrait.TABLES})
lesson.show("portrait.card", known, tables["customers"], names=names, offered=[account])

# %% [markdown] lang="en"
# **On Monday:** which one of these questions do you ask, and whom? One is enough.

# %% [markdown] lang="zh"
# **周一**：这些问题里你问哪一个，问谁？一个就够。

# %% [markdown] lang="en"
# Then the people, as in lesson 02: who may decide, and whom one has talked with. The size of the next contract is an assumption of the case.

# %% [markdown] lang="zh"
# 再看人，和第 2 课一样：谁能拍板，跟谁有往来。下一份合同多大，是本案例的假设。

# %%
lesson.show("case.people", case.people(books, account))

# %%
lesson.say(case.screened(books, known, account))

# %% [markdown] lang="en"
# **On Monday:** whom do you want to have met by the end of the week whom you do not know yet, and who can introduce you?

# %% [markdown] lang="zh"
# **周一**：到周末，你想认识哪一位现在还不熟的人？谁能替你引见？

# %% [markdown] lang="en"
# Then how it buys, as in lesson 05: how long has it been silent, against its own pauses so far?

# %% [markdown] lang="zh"
# 再看它怎么买，和第 5 课一样：这次安静了多久，比它自己以前的间隔长吗？

# %%
named = rfm.segment(rfm.score(rfm.summarize(books.sales, order_id="order_id")))
lesson.show("rfm.customer", books.sales, named.loc[[account]], names=names)

# %% [markdown] lang="en"
# **On Monday:** is this silence a reason to call, or only the usual pause? What would you have to hear to know?

# %% [markdown] lang="zh"
# **周一**：这么久没动静，该打电话了，还是它本来就隔这么久？听到什么，你才能确定？

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Pairs, one screen. Question: “What do you know after this that you did not know on Friday?” Expected: a gap with a name on it, a person who decides, a rhythm. Typical mistakes: reading the score of the portrait as a mark (a low score is known, a gap is not); taking the person one talks with most for the one who decides; calling because of the calendar, not because of this customer's own rhythm.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 两人一个屏幕。问：“看完这些，你比周五多知道了什么？”期待的回答：一个缺口和能补上它的人，一位能拍板的人，一个节奏。常见错误：把画像的得分当成成绩（得分低是已经知道的，缺口才是不知道的）；把往来最多的人当成拍板的人；到日子就打电话，不看这家客户自己的节奏。

# %% [markdown] lang="en"
# ## Try
#
# Now what it is worth and what threatens that. The grade of lesson 06:

# %% [markdown] lang="zh"
# ## 试一试
#
# 再看它值多少，这份价值受什么威胁。先是第 6 课的等级：

# %%
lesson.say(case.grade_finding(books, account))

# %% [markdown] lang="en"
# The outlook of lesson 07: how likely is it still a customer, and what is to be expected of the next twelve months? Watch the line after the last order.

# %% [markdown] lang="zh"
# 第 7 课的展望：它还是客户的可能有多大，今后十二个月能指望多少？看最后一张订单以后的那段线。

# %%
cbs = clv.purchase_summary(books.sales, order_id="order_id")
model, spend = clv.fit_mbgnbd(cbs), clv.fit_gamma_gamma(cbs)
ahead = outlook.past_and_ahead(books.sales, cbs, model, spend)
lesson.show("clv.alive", books.sales, cbs, ahead.loc[[account]], model, names=names)

# %% [markdown] lang="en"
# And the risk of lesson 08, taken apart:

# %% [markdown] lang="zh"
# 还有第 8 课的风险，拆开来看：

# %%
owned = tables["customers"].set_index("customer_id")["ownership"]
lesson.show("matrix.customer", books.card, names=names, ownership=owned, only=[account])

# %%
lesson.say(case.plan_finding(books, account))

# %% [markdown] lang="en"
# The three need not agree: the name from RFM looks back, the outlook reads the rhythm, the matrix weighs five risks at once. Where they differ, nothing was miscalculated; it is a question for Monday.

# %% [markdown] lang="zh"
# 三个说法不一定一致：RFM 的名字看过去，展望看节奏，矩阵把五种风险合在一起看。不一致，不是算错了，是周一要去问的事。

# %% [markdown] lang="en"
# Where would it stand if you drew the lines elsewhere? Move both and watch how many customers change cell; of one that stands near a line, say so when you report it.

# %% [markdown] lang="zh"
# 线要是画在别处，它会在哪一格？两条线都拖一拖，看看会有多少家换格；离线近的，汇报时要说明。

# %%
lesson.show("matrix.cuts", books.card, names=names)

# %% [markdown] lang="en"
# **On Monday:** you have two hours for this account. How much of that goes to the largest part of the risk, and what do you leave undone for it?

# %% [markdown] lang="zh"
# **周一**：这家客户你有两个小时。多少花在最大的那块风险上？为此放下什么？

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Question: “Two models, one account: where do they disagree, and which do you believe?” Expected: neither alone; the models know dates and amounts, the people at the table know why. Typical mistakes: reporting one figure without its assumption; taking a cell for a verdict when a line stands close by; answering a payment risk with a visit.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 问：“同一家客户，两个模型，哪儿说得不一样？你信哪个？”期待的回答：都不能单看；模型知道日期和金额，为什么，桌边的人才知道。常见错误：只报数，不说假设；离线很近，还把格当成定论；货款的风险，用上门拜访去治。

# %% [markdown] lang="en"
# ## The idea
#
# Serious work on customers takes five steps, and you have begun on four of them: **collect** (the portrait and its gaps), **analyse** (rhythm, grade), **model** (outlook, risk), **decide** (cell, person, plan), **evaluate** (how will you know whether it was right?). The last one comes in exercise 12.6; most plans lack it.
#
# Three rules keep an account from being talked up or down:
#
# 1. From the large to the small: what happens to the industry, then to this bank, then to this person. Rules for banks, a new data-centre standard or a merger may decide before your offer does. Read the news before you read the scores.
# 2. Each figure with its assumption, each judgement with what one saw.
# 3. What is not known stays not known, until somebody has asked.
#
# One thing belongs in no account file: what people are like. Notes on what happened at a meeting are information about a person; keep what you need for the work, and delete it when asked.

# %% [markdown] lang="zh"
# ## 道理
#
# 认真做客户有五步，前四步你刚才已经动手了：**收集**（画像和缺口）、**分析**（节奏、等级）、**建模**（展望、风险）、**决策**（格、人、计划）、**评估**（凭什么知道做对了）。最后一步在练习 12.6 里，多数计划缺的就是它。
#
# 三条规矩，免得把一家客户说得太好或太坏：
#
# 1. 从大到小：先看行业出了什么事，再看这家银行，再看这个人。监管要求、机房新标准、合并重组，可能比你的方案先定了局面。先看新闻，再看得分。
# 2. 报一个数，就带上它的假设；下一个判断，就说看到了什么。
# 3. 不知道的就写不知道，直到有人问过。
#
# 有一样不进客户资料：某个人是什么样的人。会面时发生的事也是个人信息，只记工作用得着的，对方要求删，就要能删。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 4 minutes.** Let somebody name the five steps by what was on the screen. Question: “Which step did your last account plan lack?” Expected: evaluate. Typical mistake: taking evaluation for looking at the turnover. Ask: “Against what?”

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 4 分钟。** 请一个人按屏幕上出现过的东西，把五步说一遍。问：“你上一份客户计划，缺哪一步？”期待的回答：评估。常见错误：以为看看销售额就算评估。追问：“跟什么比？”

# %% [markdown] lang="en"
# ## Do
#
# **1. Six exercises on this account.** All figures are those of the books at hand; with another seed it is another account.

# %% [markdown] lang="zh"
# ## 练一练
#
# **1. 关于这家客户的六道题。** 数字都出自手上的账；换一个种子数，就是另一家客户。

# %%
lesson.ask("case-1")

# %%
lesson.ask("case-2")

# %%
lesson.ask("case-3")

# %%
lesson.ask("case-4")

# %%
lesson.ask("case-5")

# %%
lesson.ask("case-6")

# %% [markdown] lang="en"
# **2. Go there.** The head of operations at the bank has your slides. Orders and amounts in the brief are those of your account; what else it tells is invented, such as the service contract of six years, and Ms Xu is none of the people you saw above. Write down first which of her figures you want to have heard by the end.

# %% [markdown] lang="zh"
# **2. 去谈。** 银行运行部的负责人看过你的材料。任务里的订单和金额是这家客户的，其他情况是另编的，比如那份做了六年的服务合同；许总也不在上面的名单里。先写下来：谈完的时候，你想听到她的哪几个数？

# %%
lesson.play("bank-operations", customer="" if lesson.data.own else account)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · exercises 25 minutes, conversation 20.** Every pair reads its plan aloud; the others ask only one thing: “How will you know?” Expected answers depend on the seed: `custlib key 12_case --seed 12`. Typical mistakes in 12.6: “soon”, “improve the relationship”, a plan without anybody who may decide. In the conversation: answering “40 percent of what?” with another brochure figure instead of how it was measured. Whoever has played it can play it again with the new head of operations, who is another person: `custlib play bank-operations-new-head`.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 练习 25 分钟，对话 20 分钟。** 每组念自己的计划，别人只许问一句：“凭什么知道做到了？”答案随种子数变，见 `custlib key 12_case --seed 12`。12.6 的常见错误：“尽快”，“加强客户关系”，计划里没有能拍板的人。对话里的常见错误：人家问“40% 是跟什么比的”，又拿一个宣传数字去答，不说是怎么测的。谈过的可以再谈一遍：换了一位新负责人，是另一种人，`custlib play bank-operations-new-head`。

# %% [markdown] lang="en"
# **3. Write a talk of your own** (30 minutes or more, for two). Think of a conversation that went wrong last month, and change firm, names and figures until nobody can be recognised. What did the customer know that you did not ask? That's the heart of it; the rest is three turns with three sentences each, one good and two that somebody really says.
#
# You need no programming. The button lays a template beside this lesson. Then click [my-talk.yaml](my-talk.yaml): it opens in a tab of its own. Write over the sentences, save with Ctrl+S, come back and press the button again. The checker is a strict but patient reader: it goes through every way the talk can take, and names each fault with its place. Both languages are asked for; if you need only one, write the other roughly.

# %% [markdown] lang="zh"
# **3. 写一段自己的对话**（30 分钟起，两人一起）。想一段上个月谈砸了的对话，把公司、人名、数字都改掉，改到谁也认不出来。客户知道、你却没问的，是什么？这是核心；其余就是三轮，每轮三句，一句好的，两句真有人会说的。
#
# 不用编程。点按钮，模板会放在这一课旁边。然后点 [my-talk.yaml](my-talk.yaml)，它会在新标签页里打开。把句子换成你的，按 Ctrl+S 保存，回来再点一次按钮。检查程序是个严格又有耐心的读者：对话能走的每一条路它都走一遍，哪里有问题，一处一处告诉你。两种语言都要写；只用一种的话，另一种大致写写就行。

# %%
lesson.show("own_talk.bench", lesson.desk.talk())

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 30 minutes, or homework for two.** Question before anybody writes: “What did the customer know, and which question would have brought it out?” No question, no talk. Most first drafts have one good sentence and two silly ones; ask: “Who of you has really said that?” The checker will find that the longest answer is always the right one. Have the best talks collected and anonymised; whoever keeps the course puts them into `exercises/scenarios`, and `custlib scenario check` says the same as the panel here. Expected: a single fault at first, a choice is missing; once the form is whole, the checker walks the paths and more come up. Say beforehand that this is progress. Typical mistake: changing the words before the colons.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 30 分钟，也可以两人一组课后做。** 动笔之前先问：“客户知道什么？问哪句话，他才会说出来？”想不出这句，就先别写。初稿多半是一句好的、两句傻的，就问：“你们谁真这么说过？”检查程序会发现，最长的那句总是对的。写得好的收上来，隐去信息，由管课件的人放进 `exercises/scenarios`；`custlib scenario check` 说的和这里一样。期待的结果：一开始只有一处，少一个选项；格式补全以后，检查程序才走每一条路，问题会变多。先跟大家说清楚，这是进步。常见错误：改了冒号前面的词。

# %% [markdown] lang="en"
# **4. The test after the course.** Twelve questions, one try each, nothing is said about right or wrong while you answer: the same topics as in the test on the welcome page, other cases. Leave out what you do not know. It's for you alone, and it's voluntary.

# %% [markdown] lang="zh"
# **4. 课后测验。** 十二道题，每题一次，作答时不说对错；主题和首页的课前测验一样，换了例子。不会的就空着。只给你自己看，自愿做。

# %%
lesson.ask("post-1", attempts=1)

# %%
lesson.ask("post-2", attempts=1)

# %%
lesson.ask("post-3", attempts=1)

# %%
lesson.ask("post-4", attempts=1)

# %%
lesson.ask("post-5", attempts=1)

# %%
lesson.ask("post-6", attempts=1)

# %%
lesson.ask("post-7", attempts=1)

# %%
lesson.ask("post-8", attempts=1)

# %%
lesson.ask("post-9", attempts=1)

# %%
lesson.ask("post-10", attempts=1)

# %%
lesson.ask("post-11", attempts=1)

# %%
lesson.ask("post-12", attempts=1)

# %% [markdown] lang="en"
# Both tests side by side, for each topic of which you handed in both questions:

# %% [markdown] lang="zh"
# 两次测验放在一起看。一个主题的两道题都交了，才显示：

# %%
lesson.show("welcome.changes", lesson.desk.changes)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 20 minutes.** Quiet, everybody alone, no talking about answers until all are done. The key: `custlib key 12_case`. Do not rank people by it: twelve questions are far too few for that. Use it for the room: the topic most people still miss is what you repeat next time.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 20 分钟。** 安静，各做各的，都交了再讨论。答案：`custlib key 12_case`。不要拿它给人排名，十二道题远远不够。看全班：多数人还不会的主题，就是你下次要再讲的。

# %% [markdown] lang="en"
# ## Your own customers
#
# Take your own list and choose one customer. Then take the sheet of paper and answer seven questions, one line each:
#
# 1. What do I not know, and who does?
# 2. Who may decide, and when did I last talk with this person?
# 3. Is this silence longer than the usual pause?
# 4. What does the customer contribute, after what it costs to serve?
# 5. What is the largest part of the risk?
# 6. What do I do on Monday, and what do I leave out for it?
# 7. On which day, and by what, will I know whether it was right?

# %% [markdown] lang="zh"
# ## 你自己的客户
#
# 拿你自己的名单，选一家客户。然后在纸上回答七个问题，一问一行：
#
# 1. 我还不知道什么？谁知道？
# 2. 谁能拍板？我上次跟他谈是哪天？
# 3. 这次安静，比平时的间隔长吗？
# 4. 扣掉服务花的钱，它贡献多少？
# 5. 风险最大的一块是什么？
# 6. 周一做什么？为了它，放下什么？
# 7. 到哪一天，凭什么，知道做对了？

# %%
lesson.own_list()

# %%
mine = lesson.table("orders")
order_id = "order_id" if "order_id" in mine.columns else None
followed = rfm.segment(rfm.score(rfm.summarize(mine, order_id=order_id)))
lesson.show("rfm.customer", mine, followed, names=lesson.names)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** On paper, alone; nobody has to show a name. Question at the end: “Which of the seven could you not answer?” Expected: 4 and 7. Whoever cannot answer 4 knows whom to ask in accounting.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 写在纸上，各写各的，客户名字不用给人看。最后问：“七个问题里，哪个答不上来？”期待的回答：第 4 和第 7。答不上第 4 个的，就知道该去问财务的谁了。

# %% [markdown] lang="en"
# ## Take-away
#
# - Begin with what is missing. A gap with a name on it is the best plan for Monday.
# - One account, five steps: collect, analyse, model, decide, evaluate. The last is the one that is left out.
# - A plan has a person who decides, a day, and something to tell by.

# %% [markdown] lang="zh"
# ## 带走
#
# - 从缺的开始。知道缺什么、该问谁，就是周一最好的计划。
# - 一家客户五步走：收集、分析、建模、决策、评估。最容易省掉的是最后一步。
# - 计划里要有能拍板的人，有日子，有凭据。

# %%
lesson.goal()

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Go back to what was written down at the beginning: what would they now look at first? Everybody says the goal they wrote, without a customer's name, and the day on which they will tell the group how it went.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 回到开头记下的：现在他们会先看什么？每人念一句自己写的目标，不提客户名字，再说哪天告诉大家结果。
