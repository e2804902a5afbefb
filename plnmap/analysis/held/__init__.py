"""What the file holds about people, and how to let go of it."""
