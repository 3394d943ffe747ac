"""The participant's own list: what is written in it, how it is read, what is asked, and what it then says."""
