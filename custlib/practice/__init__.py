"""Practice: what a participant does and what is kept of it. State and storage; no display."""
