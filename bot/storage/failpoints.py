"""Named places where the fault tests kill the process, as a power cut would.

`UGUBOT_CRASH_AT=after_intake|before_commit|offered|after_call|before_result`, with `:N` behind it the N-th time it is
reached. Without the variable a place costs one comparison.
"""

import itertools
import os
import signal

_place, _, _countdown = os.environ.get("UGUBOT_CRASH_AT", "").partition(":")
_left = itertools.count(int(_countdown or "1") - 1, -1)


def reached(place: str) -> None:
    """Die here, without any clean-up, if this is the place."""
    if place == _place and next(_left) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
