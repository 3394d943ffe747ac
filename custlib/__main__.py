"""`python -m custlib` is the same as `custlib`."""

from custlib.course.cli import main

main()
