"""`python -m custlib` is the same as `custlib`."""

from custlib.course.cli import main

# A builder's worker process imports this module again and must not start over.
if __name__ == "__main__":
    main()
