"""Where everybody stands on the picture of a network."""
