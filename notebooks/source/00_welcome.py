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
# A workbook for people who sell. You will look at customers the way you look at a map: where am I, what is near, what is worth the road. Nothing here has to be programmed; you read, move, choose, and take home something about your own customers.

# %% [markdown] lang="zh"
# # 看懂你的客户
#
# 写给做销售的人。看客户就像看地图：我在哪儿，近处有什么，哪条路值得走。这里不用编程，读一读、动一动、选一选，最后带走一些关于你自己客户的结论。

# %% [markdown] lang="en"
# ## The lessons
#
# Click a lesson; it opens and runs by itself. Each takes the same road: a situation, a look, something to try, the idea behind it, something to do, your own list, and three lines to take away.
#
# | Lesson | Time |
# |:--|:--|
# | [03 How does this person like to talk?](03_styles.ipynb) | about 45 minutes |
# | [05 Who should hear from you this week?](05_rfm.ipynb) | about 50 minutes |
# | [07 What will this customer be worth?](07_clv.ipynb) | about 45 minutes |

# %% [markdown] lang="zh"
# ## 课程
#
# 点开一课，它会自己运行。每一课走同样的路：一个情境，看一看，试一试，讲讲道理，练一练，用上你的名单，最后带走三句话。
#
# | 课程 | 时间 |
# |:--|:--|
# | [03 他喜欢怎么谈？](03_styles.ipynb) | 约 45 分钟 |
# | [05 这周先联系谁？](05_rfm.ipynb) | 约 50 分钟 |
# | [07 这位客户值多少？](07_clv.ipynb) | 约 45 分钟 |

# %% [markdown] lang="en"
# ## Is this machine ready?

# %% [markdown] lang="zh"
# ## 这台电脑准备好了吗？

# %%
lesson.show("welcome.ready", lesson.checks)

# %% [markdown] lang="en"
# ## Good to know
#
# - **Langheng** is the company you sell for in this course: drives, backup power, batteries, monitoring software and service for industry. The firm, its customers and their people are invented.
# - **Something on the page no longer answers?** The button *Run the lesson again* above the page starts it afresh.
# - **Curious how it is computed?** The button *Show the code* above the page shows it, and hides it again.
# - **Your data stays here.** The course runs on this computer and sends nothing anywhere.

# %% [markdown] lang="zh"
# ## 几点说明
#
# - **朗衡**是你在课程里任职的公司，为工业客户提供变频器、备用电源、电池、监控软件和服务。公司、客户和人物都是虚构的。
# - **页面上的东西点了没反应？**点页面上方的“重新运行本课”。
# - **想看看是怎么算的？**点页面上方的“显示代码”，再点一次就收起来。
# - **数据不出门。**课程只在这台电脑上运行，不向任何地方发送数据。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor · 10 minutes.** Everybody opens the course and clicks one lesson. Ask each pair to name one customer they would like to understand better by this evening; write the names on paper, not in the course. Typical trouble: a second window of the course (close one), a machine without write access (the check above says so).

# %% [markdown] lang="zh" tags=["instructor"]
# **讲师 · 10 分钟。** 每个人打开课程，点开任意一课。请每组说出一位今晚之前最想弄懂的客户，写在纸上，不要写进课件。常见问题：同时开了两个窗口（关掉一个）；文件夹不能写入（上面的检查会说明）。
