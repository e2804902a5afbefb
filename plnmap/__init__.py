"""See your Personal Learning Network on Twitter/X and Mastodon, and the posts that say so."""

from plnmap.errors import PlnmapError
from plnmap.pln import Pln, open

__version__ = "0.1.0"
__all__ = ["Pln", "PlnmapError", "open"]
