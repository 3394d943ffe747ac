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
from custlib.analysis import styles
from custlib.course import open_lesson

lesson = open_lesson("03_styles", language=language)

# %% [markdown] lang="en"
# # 03 How does this person like to talk?
#
# Lesson 3 · about 45 minutes · you need a mouse, a sheet of paper and somebody to talk to

# %% [markdown] lang="zh"
# # 03 他喜欢怎么谈？
#
# 第 3 课 · 约 45 分钟 · 备好鼠标、一张纸，再找个能对话的人

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 3 minutes.** Ask: “Who has given the same presentation twice in one week, and it worked once?” Take two stories. Keep asking what was *seen and heard*: “He was difficult” is a verdict; “he looked at his watch on slide three” is an observation. That distinction is the whole lesson. *Live path (30 minutes): Situation, Look, Try, the transcript from Do, Take-away; The idea is read at home.*

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 3 分钟。** 问大家：“谁在一周里把同一套方案讲过两遍，只成了一遍？”请两个人讲讲。要不断追问“看到、听到”的是什么：“他难缠”是评价，“讲到第三页他看了看表”才是观察。分清这两样，这一课就学到了。现场版（30 分钟）：情境、看一看、试一试、“练一练”里的对话、带走；“道理”课后读。

# %% [markdown] lang="en"
# ## Situation
#
# Tuesday, ten o'clock, twelve slides: on the third the plant manager looks at his watch and asks what it costs, and you never reach the end. Three o'clock, another plant, the same twelve slides: the quality engineer stops you on the fourth, asks how that was measured, and wants the file to take home.

# %% [markdown] lang="zh"
# ## 情境
#
# 周二上午十点，你有十二页幻灯片。讲到第三页，厂长看了看表，问多少钱，后面的再没机会讲。下午三点换一家厂，还是这十二页：讲到第四页，质量工程师让你停一下，问这个数是怎么测的，临走还把文件要去细看。

# %% [markdown] lang="en"
# The slides were the same. What differed could be seen and heard by the third minute. This lesson is about noticing it, and about doing something with it before the fourth.

# %% [markdown] lang="zh"
# 幻灯片没变，变的是对面怎么谈，头三分钟就看得见、听得出。这一课练的就是：看出来，并且马上用上。

# %% [markdown] lang="en"
# ## Look
#
# Your colleagues at Langheng, who sell drives and backup power, noted after each meeting what they had seen: not what somebody *is*, only what somebody *did*. Such a sign is called a cue. With enough of them a meeting gets a place: further right where the other side pushed more, further down where more feeling showed.

# %% [markdown] lang="zh"
# ## 看一看
#
# 你在朗衡的同事卖变频器和备用电源。每次见完客户，他们只记看到的：不写他“是”什么人，只写他“做”了什么。这样记下的一条，叫一条线索（cue）。线索够了，这次会面就有了位置：对方推得越用力，越靠右；情绪露得越多，越靠下。

# %%
observations, meetings = lesson.table("observations"), lesson.table("meetings")
placed = styles.place(observations)
lesson.show("styles.grid", placed, meetings)

# %%
lesson.show("styles.after", placed, meetings)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 6 minutes.** Let everybody find the orange line first. Question: “Which of these three meetings shows the real person?” Expected answer: all of them, and none. Typical mistake: “She is driving, she was only tired on the tour.” Say: you would be choosing the meeting that fits your picture. The grid shows meetings; nobody on it has a type.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 6 分钟。** 先让大家找到橙色的线。问：“这三次，哪一次才是真正的她？”应答：都是，也都不全是。常见错误：“她本来就是主导型，参观那天只是放松了。”可以说：那是你在挑符合自己印象的那一次。格子里放的是会面，没有谁被归成哪一型。

# %% [markdown] lang="en"
# ## Try
#
# The ticks below are what was noted. Change them and watch the dot, then the advice.
#
# - Choose a meeting in between. Which one tick takes it out of the middle, and what would you then say first?
# - Choose the meeting with too few cues. What would you have to see or hear before you may plan anything?
# - Choose one in a corner. How many ticks does it take to move it to the next quarter?

