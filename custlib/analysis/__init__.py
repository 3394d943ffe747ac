"""Pure functions on DataFrames: codes and numbers, never sentences."""
