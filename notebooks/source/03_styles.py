# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
language: str = "en"
seed: int = 7  # another number gives other variants of the exercises

# %%
from custlib.analysis import styles
from custlib.course import open_lesson

lesson = open_lesson("03_styles", language=language, seed=seed)

# %% [markdown] lang="en"
# # 03 How does this person like to talk?
#
# Lesson 3 · about 55 minutes, and 25 for the exercises · you need a sheet of paper and somebody to talk to

# %% [markdown] lang="zh"
# # 03 他喜欢怎么谈？
#
# 第 3 课 · 约 55 分钟，练习另加 25 分钟 · 备一张纸，再找个人一起练

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Who has given the same presentation twice in one week, and it worked once?” Take two stories. Keep asking what was *seen and heard*: “He was difficult” is a judgement; “he looked at his watch on slide three” is an observation. That distinction is the whole lesson. *Live path (25 minutes): Situation, Look, Try, the transcript from Do, Take-away; The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“谁在一周里把同一套方案讲过两遍，只成了一次？”请两个人讲讲。要不断追问“看到、听到”的是什么：“他难缠”是评价，“讲到第三页他看了看表”才是观察。分清这两样，这一课就学到了。现场版（25 分钟）：情境、看一看、试一试、“练一练”里的对话、带走；“道理”课后读。

# %% [markdown] lang="en"
# ## Situation
#
# Tuesday, ten o'clock, twelve slides: on the third the plant manager looks at his watch and asks what it costs, and you never show the rest. Three o'clock, another plant, the same twelve slides: the quality engineer stops you on the fourth, asks how that figure was measured, and asks for the file to read again later.

# %% [markdown] lang="zh"
# ## 情境
#
# 周二上午十点，你有十二页幻灯片。讲到第三页，厂长看了看表，问多少钱，后面几页再没机会讲。下午三点换了一家厂，还是这十二页：讲到第四页，质量工程师让你停一下，问这个数是怎么测的，最后还要了文件，说回去细看。

# %% [markdown] lang="en"
# The slides were the same. What differed could be seen and heard early in each meeting. This lesson is about noticing it, and about using it in the same meeting.

# %% [markdown] lang="zh"
# 幻灯片没变，变的是对方怎么谈，会一开头就看得见、听得出。这一课练的就是：看出来，当场用上。

# %% [markdown] lang="en"
# ## Look
#
# Your colleagues at Langheng, who sell drives and backup power, noted after each meeting what they had seen: not what somebody *is*, only what somebody *did*. Such a sign is called a cue. With enough of them a meeting gets a place on a grid: the more the other side tried to influence the talk, the further right; the more feeling they showed, the further down. The grid has four quarters; the words in the corners are their names, explained under The idea.

# %% [markdown] lang="zh"
# ## 看一看
#
# 你在朗衡的同事卖变频器和备用电源。每次见完客户，他们只记看到的：不写他“是”什么人，只写他“做”了什么。这样记下的一条，叫一条线索（cue）。线索够了，这次会面在图上就有了位置：对方越想左右这场谈话，越靠右；情绪露得越多，越靠下。图分四格，四个角上写的是各格的名字，“道理”里再讲。

# %%
observations, meetings = lesson.table("observations"), lesson.table("meetings")
placed = styles.place(observations)
lesson.show("styles.grid", placed, meetings)

# %%
lesson.show("styles.after", placed, meetings)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Let everybody find the orange line first. Question: “Which of these three meetings shows the real person?” Expected: each of them shows a part, none the whole person. Typical mistake: “She is driving, she was only relaxed on the tour.” Say: you would be choosing the meeting that fits your picture. The grid shows meetings; nobody on it has a type.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 先让大家找到橙色的线。问：“这三次，哪一次才是真正的她？”期待的回答：都是，也都不全是。常见错误：“她本来就是主导型，参观那天只是放松了。”可以说：那是你在挑符合自己印象的那一次。图上的点是会面，没有谁被归成哪一型。

