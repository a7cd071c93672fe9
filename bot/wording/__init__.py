"""Everything the bot says, as functions over the texts in `locales/`: no sentence stands in the code.

A sentence is one Fluent message with its plurals and variables inside, never glued from parts. Russian is complete,
English as well; an account chooses. Words that people type (`phrase-…`) live beside the sentences. Nothing here knows a
messenger or a database. Start at `sentences.py`; dates are in `dates.py`, typed commands in `commands.py`.
"""

from bot.wording.commands import phrases, rest_after
from bot.wording.dates import say_day, say_moment, say_time
from bot.wording.people import say_participant, say_voter, say_wrong_number
from bot.wording.sentences import LOCALES, override, say
from bot.wording.top import say_places

__all__ = [
    "LOCALES",
    "override",
    "phrases",
    "rest_after",
    "say",
    "say_day",
    "say_moment",
    "say_participant",
    "say_places",
    "say_time",
    "say_voter",
    "say_wrong_number",
]