# %% [markdown] lang="zh"
# ## 试一试
#
# 下面勾着的，是会面时记下的线索。改一改，先看点怎么动，再看建议怎么变。
#
# - 选一次居中的会面。动哪一个勾，它就离开中间？那时你第一句话怎么说？
# - 选线索不够的那一次。还得看到、听到什么，你才好做准备？
# - 选一次落在角上的。要动几个勾，它才会换到旁边那一格？

# %%
lesson.show("styles.place", observations, meetings, start="M09")

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 9 minutes.** In pairs: one moves, one reads the advice aloud. Question: “When did the advice change, and was it late or early?” Expected: in the corners it takes several ticks, near the middle one is enough, so near the middle you keep both ways open. Typical mistake: ticking what they think of the person (“arrogant”) under “states opinions as facts”. Ask: “Which sentence did you hear?” No sentence, no tick.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 9 分钟。** 两人一组：一个动勾，一个把建议念出来。问：“建议是什么时候变的？早了还是晚了？”应答：在角上要动好几个勾才变，靠近中间动一个就变，所以靠近中间时两边都要留着门。常见错误：觉得对方“傲”，就去勾“看法当定论说”。追问一句：“你听到的是哪句话？”说不出哪句，就不勾。

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
# Both run from 0 to 1. One meeting, worked through:

# %% [markdown] lang="zh"
# ## 道理
#
# Merrill 和 Reid（*Personal Styles and Effective Performance*，1981）用两条轴来描述一个人给别人的印象：
#
# - **果断性**（assertiveness）：他有多想左右这场谈话，一头是“问”（ask），一头是“说”（tell）。
# - **情感外露度**（responsiveness）：他让你看到多少情绪，一头是“收”（control），一头是“放”（emote）。
#
# 两条轴分开看。嗓门大不等于热情，话少也不等于冷淡。
#
# 从线索到位置怎么算，是**我们自己的约定**。同一条线索，一次会面只算一次：
#
# $$\text{果断性} = \frac{\text{“说”的线索}}{\text{“问”的线索} + \text{“说”的线索}}$$
#
# $$\text{情感外露度} = \frac{\text{“放”的线索}}{\text{“收”的线索} + \text{“放”的线索}}$$
#
# 两个数都在 0 到 1 之间。拿一次会面算给你看：

# %%
lesson.show("styles.worked", placed, meetings, "M08")

# %% [markdown] lang="en"
# Cut both axes in the middle and there are four styles. Also ours: within 0.1 of the middle we say *in between*, and with fewer than 2 cues on an axis we say *not known*. An unknown is not a half.

# %% [markdown] lang="zh"
# 两条轴都从中间切开，就是四种风格。下面两条也是我们的约定：离中线不到或正好 0.1，叫“居中”；一条轴不满 2 条线索，叫“还看不出”。不知道，不等于一半。

# %%
lesson.show("styles.advice")

# %% [markdown] lang="en"
# The last column is what a style tends to fall back on when it gets tight (after Merrill and Reid). The third is where your work lies: **you** change, not the other side. Sales research speaks of adaptive selling (Spiro and Weitz, 1990). It does not mean acting. You bring the same offer and stay the same person; you choose what comes first, how fast you go, and what you leave on the table.
#
# **Four cautions.**
#
# 1. A style is a guess about one meeting. One more cue may overturn it, so keep looking.
# 2. Title, age, gender and region are not cues. “Engineers are analytical” is a prejudice, even when it happens to fit.
# 3. You are no exception. People's view of their own style agrees with what others see only about half the time, as TRACOM, the firm that developed the model further, reports. Ask a colleague how you come across.
# 4. A label on a named person does not belong in any file. It is information about a person: in China the Personal Information Protection Law has applied since 2021, elsewhere there are similar laws. Note what happened at a meeting, keep it as long as you need it, and be able to delete it.