# %% [markdown] lang="en"
# ## Try
#
# The ticks below are what was noted. Change them and watch the dot, then the advice.
#
# - Start with the meeting that is open: it is in between, inside the dashed lines. Find one box that takes it out; there may be several. What would you then say first?
# - Choose the meeting with too few cues. Which axis has no place yet, and what would you have to see or hear to give it one?
# - Choose a meeting in one of the corners. How few boxes do you have to change until it stands in another quarter? The answer differs from meeting to meeting.

# %% [markdown] lang="zh"
# ## 试一试
#
# 下面勾着的，是会面时记下的线索。改一改，先看点怎么动，再看建议怎么变。
#
# - 先用打开的这一次：它居中，在虚线之间。找一个选项，动一下它就离开中间；这样的选项可能不止一个。那时你第一句话怎么说？
# - 选线索不够的那一次。哪条轴还没有位置？还得看到或听到什么，才会有？
# - 选一次靠角落的。最少动几个选项，它会落进另一格？各次会面的答案不一样。

# %%
lesson.show("styles.place", observations, meetings, start="M09")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 9 minutes.** In pairs: one moves, one reads the advice aloud. Question: “When did the advice change, and was it late or early?” Expected: in the corners it takes several changes, near the middle one is enough, so near the middle you prepare for both. Second bullet: one more cue on responsiveness, and on a call that can only be a heard one. Typical mistake: ticking what they think of the person (“arrogant”) under “states opinions as facts”. Ask: “Which sentence did you hear?” No sentence, no tick.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 9 分钟。** 两人一组：一个动勾，一个把建议念出来。问：“建议是什么时候变的？早了还是晚了？”期待的回答：在角落要动好几个选项才变，靠近中间动一个就变，所以靠近中间时两手都要准备。第二问：情感外露度上再有一条就够，电话里只能靠听。常见错误：觉得对方“傲”，就去勾“把看法当定论说”。追问一句：“你听到的是哪句话？”说不出哪句，就不勾。

# %% [markdown] lang="en"
# ## The idea
#
# Merrill and Reid (*Personal Styles and Effective Performance*, 1981) describe how people come across on two axes:
#
# - **Assertiveness** (果断性): how strongly somebody tries to influence the talk, from *asks* to *tells*.
# - **Responsiveness** (情感外露度): how much feeling somebody lets you see, from *controls* to *emotes*.
#
# Judge them one at a time. Loud is not the same as warm, and quiet is not the same as cool.
#
# How to get from cues to a place is **our own convention**. A cue counts once per meeting:
#
# $$\text{assertiveness} = \frac{\text{tell cues}}{\text{ask cues} + \text{tell cues}}$$
#
# $$\text{responsiveness} = \frac{\text{emote cues}}{\text{control cues} + \text{emote cues}}$$
#
# Both run from 0 to 1, that is from 0 % to 100 %. One meeting, worked through:

# %% [markdown] lang="zh"
# ## 道理
#
# Merrill 和 Reid（*Personal Styles and Effective Performance*，1981）用两条轴来描述一个人给别人的印象：
#
# - **果断性**（assertiveness）：对方有多想左右这场谈话，一头是“问”（ask），一头是“说”（tell）。
# - **情感外露度**（responsiveness）：对方让你看到多少情绪，一头是“收”（control），一头是“放”（emote）。
#
# 两条轴分开看。嗓门大不等于热情，话少也不等于冷淡。
#
# 从线索到位置怎么算，是**我们自己的约定**。同一条线索，一次会面只算一次：
#
# $$\text{果断性} = \frac{\text{“说”的线索}}{\text{“问”的线索} + \text{“说”的线索}}$$
#
# $$\text{情感外露度} = \frac{\text{“放”的线索}}{\text{“收”的线索} + \text{“放”的线索}}$$
#
# 两个数都在 0 到 1 之间，也就是 0% 到 100%。拿一次会面算给你看：

