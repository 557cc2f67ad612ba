"""``python -m bot`` is the same door as ``samtalelapp``."""

from bot.cli import main

if __name__ == "__main__":
    main()
