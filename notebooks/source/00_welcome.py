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

lesson = open_lesson("00_welcome", language=language)

# %% [markdown] lang="en"
# # Know your customers
#
# A workbook for people who sell. You will look at customers the way you look at a map: where am I, what is near, which road is worth taking. There is nothing to program. You read, move a slider, choose an answer, and take something home for your own customers.

# %% [markdown] lang="zh"
# # 看懂你的客户
#
# 写给做销售的人。看客户就像看地图：我在哪儿，近处有什么，哪条路值得走。这里不用编程：读一读，拖一拖，选一选，最后带走能用在自己客户身上的东西。

# %% [markdown] lang="en"
# ## The lessons
#
# Click a lesson; it opens and runs by itself. Every lesson has the same seven parts: a situation, something to look at, something to try, the idea behind it, something to do, your own customers, and three lines to take away. Lesson 5 begins with a look at the data.
#
# | Lesson | Time |
# |:--|:--|
# | [01 What do you know of this customer?](01_portrait.ipynb) | about 45 minutes |
# | [02 Which enquiry gets your time?](02_screening.ipynb) | about 45 minutes |
# | [03 How does this person like to talk?](03_styles.ipynb) | about 55 minutes |
# | [04 What did you ask, and what did you hear?](04_dialogue.ipynb) | about 60 minutes |
# | [05 Who should hear from you this week?](05_rfm.ipynb) | about 50 minutes |
# | [06 Which customers are A customers?](06_classification.ipynb) | about 55 minutes |
# | [07 What will this customer be worth?](07_clv.ipynb) | about 45 minutes |
# | [08 Where do your hours go?](08_matrix.ipynb) | about 55 minutes |
# | [09 Satisfied, and gone?](09_experience.ipynb) | about 60 minutes |
# | [10 Who is about to leave, and why?](10_churn.ipynb) | about 55 minutes |
# | [11 Which accounts get a plan of their own?](11_key_accounts.ipynb) | about 60 minutes |
# | [12 One customer, from end to end](12_case.ipynb) | about 110 minutes |

# %% [markdown] lang="zh"
# ## 课程
#
# 点开一课，它会自己运行。每一课都分七个部分：情境、看一看、试一试、道理、练一练、用到自己的客户上、带走三句话。第 5 课在开头多一节，先看数据。
#
# | 课程 | 时间 |
# |:--|:--|
# | [01 这家客户，你知道多少？](01_portrait.ipynb) | 约 45 分钟 |
# | [02 哪条询价值得你花时间？](02_screening.ipynb) | 约 45 分钟 |
# | [03 他喜欢怎么谈？](03_styles.ipynb) | 约 55 分钟 |
# | [04 你问了什么，听到了什么？](04_dialogue.ipynb) | 约 60 分钟 |
# | [05 这周先联系谁？](05_rfm.ipynb) | 约 50 分钟 |
# | [06 哪些是 A 类客户？](06_classification.ipynb) | 约 55 分钟 |
# | [07 这家客户值多少？](07_clv.ipynb) | 约 45 分钟 |
# | [08 时间花在谁身上？](08_matrix.ipynb) | 约 55 分钟 |
# | [09 都说满意，怎么还走？](09_experience.ipynb) | 约 60 分钟 |
# | [10 谁要走，为什么？](10_churn.ipynb) | 约 55 分钟 |
# | [11 哪些客户要单独做计划？](11_key_accounts.ipynb) | 约 60 分钟 |
# | [12 一家客户，从头到尾](12_case.ipynb) | 约 110 分钟 |

# %% [markdown] lang="en"
# ## Where do I stand?
#
# Every answer is kept the moment you give it. To go on, open the lesson again: everything is as you left it.

# %% [markdown] lang="zh"
# ## 我做到哪儿了？
#
# 每次作答都会马上保存。想接着做，再打开那一课就行，一切都是你离开时的样子。

# %%
lesson.show("welcome.progress", lesson.progress)

# %% [markdown] lang="en"
# ## Is this machine ready?

# %% [markdown] lang="zh"
# ## 这台电脑准备好了吗？

# %%
lesson.show("welcome.ready", lesson.checks)

