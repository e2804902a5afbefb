"""Who is in touch with whom, how often, how strongly, and whether it goes both ways."""
