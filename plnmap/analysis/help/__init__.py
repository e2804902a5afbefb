"""Who helped whom: what posts do for people, the help they add up to, and the thanks."""
