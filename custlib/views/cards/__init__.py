"""What a participant works at: an exercise, a conversation, the own list, a goal, and the page taken home."""
