"""How fast, how soon, how small: each benchmark prints its figures as ratios against a peer or a limit, from one run.

`python -m benchmarks [names]` runs them, `--write docs/performance.md` also writes the document. The messenger is the
local VK in this process, the persons too; the bot is a process of its own: the real `ugubot run` on a database that
keeps every commit (`bots.py`, `campaigns.py`), or the peer, vkbottle's plain echo bot (`plain_vkbottle.py`), which
stores nothing. `persons.py` writes, presses and takes the time. Only the loopback is used; Linux only, because memory
and processor time are read from /proc.

The benchmarks: `throughput.py`, `start.py`, `limited.py`, `crowd.py`, `profile.py`.
"""