# %%
lesson.show("styles.worked", placed, meetings, "M08")

# %% [markdown] lang="en"
# Cut both axes in the middle and there are four quarters, one for each style. Two more conventions of ours: from 0.4 to 0.6, both included, on either axis we say *in between*, and with fewer than 2 cues on an axis we say *not known yet*. Not known is not the same as half.

# %% [markdown] lang="zh"
# 两条轴都从中间切开，分成四格，一格一种风格。下面两条也是我们的约定：任何一条轴在 0.4 到 0.6 之间（含两头），叫“居中”；任何一条轴不满 2 条线索，叫“还看不出”。看不出，不等于一半一半。

# %%
lesson.show("styles.advice")

# %% [markdown] lang="en"
# The last column says what somebody who talks in this style tends to do under pressure (after Merrill and Reid). The column “What you do” is your part: **you** adapt, not the other side. Sales research calls this adaptive selling (Spiro and Weitz, 1990). It is not acting. You bring the same offer and stay the same person; you choose what comes first, how fast you go, and which papers you hand over.
#
# **Four cautions.**
#
# 1. A style is a guess about one meeting. One more cue may change it, so keep looking.
# 2. Title, age, gender and region are not cues. “Engineers are analytical” is a prejudice, even when it happens to fit.
# 3. You are no exception. TRACOM, the company that developed the model further, reports: how people see their own style agrees with how others see it only about half the time. Ask a colleague what they see and hear when you talk with customers.
# 4. A style label on a named person does not belong in any file. It is information about a person: in China the Personal Information Protection Law has applied since 2021, elsewhere there are similar laws. Notes on what happened at a meeting are information about a person too: follow your company's rules, keep only what you need and only as long as you need it, and delete it when asked.

# %% [markdown] lang="zh"
# 最后一列，是用这种风格谈的人，压力一大容易有的反应（据 Merrill 和 Reid）。“要做”那一列是你的事：要调整的是**你**，不是对方。销售研究里叫适应性销售（adaptive selling，Spiro 和 Weitz，1990）。这不是演戏：方案还是那个方案，你还是你，只是先讲什么、讲多快、留下什么材料，由你来定。
#
# **四个提醒。**
#
# 1. 风格只是对一次会面的猜测。再多一条线索，就可能推翻它，所以要一直看。
# 2. 职务、年龄、性别、地域都不是线索。“工程师都是分析型”是成见，碰巧说中了也还是成见。
# 3. 你自己也不例外。后来继续发展这套模型的 TRACOM 公司报告说，自己眼里的风格和别人看到的，大约只有一半对得上。找个同事问问：你跟客户谈的时候，他看到、听到的是什么。
# 4. 给有名有姓的人贴风格标签，哪个系统里都不该有。这是个人信息：在中国，《个人信息保护法》2021 年起施行，别处也有类似的法律。记下会面时发生的事，同样是个人信息：按公司规定办，只记用得着的，用完就删，对方要求删也要能删。

# %% [markdown] lang="en"
# The names in Chinese books: driving is 主导型 (also 驾驭型, 控制型 or 驱动型), expressive is 表达型, amiable is 亲和型 (also 和蔼型 or 友善型), analytical is 分析型. 支配型 belongs to DISC, which is another model.

