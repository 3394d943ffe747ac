# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"

# %%
from custlib.course import open_lesson

lesson = open_lesson("04_dialogue", language=language)

# %% [markdown] lang="en"
# # 04 What did you ask, and what did you hear?
#
# Lesson 4 · about 60 minutes, with both conversations 90 · you need somebody to read aloud with, or a quiet corner

# %% [markdown] lang="zh"
# # 04 你问了什么，听到了什么？
#
# 第 4 课 · 约 60 分钟，两段对话都练，90 分钟 · 找个人一起念，或者找个安静的角落

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Think of your last talk with a customer. How many questions did you ask, and how many of the answers do you still know?” Collect numbers, no stories. Expected: the second number is much smaller, and most remembered answers are facts. *Live path (35 minutes, and 60 for the role-plays): Situation, the first half of Look, the three tables of The idea, exercises 4.1 and 4.3, then the conversations in threes.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“想想最近一次见客户：你问了几个问题？答案还记得几个？”只收数字，不讲故事。期待的回答：后一个数小得多，记住的多半是些情况。现场版（35 分钟，角色扮演另加 60 分钟）：情境、“看一看”的前半、“道理”的三张表、4.1 和 4.3 题，然后三人一组练对话。

# %% [markdown] lang="en"
# ## Situation
#
# Wednesday, on the way back from an auto-parts plant. You know everything: five voltage dips, scrap each time, work on Saturdays. She heard you out, and you'll send her something on Monday. Your manager rings: “So, what's the next step?” You begin a sentence, and notice that there is none.

# %% [markdown] lang="zh"
# ## 情境
#
# 周三，从一家汽配厂往回走。情况你都清楚：电压波动五回，回回报废，周六还要补产。对方听你讲完了，说好周一给她发资料。领导打来电话：“下一步怎么走？”你张了张嘴，发现没有下一步。

# %% [markdown] lang="en"
# Where in the talk was it lost? Usually one can hear it: not in what the customer says in the end, but in the answers that grow shorter.

# %% [markdown] lang="zh"
# 是在哪儿谈丢的？往往听得出来：不在客户最后那句话里，而在一句比一句短的回答里。

# %% [markdown] lang="en"
# ## Look
#
# Here is that talk, with nothing left out. Read it aloud in two voices. You are the seller. For each of your lines, decide: did you step on a **mine**, a sentence after which the other side closes a little? Not every line is one. When you have judged them all, you see our key and the reasons.

# %% [markdown] lang="zh"
# ## 看一看
#
# 就是这次谈话，一句没删。两个人分角色念一遍。销售就是你，每一句都由你判断：是不是踩了**雷**，也就是说完之后，对方就往回缩了一点？不是每句都是。全部判断完，会出现参考和理由。

# %%
lesson.show("dialogue.spot", lesson.table("talk_lines"))

# %% [markdown] lang="en"
# Now many talks at once. Your colleagues at Langheng had 24 of their talks written down and every line coded: which kind of question, which mine, how many seconds. The four kinds of questions are explained under The idea; for now it's enough that from S to N they go from facts to gains. A talk ends in an *order* (signed), an *advance* (the customer will do something, on a day), a *continuation* (nothing agreed) or a *no-sale* (door closed).

# %% [markdown] lang="zh"
# 再一次看很多次谈话。你在朗衡的同事把 24 次谈话记了下来，每句话都做了标记：是哪种问题，踩了哪种雷，说了几秒。四种问题“道理”里会讲，现在只要知道：从 S 到 N，是从情况一路问到收益。结果有四种：订单（签了）、晋级（客户答应哪天做一件事）、暂时中断（什么也没答应）、成交失败（门关上了）。

# %%
lines, talks = lesson.table("talk_lines"), lesson.table("talks")
lesson.show("dialogue.questions", lines, talks)

