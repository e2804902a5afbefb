"""`python -m plnmap` is the same program as `plnmap`."""

from plnmap.cli import main

if __name__ == "__main__":
    main()