# %% [markdown] lang="zh"
# 主导型（driving）在别的书里也叫驾驭型、控制型、驱动型，亲和型（amiable）也叫和蔼型、友善型；另外两型是表达型（expressive）和分析型（analytical）。主导型不是 DISC 里的支配型，那是另一套模型。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Do not read the table aloud. Question: “Which of the four do you find hardest to talk with, and what do you do then that makes it worse?” Expected: often the corner opposite to their own, but not always. Typical mistakes: taking “amiable” for the easy customer (the friendly yes is the riskiest answer in the room); taking “analytical” for resistance (whoever asks for proof has not said no). If somebody asks for a test to sort their customers: there is none here on purpose, see the fourth caution.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 表格不用念。问：“四种里你最怕跟哪一种谈？这时你会怎么做，反而更糟？”期待的回答：往往是自己斜对角那一格，但也不一定。常见错误：以为亲和型好谈（客客气气的“行”，是最靠不住的一句话）；以为分析型在刁难（要证明的人，并没有说不）。有人想要一份测试题给客户归类：我们有意不给，理由见第四个提醒。

# %% [markdown] lang="en"
# ### And what is it about?
#
# How somebody talks is one thing, what they care about another. Behind “it has to be safe” there may be the supply of a plant or the signature of one person. For everybody in a team to hear the same, it needs a **coding scheme** (归类标准): boxes with names, and a rule for what goes in. We use the five levels of Maslow's “A Theory of Human Motivation” (1943), as boxes only. That people need them one after the other, from the bottom to the top, is a popular story with weak support (Wahba and Bridwell, 1976); the well-known pyramid is not Maslow's drawing. You code what was **said**, never who somebody is, and a sentence may fit two boxes: then choose the one its words speak of most.

# %% [markdown] lang="zh"
# ### 他关心的是什么？
#
# 怎么谈是一回事，关心什么是另一回事。同样一句“得稳妥”，背后可能是全厂的供货，也可能是一个人的签字。要让团队听得一样，得有一套**归类标准**（coding scheme）：几个有名字的格，每格放什么，说清楚。这里用马斯洛《人类动机理论》（1943）的五个层次，只当格子用。“从低到高、一层满足了才有下一层”，流传很广，证据很弱（Wahba 和 Bridwell，1976）；那张有名的金字塔也不是马斯洛画的。归类的是**说出来的话**，不是人；一句话放得进两格，就看字面上说得最多的是哪个。

# %%
lesson.show("needs.scheme")

# %% [markdown] lang="en"
# Ten sentences of customers. Code them alone, then compare with ours, or with your neighbour's. At the end a figure appears, κ, which is explained below, with an interval: how far κ may be off with so few sentences. If it reaches down to 0, the agreement may be chance.

# %% [markdown] lang="zh"
# 客户的十句话。先自己归类，再和我们的对照，也可以和旁边的人对照。归完会出现一个数 κ，下面就讲；后面跟着一个区间，是说句子这么少，κ 可能差多少。区间碰到 0，就可能只是碰巧。

# %%
lesson.show("needs.coder")

# %% [markdown] lang="en"
# Agreeing is not enough: two people who both say “safety” most of the time agree often by chance. **Cohen's κ** (kappa) takes that part away:
#
# $$\kappa = \frac{\text{share coded alike} - \text{share by chance}}{1 - \text{share by chance}}$$
#
# 1 is full agreement, 0 is what chance gives (Cohen, 1960). Lesson 06 uses it again, for grades.

# %% [markdown] lang="zh"
# 光看一致的比例不够：两个人都爱选“安全”，碰巧也会常常一样。**Kappa 系数**（κ）把碰巧的部分去掉：
#
# $$\kappa = \frac{\text{一致的占比} - \text{碰巧的占比}}{1 - \text{碰巧的占比}}$$
#
# 1 是完全一致，0 就是碰巧（Cohen，1960）。第 6 课评等级时还会用到。

# %%
lesson.show("needs.worked")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** In pairs: each codes the ten on a sheet of their own before the screen is touched. Question: “Where did you differ, and which word was it?” Expected: “signature” (safety or esteem) and “shift leaders” (belonging or esteem). Let the room sharpen the rule for one box, then recode. Typical mistakes: coding the person (“he is vain”) instead of the sentence; arguing which level is higher. There is no higher.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 两人一组，先各自写在纸上归完十句，再动屏幕。问：“哪几句不一样？是哪个词？”期待的回答：“签字”（安全还是尊重），“班组长”（归属还是尊重）。让大家把其中一格的标准说得更清楚，再归一遍。常见错误：归的是人（“他好面子”），不是话；争哪一层更高。这里没有高低。