# %% [markdown] lang="zh"
# 最后一列，是压力大的时候容易退回去的样子（据 Merrill 和 Reid）。你的功课在第三列：要变的是**你**，不是对方。销售研究里叫适应性销售（adaptive selling，Spiro 和 Weitz，1990）。这不是演戏：方案还是那个方案，你还是你，只是先讲什么、讲多快、留下什么材料，由你来挑。
#
# **四个提醒。**
#
# 1. 风格只是对一次会面的猜测。再多一条线索，就可能推翻它，所以要一直看。
# 2. 职务、年龄、性别、地域都不是线索。“工程师都是分析型”是成见，碰巧说中了也还是成见。
# 3. 你自己也不例外。后来继续发展这套模型的 TRACOM 公司说，自己眼里的风格和别人看到的，大约只有一半对得上。找个同事问问，你给人什么印象。
# 4. 给有名有姓的人贴标签，哪个系统里都不该有。这是个人信息：在中国，《个人信息保护法》2021 年起施行，别处也有类似的法律。只记会面时发生了什么，需要多久留多久，随时能删。

# %% [markdown] lang="en"
# In Chinese books 主导型 also appears as 驾驭型, 控制型 or 驱动型, and 亲和型 as 和蔼型. It is not the 支配型 of DISC, which is another model.

# %% [markdown] lang="zh"
# 主导型（driving）在别的书里也叫驾驭型、控制型、驱动型，亲和型（amiable）也叫和蔼型、友善型；另外两型是表达型（expressive）和分析型（analytical）。主导型不是 DISC 里的支配型，那是另一套模型。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 8 minutes.** Do not read the table aloud. Question: “Which of the four do you find hardest to sit across from, and what do you do then that makes it worse?” Expected: most name the opposite corner of their own. Typical mistakes: taking “amiable” for the easy customer (the friendly yes is the riskiest answer in the room); taking “analytical” for resistance (whoever asks for proof has not said no). If somebody asks for a test to sort their customers: there is none here on purpose, see the fourth caution.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 8 分钟。** 表格不用念。问：“四种里你最怕跟哪一种谈？这时你会怎么做，反而更糟？”应答：多数人说的是自己斜对角那一格。常见错误：以为亲和型好谈（客客气气的“行”，是最靠不住的一句话）；以为分析型在刁难（要证明的人，并没有说不）。有人想要一份测试题给客户归类：我们有意不给，理由见第四个提醒。

# %% [markdown] lang="en"
# ## Do
#
# **1. Listen.** You are visiting Ms Ruan, head of facilities at a hospital. Say for each of her lines what it shows. Some show nothing.

# %% [markdown] lang="zh"
# ## 练一练
#
# **1. 听。** 你去拜访一家医院的后勤负责人阮科长。她的每句话看出了什么，由你来选；有的话什么也看不出。

# %%
lesson.show("styles.reader", lesson.table("transcript_cues"))

# %% [markdown] lang="en"
# **2. Answer her last line.** Say it aloud to your neighbour. A good answer takes no for a possible outcome, gives her something the head nurse can read, and ends with a day on which you speak again. It does not push.
#
# **3. Write one opening twice.** “Thank you for your time. I'd like to take you through our new battery range.” Write it for a meeting that reads as driving, then for one that reads as amiable. Read both aloud; your neighbour says which is which and what gave it away. A good first one names purpose, time and the decision that is wanted. A good second one starts with people and says what will not change.
#
# **4. Turn a verdict into an observation.** “Gao is a pedant.” Write down what one could have seen or heard instead. A good sentence has a day, an occasion and something that a camera would have recorded.