# %% [markdown] lang="en"
# ## Good to know
#
# - **Langheng** is the company you sell for in this course: drives, backup power, batteries, monitoring software and service. Its customers are factories, banks, hospitals, shops and software firms. The company, its customers and their people are invented.
# - **Something on the page no longer answers?** The button *Run the lesson again* above the page starts the lesson from the beginning. Your answers to exercises are kept; sliders and ticks outside them go back to where they stood.
# - **Curious how it is computed?** The button *Show the code* above the page shows it, and hides it again.
# - **Your data stays where the course runs.** The course itself sends nothing anywhere. Started on this computer, it keeps your data on this computer. Opened through a link to another machine, such as a training server or Binder, it runs there: then use only the practice data.

# %% [markdown] lang="zh"
# ## 几点说明
#
# - 课程里，你是**朗衡**的销售。朗衡卖变频器、备用电源、电池、监控软件和服务，客户有工厂、银行、医院、商场和软件公司。公司、客户和人物都是虚构的。
# - **页面上的东西点了没反应？** 点页面上方的“重新运行本课”，从头再来。练习的作答都在；练习之外拖过的、勾过的，会回到原来的样子。
# - **想看看是怎么算的？** 点页面上方的“显示代码”，再点一次就收起来。
# - **数据留在课程运行的那台电脑上。** 课程本身不向外发送数据。在自己电脑上启动的，数据就在自己电脑上；通过链接打开的（比如培训服务器或 Binder），课程在别人的机器上运行，请只用练习数据。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Everybody opens the course and clicks one lesson. Ask each pair to name one customer they would like to understand better by this evening; write the names on paper, not in the course. Typical trouble: a second window of the course (close one), a folder that cannot be written to (the check above says so).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 每个人打开课程，点开任意一课。两人一组，说出今天结束前最想看懂的一家客户，写在纸上，不要写进课件。常见问题：同时开了两个窗口（关掉一个）；文件夹不能写入（上面的检查会说明）。

# %% [markdown] lang="en"
# ## Before you begin, if you like
#
# Twelve questions over the whole course, about 20 minutes, so that you see later what changed. It's voluntary, and you can begin with a lesson instead. Each question has one try; leave out what you do not know, that is the point of it. Nothing is said about right or wrong now. At the end of lesson 12 there are twelve others on the same topics, and then both stand side by side. The results are for you; the course shows them to nobody else.

# %% [markdown] lang="zh"
# ## 开始之前，愿意就做一做
#
# 十二道题，涵盖整个课程，约 20 分钟，好让你以后看到自己变了多少。自愿做，直接开始上课也行。每题只答一次，不会的就空着，这正是要看的。现在不说对错。第 12 课末尾还有十二道同样主题的题，到时候两次放在一起看。结果是给你自己看的，课程不会显示给别人。

# %%
lesson.ask("pre-1", attempts=1)

# %%
lesson.ask("pre-2", attempts=1)

# %%
lesson.ask("pre-3", attempts=1)

# %%
lesson.ask("pre-4", attempts=1)

# %%
lesson.ask("pre-5", attempts=1)

# %%
lesson.ask("pre-6", attempts=1)

# %%
lesson.ask("pre-7", attempts=1)

# %%
lesson.ask("pre-8", attempts=1)

# %%
lesson.ask("pre-9", attempts=1)

# %%
lesson.ask("pre-10", attempts=1)

# %%
lesson.ask("pre-11", attempts=1)

# %%
lesson.ask("pre-12", attempts=1)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 20 minutes.** Optional; where the day is short, send it out the evening before. Quiet, everybody alone. Say that it is no examination and that nobody sees it, and keep to it. If you want to know where the room stands, ask for hands: “Who left out question 3? And 8?” The key: `custlib key 00_welcome`; give it to nobody before the test in lesson 12, the questions there are parallel.

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 20 分钟。** 可做可不做；一天排得紧，就前一晚发给大家。安静，各做各的。说清楚这不是考试，也没人会看，说到做到。想知道全班的底子，就问：“第 3 题空着的请举手。第 8 题呢？”答案：`custlib key 00_welcome`；第 12 课的测验是平行题，在那之前不要公布。