# %% [markdown] lang="en"
# ## Do
#
# **1. Listen.** You are visiting Ms Ruan, head of facilities at a hospital. Choose for each of her lines what it shows most clearly:
#
# - *asks*: she leaves you room, speaks softly, wants to hear others first;
# - *tells*: she states a view as a fact, sets the order, decides at once;
# - *controls*: she keeps to the matter, asks for figures or proof;
# - *emotes*: she speaks of people, stories or feelings, laughs or sighs;
# - *nothing*: the line gives only information.
#
# A question mark alone is not yet *asks*: look at what the question is about. When you have read every line, you see the key, which is our own reading, with a reason for each line.

# %% [markdown] lang="zh"
# ## 练一练
#
# **1. 听。** 你去拜访一家医院的后勤负责人阮科长。她的每句话，最看得出什么，由你来选：
#
# - “问”：给你留余地，话说得软，要先听听别人的；
# - “说”：把看法当定论说，定先谈什么，当场拍板；
# - “收”：只谈事，要数据，要证明；
# - “放”：说到人、经历或感受，笑了，叹气了；
# - “没有线索”：只是说明情况，什么也看不出。
#
# 带问号的话不一定算“问”，要看问的是什么。每句都选完，会出现参考，就是我们自己的判断，每句都有理由。

# %%
lesson.show("styles.reader", lesson.table("transcript_cues"))

# %% [markdown] lang="en"
# **2. Answer her last line.** Say it aloud to your neighbour. A good answer leaves her free to say no, gives her something the head nurse can read, and ends with a day on which you speak again. It does not push.
#
# **3. Write one opening twice.** “Thank you for your time. I'd like to take you through our new battery range.” Write it for a meeting that reads as driving, then for one that reads as amiable. Read both aloud; your neighbour says which is which and how they could tell. A good opening for driving names purpose, time and the decision you want. A good opening for amiable starts with people and says what will not change.
#
# **4. Now on paper and screen.** Ten exercises. Answer, then read what comes back: a wrong answer is told what it would mean. Everything you do is kept as you do it.

# %% [markdown] lang="zh"
# **2. 接她最后一句话。** 说给旁边的人听。好的回答给她说“不”的余地，给她一份护士长也看得懂的材料，最后约好哪天再谈；不催。
#
# **3. 一句开场写两遍。** “感谢您抽时间，我来介绍一下我们的新款电池。”对方看来是主导型，写一句；对方看来是亲和型，再写一句。两句都念出来，让旁边的人猜哪句是哪句，是从哪儿听出来的。好的前一句说清来意、时长和要定的事；好的后一句先说人，再说什么不会变。
#
# **4. 再做几道题。** 共十道。答完看看反馈：答错了，会告诉你错在哪里。每一步都会马上保存。

# %%
lesson.ask("styles-1")

# %%
lesson.ask("styles-2")

# %%
lesson.ask("styles-3")

# %%
lesson.ask("styles-4")

# %%
lesson.ask("styles-5")

# %%
lesson.ask("styles-6")

# %%
lesson.ask("styles-7")

# %%
lesson.ask("styles-8")

# %%
lesson.ask("styles-9")

