"""From a source into the PLN file: an archive whole or not at all, a platform page by page."""

from __future__ import annotations

from plnmap.collect.archives import Imported, import_archive
from plnmap.collect.keeping import spent
from plnmap.collect.live import Progress, Wanted, collect, open_tasks

__all__ = ["Imported", "Progress", "Wanted", "collect", "import_archive", "open_tasks", "spent"]
