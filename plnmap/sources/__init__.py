"""Rooms that know archive layouts and platforms: a file or a page in, records out."""