# %%
lesson.ask("styles-10")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes, with all exercises 40.** Transcript 5, the rest 7. *Live path:* exercises 3.1 and 3.8; the others at home. Question after the transcript: “Which sentence of yours could have lost her?” Model answers. *Task 2:* “Of course. I'll leave you one page for them, with the noise figures on it. Shall I ring on Thursday, after you've spoken? And if it's not the right thing, tell me then.” *Task 3, driving:* “Two things, ten minutes: which battery carries the new wing, and what it costs. At the end I need a yes or no to a trial.” *Amiable:* “How are your people coping with all the preparation? I've brought an idea for the new wing; the cabinets you have would stay where they are.” Typical mistake in task 2: “But you said it sounds good.” It leaves her no way out; she may say yes and not mean it.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟，练习全做 40 分钟。** 对话 5 分钟，其余 7 分钟；现场版只做 3.1 和 3.8，其余课后做。对话读完后问：“你这边说哪句话，可能就把她谈丢了？”参考答案。第 2 题：“应该的。我留一页给他们看，噪声的数据都在上面。等你们商量完，我周四打给您？不合适您也直说。”第 3 题，主导型：“两件事，十分钟：新楼用哪款电池，多少钱。讲完请您定一下，试还是不试。”亲和型：“筹备这阵子，大家都还顾得过来吧？新楼我有个想法，您现在那几台柜子原地不动。”第 2 题常见错误：“您刚才不是说挺好吗？”这样她没有退路，可能嘴上答应，心里没同意。

# %% [markdown] lang="en"
# ## Your own meetings
#
# Three empty sheets for your last three meetings with customers. Tick only what you could put into a sentence with “he said” or “she did”. Nothing you tick is stored; when the page is closed, it is gone.

# %% [markdown] lang="zh"
# ## 你自己的会面
#
# 三张空白表，对应你最近三次和客户的会面。说得出“他当时说了……”“她当时做了……”的，才勾。勾的内容不会保存，关掉页面就没了。

# %%
lesson.show("styles.sheets")

# %% [markdown] lang="en"
# **Write down tonight,** for each meeting: the day, the occasion, three things you saw or heard, and one thing you will do differently next time. **Do not write down** a type beside a name, what you guess about somebody's character, or anything about family, health or faith. Before the next meeting look at the cues again, not at the result.

# %% [markdown] lang="zh"
# **今晚就写**，每次会面写四样：哪天，什么场合，看到或听到的三件事，下次你打算怎么改。**不要写**：某某人是哪一型，你猜的性格，家庭、健康、信仰方面的任何事。下次见面前，重看的是线索，不是结论。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Quiet work, nobody shows a sheet. Question at the end: “Who has a meeting that is not known yet?” Expected: many hands, and that is useful: now they know what to watch for. Typical mistake: all ticks on one side, because the opinion came first. Say: find one cue that speaks against your opinion. No names of customers on the screen or the board.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 安静地各做各的，表不给别人看。最后问：“谁有一次会面还看不出？”期待的结果：不少人举手。这有用，下次就知道该看什么了。常见错误：勾全在一边，因为心里先有了结论。可以说：找一条跟你想法相反的线索。屏幕上、白板上都不出现客户的名字。

# %% [markdown] lang="en"
# ## Take-away
#
# - Note what somebody did, not what somebody is. The same person may talk quite differently on Thursday.
# - Two axes, judged separately: how strongly do they try to influence the talk, and how much feeling do they show?
# - Before your next meeting, prepare two openings. Listen first, then choose.
#
# Next: [04 What did you ask, and what did you hear?](04_dialogue.ipynb)

# %% [markdown] lang="zh"
# ## 带走
#
# - 记他做了什么，别记他是什么人。同一个人，周四可能就是另一种谈法。
# - 两条轴分开看：他有多想左右谈话？他露出多少情绪？
# - 下次见客户前，备好两种开场。先听对方说几句，再挑一种。
#
# 下一课：[04 你问了什么，听到了什么？](04_dialogue.ipynb)

# %%
lesson.goal()

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 2 minutes.** Everybody says one sentence: the occasion of their next meeting (no name) and the first line they will try. Ask for it again at the next meeting of the group.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 2 分钟。** 每人一句话：下次会面是什么场合（不提名字），准备试哪句开场。下次集中培训时再问结果。
