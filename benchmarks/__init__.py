"""How fast, how large in memory and how exact: everything the project promises in figures, measured anew."""