# %% [markdown] lang="zh"
# **2. 接住她最后一句。** 说给旁边的人听。好的回答允许她说不，给她一份护士长也看得懂的材料，最后约好哪天再谈；不催。
#
# **3. 一句开场写两遍。** “感谢您抽时间，我来介绍一下我们的新款电池。”先为一场看来是主导型的会面写，再为一场看来是亲和型的写。两句都念出来，让旁边的人猜哪句是哪句、从哪儿听出来的。前一句好在说清来意、时长和要定的事；后一句好在先说人，再说什么不会变。
#
# **4. 把评价改成观察。** “高工这人爱较真。”写下当时能看到、听到的是什么。好的句子里有日子、有场合，还有一件摄像机拍得到的事。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 12 minutes.** Transcript 5, the rest 7. Question after the transcript: “At which line would you have lost her?” Model answers. *Task 2:* “Of course. I'll leave you one page for them, with the noise figures on it. Shall I ring on Thursday, after you've spoken? And if it's not the right thing, tell me then.” *Task 3, driving:* “Two things, ten minutes: which battery carries the new wing, and what it costs. At the end I need a yes or no to a trial.” *Amiable:* “How did the move go for your people? I've brought an idea for the new wing; the cabinets you have would stay where they are.” *Task 4:* “On 11 March at the test bench he asked how a figure had been measured before he went on.” Typical mistake in task 2: “But you said it sounds good.” It corners her, and she will agree and not mean it.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 12 分钟。** 对话 5 分钟，其余 7 分钟。对话读完后问：“哪一句之后，你可能就把她谈丢了？”参考答案。第 2 题：“应该的。我留一页给她们看，噪声的数据都在上面。等你们商量完，我周四打给您？不合适您也直说。”第 3 题，主导型：“两件事，十分钟：新楼用哪款电池，多少钱。说完请您定一下，试还是不试。”亲和型：“搬过来大家都还习惯吧？新楼我有个想法，您现在那几台柜子原地不动。”第 4 题：“3 月 11 日看测试台，他先问清一个数是怎么测的，才往下看。”第 2 题常见错误：“您刚才不是说挺好吗？”这样把她逼到墙角，她会答应，但不算数。

# %% [markdown] lang="en"
# ## Your own list
#
# Three sheets for your last three meetings. Tick only what you could put into a sentence with “he said” or “she did”. Nothing you tick is stored; when the page is closed, it is gone.

# %% [markdown] lang="zh"
# ## 你的名单
#
# 三张空白表，对应你最近三次会面。说得出“他当时说了……”“她当时做了……”的，才勾。勾的内容不会保存，关掉页面就没了。

# %%
lesson.show("styles.sheets")

# %% [markdown] lang="en"
# **Write down tonight,** for each meeting: the day, the occasion, three things you saw or heard, and one thing you will do differently next time. **Do not write down** a type beside a name, what you suspect about somebody's character, or anything about family, health or faith. Before the next meeting look at the cues again, not at the result.

# %% [markdown] lang="zh"
# **今晚就写**，每次会面四样：哪天，什么场合，看到或听到的三件事，下次你要改的一件事。**不要写**：名字旁边的类型，你猜的性格，家庭、健康、信仰方面的任何事。下次见面前，重看的是线索，不是结论。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 5 minutes.** Quiet work, nobody shows a sheet. Question at the end: “Who has a meeting that stays unknown?” Expected: most hands, and that is a good result: now they know what to watch for. Typical mistake: all ticks on one side, because the picture came first. Say: find one cue that speaks against you. No names of customers on the screen or the board.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 5 分钟。** 安静地各做各的，表不给别人看。最后问：“谁有一次会面还看不出？”应答：多数人会举手。这是好事，下次就知道该看什么了。常见错误：勾全在一边，因为心里先有了结论。可以说：找一条跟你想法相反的线索。屏幕上、白板上都不出现客户的名字。

# %% [markdown] lang="en"
# ## Take-away
#
# - Note what somebody did, not what somebody is. The same person can be another customer on Thursday.
# - Two axes, asked separately: how hard do they push, and how much do they show?
# - Before each meeting on Monday, prepare two first sentences. Choose after the first minute.
#
# Next: [05 Who should hear from you this week?](05_rfm.ipynb)

# %% [markdown] lang="zh"
# ## 带走
#
# - 记他做了什么，别记他是什么人。同一个人，周四可能就是另一种谈法。
# - 两条轴分开问：他推得有多用力？他露出多少情绪？
# - 周一每次见客户前，备好两句开场。谈上一分钟，再挑一句。
#
# 下一课：[05 这周先联系谁？](05_rfm.ipynb)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 2 minutes.** Everybody says one sentence: the customer's occasion on Monday (no name) and the first line they will try. Ask for it again at the next meeting of the group.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 2 分钟。** 每人一句话：周一要见什么场合（不提名字），准备试哪句开场。下次集中时再问结果。
