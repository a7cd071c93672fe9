"""`python -m bot`: the same as `ugubot`."""

from bot.cli import main

main()
