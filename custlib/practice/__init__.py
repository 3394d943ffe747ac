"""Exercises, role-play and the journal: state and storage. Nothing here draws."""