# %%
lesson.show("dialogue.counted", talks)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes.** Two people read the talk aloud, the room raises a hand at each mine. Question: “What does Ms Tian say right after it?” Expected: shorter, drier, about something else; she gives her last real answer to the question about the cost of a batch. Typical mistakes: calling the last line a mine (it does no harm, it only leads nowhere), and missing the first one (three polite questions, all on the website). About the chart ask: “Does this prove that such questions bring success?” Expected: no. The data are invented, and even real ones could be turned round: whoever has an interested customer gets to ask more.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟。** 请两个人念，大家听到雷就举手。问：“踩了之后，田经理接的是什么话？”期待的回答：更短、更冷，或者岔开了；最后一次认真回答，是问到一批损失多少的时候。常见错误：把最后一句当成雷（它没伤人，只是哪儿也没去）；漏掉第一句（三个客客气气的问题，官网上全有）。看图时问：“这能证明这样问就会成吗？”期待的回答：不能。数据是虚构的；就算是真的，也可能反过来，客户本来有兴趣，你才问得下去。

# %% [markdown] lang="en"
# ## Try
#
# Follow one talk from its first line to its last. The cross marks a mine.
#
# - Begin with the one you've just read. Behind which cross do the questions stop?
# - Find a talk that ended in an advance. How far down do its questions go, and what stands before the last line?
# - Find a talk in which the seller talked for more than half of the time. How did it end?

# %% [markdown] lang="zh"
# ## 试一试
#
# 从头到尾看一次谈话，叉是踩了雷的地方。
#
# - 先看刚才念的那一次。踩到第几个雷以后，就没有问题了？
# - 找一次以晋级结束的。它问到了哪一种？最后一段之前是什么？
# - 找一次销售说话占了一半以上时间的。结果怎样？

# %%
lesson.show("dialogue.follow", lines, talks)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 7 minutes.** In pairs, one talk each. Question: “Which single line would you change?” Expected: an early one, since everything after it has to be won back first. Typical mistake: counting questions and calling many good. Point at a talk with six situation questions that ended in nothing.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 7 分钟。** 两人一组，每组挑一次。问：“只改一句，你改哪句？”期待的回答：靠前的那句，因为后面每一句都得先把丢掉的挽回来。常见错误：数问题的个数，以为越多越好。可以指一次问了六个背景问题、什么也没谈成的。

# %% [markdown] lang="en"
# ## The idea
#
# **Questions.** Neil Rackham (*SPIN Selling*, 1988) sorted the questions of sellers into four kinds. Their first letters make the word; the order is a help, not a rule.

# %% [markdown] lang="zh"
# ## 道理
#
# **问题。** Neil Rackham（*SPIN Selling*，1988）把销售提的问题分成四种，取首字母就是 SPIN。顺序是帮手，不是死规矩。

# %%
lesson.show("dialogue.kinds")

# %% [markdown] lang="en"
# A need often begins as a complaint: “it takes long”. Rackham calls that *implied*. I-questions make it larger, N-questions let the customer say what they want instead; then it's *explicit*. What you say about your product should wait for that. A **feature** says what it has, an **advantage** what it's good for, a **benefit** meets a need the customer has voiced. Only the third one answers something.
#
# **How firm is that?** By the account of Huthwaite, Rackham's own firm, it rests on more than 35,000 sales calls, watched over 12 years in 23 countries. In those calls open and closed questions made no difference, and closing techniques did harm in large sales. Three things to keep in mind: the firm that counted also sells the training; watching is not an experiment, since an interested customer lets you ask more; and in small, quick sales much of it doesn't hold. (SPIN is a mark claimed by Huthwaite International; we retell the book in our own words.)
#
# **Outcomes.** In a large sale most talks end without a signature. So “did they sign?” is the wrong question; the right one is whether anything has moved.

