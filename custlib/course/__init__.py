"""What a notebook opens, and how notebooks are built, run and shown."""

from custlib.course.lesson import Lesson, open_lesson

__all__ = ["Lesson", "open_lesson"]
