"""See your Personal Learning Network on Twitter/X and Mastodon, and the posts that say so."""

__version__ = "0.1.0"
