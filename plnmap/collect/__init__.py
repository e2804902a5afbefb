"""From a source into the PLN file: an archive whole or not at all, a platform page by page."""

from __future__ import annotations

from plnmap.collect.archives import Imported, import_archive
from plnmap.collect.keeping import lets_texts_go, spent
from plnmap.collect.live import collect
from plnmap.collect.planning import plan
from plnmap.collect.wanted import Progress, Wanted

__all__ = ["Imported", "Progress", "Wanted", "collect", "import_archive", "lets_texts_go", "plan", "spent"]
