"""Studies: many egos, and the means to prove the analyses wrong."""
