"""What a notebook opens, and how notebooks are built, run and shown."""
