"""How fast, how soon, how small: each benchmark prints its figures as ratios against a peer or a limit, from one run.

`python -m benchmarks [names]` runs them, `--write docs/performance.md` also writes the document. The messenger is the
local VK in this process, the persons too; the bot is a process of its own: the real `ugubot run` on a database that
keeps every commit (`bots.py`, `campaigns.py`), or a peer, an echo bot that stores nothing. `persons.py` writes, presses
and takes the time. Only the loopback is used; Linux only, because memory and processor time are read from /proc.

Under VK's limit: `limited.py` (many people), `idle.py` (hardly anybody, and the first event after a start), `outbox.py`
(a broadcast). Without it: `throughput.py`, `crowd.py`, `profile.py`. By themselves, in this process: `routing.py`,
`place.py`. And `start.py`.

The peers: vkbottle's echo bot (`plain_vkbottle.py`) and, where Node.js, npm and its registry are at hand, vk-io's
(`vk_io/`), which packs messages into `execute` as ours does; it is installed outside the tree.
"""
