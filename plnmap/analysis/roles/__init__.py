"""Who plays which part in the ego's learning, on what evidence, and how surely."""
