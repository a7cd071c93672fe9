"""A campaign in which everything happens at random: what people do, what VK does wrong, when the bot dies.

`preparing.py` says what there is at the beginning, `people.py` and `words.py` what people do, `forging.py` what a
tampered app sends, `troubles.py` what VK does wrong, `lives.py` how the bot dies and starts again, `witness.py` what
was told to the bot. `after.py` reads what is left, and the promises are checked on it: `deliveries.py` (what was
answered), `campaigns.py` (what was decided and counted). `tests/faults/random_campaign.py` runs it all.
"""
