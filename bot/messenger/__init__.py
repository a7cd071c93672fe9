"""The pipeline between any messenger and the conversations: stored events in, stored answers out.

Start at `dispatch.py`: one stored event, one handler, one transaction. What handlers see: `work.py` (the event and the
open transaction), `replies.py` (what may be answered), `keyboards.py`, `router.py` (how a press finds its handler).
Intake fills the inbox, the sender empties the outbox. Nothing here knows VK; that is `messenger/vk`.
"""
