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

# %% [markdown] lang="zh"
# # 看懂你的客户