# %% [markdown] lang="zh"
# 需求开头往往只是一句抱怨：“太慢了。”Rackham 叫它隐含需求。暗示问题把它问大，需求-效益问题让客户自己说出想要什么，这时才叫明确需求。产品的话，等到这时再说。**特点**说它有什么，**优点**说它好在哪儿，**效益**对上客户说出口的需求。只有第三种，是在回答客户。
#
# **有多靠得住？** 按 Rackham 自己的公司 Huthwaite 的说法，他们用 12 年，在 23 个国家看了 3.5 万多次销售拜访。开放式、封闭式问题没有差别；大单里，逼单的技巧反而坏事。有三点要记着：数数的公司自己也卖这门培训；旁观不是实验，客户有兴趣，你才问得下去；小单、快单里，很多结论不成立。（SPIN 是 Huthwaite International 主张的商标；书里的意思，我们用自己的话讲。）
#
# **结果。** 大单谈一次，多半签不了字。所以别问“签了没有”，要问“往前走了没有”。

# %%
lesson.show("dialogue.outcomes")

# %% [markdown] lang="en"
# **Mines.** For these there's no standard; the list is ours. How much a mine hurts depends on whom you meet: small talk is a mine with somebody who has set a limit of fifteen minutes, and leaving it out is one with somebody who is pouring you tea. One kind is always the end: favours, inside information, arranged bids.

# %% [markdown] lang="zh"
# **雷区。** 这没有公认的标准，下面是我们自己列的。雷有多响，要看对面是谁：人家只给十五分钟，寒暄就是雷；人家正给你倒茶，不寒暄才是雷。有一种不管对谁都是到此为止：给好处、打听内部信息、安排陪标。

# %%
lesson.show("dialogue.mines")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Don't read the tables aloud. Question: “Which kind of question do you ask least, and why?” Expected: I. People fear to rub salt in, or they run ahead to the solution. Typical mistakes: taking “What would it be worth to you?” for a trick (the customer must be free to say “nothing”); using I-questions to frighten. Compliance: if somebody tells of a real case, stop the story before a name is said, and say whom to ask in your company.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 表格不用念。问：“四种问题里，你问得最少的是哪一种？为什么？”期待的回答：暗示问题。怕往人家伤口上撒盐，或者急着讲方案。常见错误：把“对您值多少”当成套话（客户要有说“不值什么”的自由）；拿暗示问题吓唬人。合规：有人要讲真事，在说出名字之前打住，并告诉大家公司里该问谁。

# %% [markdown] lang="en"
# ## Do
#
# **1. Six exercises.** Answer, then read what comes back. Everything you do is kept as you do it.

# %% [markdown] lang="zh"
# ## 练一练
#
# **1. 六道题。** 答完看看反馈。每一步都会马上保存。

# %%
lesson.ask("dialogue-1")

# %%
lesson.ask("dialogue-2")

# %%
lesson.ask("dialogue-3")

# %%
lesson.ask("dialogue-4")

# %%
lesson.ask("dialogue-5")

# %%
lesson.ask("dialogue-6")

# %% [markdown] lang="en"
# **2. Fifteen minutes with Director Wei.** Now you talk yourself. Read the brief, look at the cues, then choose what you say. In this first conversation a coach speaks after every turn. In the middle you're asked what you think of him, at the end what you noticed; only then comes the result. Play it twice; the second time is the one that counts.

# %% [markdown] lang="zh"
# **2. 与魏总监的十五分钟。** 这回你来谈。先看任务，看看线索，再选你要说的话。第一段对话，教练每一轮都会说一句。谈到一半会问你怎么看对方，谈完先问你注意到了什么，然后才出结果。练两遍，第二遍才算数。

# %%
lesson.play("driver-purchasing-director", level=1)

# %%
lesson.ask("dialogue-7")

# %% [markdown] lang="en"
# **3. “We're quite content.”** Plant manager Luo is a different person on a different day. Here the coach waits until the end. Before you begin, write down which mine you're most likely to step on with him.

# %% [markdown] lang="zh"
# **3. “我们挺满意的”。** 罗厂长是另一个人，另一种场合。这一次，教练到最后才说话。开始之前先写下来：跟他谈，你最容易踩哪个雷？

