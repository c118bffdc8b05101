"""`python -m mkt_lint`."""

from mkt_lint.cli import main

if __name__ == "__main__":
    main()
