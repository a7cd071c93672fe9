"""What VK does wrong, at random: errors, lost and slow answers, events twice, a queue that forgets."""

from random import Random

from bot.emulator import Emulator, Fault
from bot.emulator.faults import EVENTS, Kind
from tests.faults.randomly.witness import Witness

LONGEST_HANG_S = 2.0
METHODS = (
    "execute", "execute", "execute", "messages.send", "messages.edit", "messages.sendMessageEventAnswer", "users.get",
    "docs.getMessagesUploadServer", "docs.save", "groups.getById", "groups.getLongPollServer",
    "groups.setLongPollSettings", "messages.getConversations", "messages.getHistory", "a_check", "a_check", "*",
)  # fmt: skip
INSIDE_EXECUTE = ("messages.send", "messages.edit", "messages.sendMessageEventAnswer")
# 9 makes a row wait for a minute, 5 (a refused token) pauses everything; both pass. At its start the bot takes a
# refused token for final, rightly: only `execute` meets that.
PASSING = (1, 6, 9, 10, 13, 29, 36)
KINDS: tuple[Kind, ...] = ("http_502", "hang", "reset_before", "reset_after", "slow")


class Troubles:
    """Lets something go wrong now and then."""

    def __init__(self, chance: Random, emulator: Emulator, witness: Witness) -> None:
        self._chance = chance
        self._emulator = emulator
        self._witness = witness
        self.made = 0

    def strike(self) -> None:
        """One thing goes wrong."""
        self.made += 1
        lot = self._chance.random()
        if lot < 0.75:
            self._misbehave()
        elif lot < 0.88:
            self._repeat_event()
        elif lot < 0.93:
            self._emulator.long_poll.expire_key()
        else:
            self._forget()

    def end(self) -> None:
        """VK behaves from now on."""
        self._emulator.faults.clear()

    def _misbehave(self) -> None:
        method = self._chance.choice(METHODS)
        if any(fault.method == method for fault in self._emulator.faults.waiting):
            return  # what is called seldom would meet nothing but faults, and the bot not come to work for minutes
        self._emulator.faults.add(self._fault(method))

    def _fault(self, method: str) -> Fault:
        times = 1 if method.startswith("groups.") else self._chance.choice((1, 1, 1, 2, 3))
        if method in INSIDE_EXECUTE or self._chance.random() < 0.4:
            return Fault(method, "error", code=self._code(method), times=times)
        kind = self._chance.choice(KINDS)
        delay_s = self._chance.uniform(0.05, LONGEST_HANG_S) if kind in ("hang", "slow") else 0.0
        return Fault(method, kind, times=times, delay_s=delay_s)

    def _code(self, method: str) -> int:
        if method == "a_check":
            # `failed` 1 and 3 without a loss behind them; the real losses are in `_forget`.
            self._witness.expects_gap()
            return self._chance.choice((1, 2, 3))
        if method == "messages.edit" and self._chance.random() < 0.3:
            return 909
        if method == "execute" and self._chance.random() < 0.1:
            return 5
        # A day's quantity is used up only now and then: an hour has to pass behind it.
        return self._chance.choices(PASSING, (4, 6, 1, 6, 6, 0.2, 6))[0]

    def _repeat_event(self) -> None:
        history = self._emulator.long_poll.history
        if self._chance.random() < 0.5:
            self._emulator.faults.add(Fault(EVENTS, "duplicate", times=self._chance.randint(1, 5)))
        elif history:
            place = -self._chance.randint(1, min(len(history), 50))
            self._emulator.repeat_event(history[place].event_id)

    def _forget(self) -> None:
        self._witness.expects_gap()
        if self._chance.random() < 0.5:
            self._emulator.long_poll.trim()
        else:
            self._emulator.restart_long_poll()