# %%
lesson.play("amiable-plant-manager")

# %%
lesson.ask("dialogue-8")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · exercises 20 minutes, conversations 2 × 20.** In threes: one sells, one reads the customer's lines aloud, one watches and notes mines; change after each conversation. Before every choice the seller says the sentence in their own words, then picks the nearest one. Debrief by asking, before anybody looks at the score: “Which sentence of the customer surprised you?” “What did he not say until you asked?” Typical mistakes with Wei: a price before a need; with Luo: taking the first reason, costs, for the real one. Key to 4.6: any question that takes up the deliveries, asks what they lead to, and sells nothing. For those who finish early there is a third one, with a temptation in it: `custlib play expressive-chief-engineer`.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 练习 20 分钟，对话 2 × 20 分钟。** 三人一组：一人当销售，一人念客户的话，一人旁观记雷；每段之后换人。选之前，销售先用自己的话说一遍，再挑最接近的那句。复盘先提问，再看分：“客户哪句话让你没想到？”“哪件事，你不问他就不说？”和魏总谈，常见错误是需求没出来先报价；和罗厂长谈，是把他说的第一个理由“成本”当真。4.6 的参考：接着那几批货，问后果，什么也不卖，就对。先做完的可以练第三段，里面有个诱惑：`custlib play expressive-chief-engineer --lang zh`。

# %% [markdown] lang="en"
# ## Your own talks
#
# Take your last talk with a customer. Count roughly how many questions of each kind you asked, tick the mines you remember, and say how it ended. What you enter isn't stored; when the page is closed, it's gone.

# %% [markdown] lang="zh"
# ## 你自己的谈话
#
# 拿最近一次和客户的谈话来看。每种问题大概问了几个，还记得踩过哪些雷，结果怎样。填的内容不会保存，关掉页面就没了。

# %%
lesson.show("dialogue.sheet")

# %% [markdown] lang="en"
# **Write down tonight:** one difficulty this customer has named, one I-question to it and one N-question, each as you'd really say it. Use the stems in the panel if you like. Rackham's advice for learning it fits here as well: one kind of question at a time, at least three tries before you judge it, many before good, and first where little is at stake.

# %% [markdown] lang="zh"
# **今晚就写**：这家客户说过的一个难点，接着它写一个暗示问题、一个需求-效益问题，写成你真会说的话。面板里的开头可以拿来用。怎么练，Rackham 的建议也用得上：一次只练一种，试够三次再下结论，先求多再求好，先在输得起的场合练。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Quiet work. Question at the end: “Who has four kinds with at least one each?” Expected: few hands. Typical mistake: an I-question with the product in it (“What would our system save you?”). No customers' names on the screen or the board.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 安静地各做各的。最后问：“四种问题每种都有的，有几位？”期待的结果：没几个人举手。常见错误：暗示问题里带着产品（“我们的系统能给您省多少？”）。屏幕上、白板上都不出现客户的名字。

# %% [markdown] lang="en"
# ## Take-away
#
# - Listen to the answer after your sentence. If it gets shorter, you stepped on something.
# - Take a difficulty that was named, ask what it leads to, and let the customer say what its end would be worth.
# - Leave with something the customer will do, and with a day.
#
# Next: [05 Who should hear from you this week?](05_rfm.ipynb)

# %% [markdown] lang="zh"
# ## 带走
#
# - 听你说完之后，对方怎么接。话变短了，多半是踩着什么了。
# - 抓住一个说出来的难点，问它会带来什么，再让客户说，没有它值多少。
# - 走的时候，要有一件客户会做的事，和一个日子。
#
# 下一课：[05 这周先联系谁？](05_rfm.ipynb)

# %%
lesson.goal()

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 2 minutes.** Everybody says one sentence: the occasion of their next talk (no name) and the one question they'll ask there. Ask for it again at the next meeting of the group.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 2 分钟。** 每人一句话：下次谈话是什么场合（不提名字），准备问哪一个问题。下次集中培训时再问结果。
