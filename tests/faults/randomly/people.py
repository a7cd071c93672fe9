"""Everybody who takes part: each act is chosen from what is on the screen, from words that fit, or is mischief."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.domain.links import CardRef, InvitationRef, VotingRef, link
from bot.domain.receipts import new_receipt
from bot.emulator import Emulator, Message
from bot.emulator.people import Client
from bot.presses.voters import CheckVote
from tests.faults.randomly import forging, words
from tests.faults.randomly.preparing import Prepared
from tests.faults.randomly.witness import Question, Witness

FIRST_NAMES = ("Аглая", "Евлампий", "Прасковья", "Мефодий", "Ульяна", "Тихон", "Злата", "Гордей")
LAST_NAMES = ("Неупокоева", "Щекочихин", "Ёлкина", "Цветаев", "Эристов", "Юшкова", "Яхонтова", "Хрусталёв")
PATIENCE = 8  # of so many who still wait for an answer, one goes on without it
# Of the deeds in the order of `Crowd`. An application takes six steps in a row: teachers must not be too playful.
USUAL_WEIGHTS = (65, 5, 8, 8, 4, 3, 3, 3, 1, 1)
WEIGHTS = {
    "teacher": (90, 3, 6, 2, 1, 0.5, 0.5, 1, 0.2, 0.2),
    "coordinator": (80, 5, 6, 2, 4, 0.5, 0.5, 2, 0.2, 0.2),
}
LEAST_INTERESTING = 6.0  # of all buttons together: below it there is nothing but ways back
LOOKED_AT = 4  # newest messages of the bot whose buttons somebody still presses
# How much somebody likes to press what, 1 by default: who only ever went back to the menu would get nowhere.
LIKING = {
    **dict.fromkeys(("menu", "back", "help", "settings", "my-data", "read-consent", "no-consent", "enter-code"), 0.1),
    **dict.fromkeys(("no-school", "find-school", "show-me", "publish", "money-offer"), 0.1),
    **dict.fromkeys(("erase", "language"), 0.02),
    **dict.fromkeys(("become-teacher", "become-participant", "add-class", "invite"), 0.2),
    **dict.fromkeys(("consent", "apply", "accept-invitation", "school", "confirm-application", "claim"), 6.0),
    **dict.fromkeys(("cast-vote", "report", "begin-lesson", "lesson-day", "attended", "lesson-held"), 4.0),
}
WANTED = {
    "teacher": ("become-teacher", "add-class", "reports", "class-reports"),
    "pupil": ("become-participant", "claim"),
}
STICKER = {"type": "sticker", "sticker": {"sticker_id": 163, "product_id": 1}}


@dataclass(slots=True)
class Somebody:
    """A person with a phone. part: what they are here for. last: the press made last. answered: what was on the
    screen after the last act, in messages and pop-ups.
    """

    id: int
    part: str
    last: tuple[dict[str, Any], int | None] | None = None
    answered: int = -1


class Crowd:
    """So many people, and all they do; `act` lets one of them do one thing."""

    def __init__(self, chance: Random, emulator: Emulator, prepared: Prepared, witness: Witness, people: int) -> None:
        self._chance = chance
        self._emulator = emulator
        self._prepared = prepared
        self._witness = witness
        self.acts = 0
        parts = ["coordinator"] * 4 + ["teacher"] * (people // 6) + ["pupil"] * (people // 3)
        parts += ["voter"] * (people - len(parts))
        self._people = [Somebody(self._added(number), part) for number, part in enumerate(parts)]
        self._deeds: list[Callable[[Somebody], None]] = [
            self._go_on, self._press_in_menu, self._command, self._ask, self._follow_link, self._talk_nonsense,
            self._forge, self._repeat, self._change_permission, self._attach,
        ]  # fmt: skip

    def act(self) -> None:
        """One person does one thing."""
        one = self._somebody()
        self.acts += 1
        if not self._emulator.dialogue(one.id).messages:
            self._begin(one)
        else:
            [deed] = self._chance.choices(self._deeds, WEIGHTS.get(one.part, USUAL_WEIGHTS))
            deed(one)
        one.answered = self._on_screen(one)
        self._witness.look()

    def _somebody(self) -> Somebody:
        """Mostly one whom the bot has answered: only the impatient go on before."""
        tried = self._chance.choices(self._people, k=PATIENCE)
        return next((one for one in tried if one.answered != self._on_screen(one)), tried[-1])

    def talk_all_at_once(self, acts: int) -> None:
        """A crowd within one moment."""
        for _ in range(acts):
            self.act()

    def _added(self, number: int) -> int:
        client = Client(callback_buttons=number % 9 != 8)
        first_name, last_name = self._chance.choice(FIRST_NAMES), self._chance.choice(LAST_NAMES)
        return self._emulator.add_person(first_name, last_name, client=client).id

    # --- sensible acts

    def _begin(self, one: Somebody) -> None:
        if one.part == "teacher" and self._chance.random() < 0.7:
            self._emulator.begin(one.id)
        else:
            self._follow_link(one)

    def _go_on(self, one: Somebody) -> None:
        """Answer what the bot asks, or press what it offers."""
        self._learn(one)
        heard = self._heard(one)
        asked = "\n".join(message.text for message in heard[-2:])
        answer = words.answer(self._chance, self._prepared, asked)
        if answer is not None and self._chance.random() < 0.85:
            self._emulator.write(one.id, answer)
        else:
            self._press_below_message(one, heard)

    def _press_below_message(self, one: Somebody, heard: Sequence[Message]) -> None:
        """Mostly of the newest message; sometimes of one that is long out of date."""
        shown = [message for message in reversed(heard) if message.keyboard][:LOOKED_AT]
        offered = [(button, message.cmid) for message in shown for button in _buttons(message.keyboard)]
        recent = [12.0 / (1 + 3 * shown.index(message)) for message in shown for _ in _buttons(message.keyboard)]
        weights = [weight * self._liking(one, button) for weight, (button, _) in zip(recent, offered, strict=True)]
        if sum(weights) < LEAST_INTERESTING:
            self._press_in_menu(one) if self._chance.random() < 0.6 else self._command(one)
            return
        [(button, cmid)] = self._chance.choices(offered, weights)
        self._press(one, button, cmid)

    def _press_in_menu(self, one: Somebody) -> None:
        offered = _buttons(self._emulator.dialogue(one.id).keyboard)
        if not offered:
            self._command(one)
            return
        [button] = self._chance.choices(offered, [self._liking(one, button) for button in offered])
        self._press(one, button, None)

    def _press(self, one: Somebody, button: dict[str, Any], cmid: int | None) -> None:
        one.last = (button, cmid)
        self._emulator.press(one.id, button, cmid=cmid)

    def _liking(self, one: Somebody, button: dict[str, Any]) -> float:
        payload = button["action"].get("payload") or {}
        kind = (payload if isinstance(payload, dict) else json.loads(payload)).get("kind", "")
        return 6.0 if kind in WANTED.get(one.part, ()) else LIKING.get(kind, 1.0)

    def _command(self, one: Somebody) -> None:
        self._emulator.write(one.id, words.command(self._chance, self._prepared, one.part))

    def _follow_link(self, one: Somebody) -> None:
        number, code = self._chance.choice(self._prepared.cards), self._chance.choice(self._prepared.codes)
        refs: dict[str, CardRef | VotingRef | InvitationRef] = {
            "coordinator": InvitationRef(code), "teacher": InvitationRef(code), "pupil": CardRef(number),
        }  # fmt: skip
        ref = VotingRef(number) if self._chance.random() < 0.2 else refs.get(one.part, VotingRef(number))
        self._emulator.begin(one.id, link("", ref).rpartition("=")[2], "qr")

    def _ask(self, one: Somebody) -> None:
        """A question whose answer names a code that nobody else has: counted afterwards."""
        receipt = new_receipt(self._chance.randrange)
        payload = CheckVote(receipt=receipt).model_dump_json()
        if self._chance.random() < 0.5:
            ticket = self._emulator.press_forged(one.id, payload)
            question = Question(one.id, receipt, ticket=ticket)
        else:
            message = self._emulator.write(one.id, "Проверить голос", payload=payload)
            question = Question(one.id, receipt, cmid=message.cmid)
        self._witness.questions.append(question)

    # --- mischief

    def _talk_nonsense(self, one: Somebody) -> None:
        self._emulator.write(one.id, words.nonsense(self._chance))

    def _forge(self, one: Somebody) -> None:
        payload = forging.payload(self._chance, self._prepared)
        if self._chance.random() < 0.3:
            self._emulator.write(one.id, "Ок", payload=payload)
            return
        cmids = [message.cmid for message in self._heard(one)]
        self._emulator.press_forged(one.id, payload, cmid=self._chance.choice([None, *cmids[-LOOKED_AT:]]))

    def _repeat(self, one: Somebody) -> None:
        """The same press again and again, also of a button that is gone meanwhile."""
        if one.last is None or one.last[0]["action"]["type"] != "callback":
            return
        button, cmid = one.last
        for _ in range(self._chance.randint(1, 4)):
            self._emulator.press_forged(one.id, button["action"]["payload"], cmid=cmid)

    def _change_permission(self, one: Somebody) -> None:
        dialogue = self._emulator.dialogue(one.id)
        if dialogue.refused_with is not None:
            self._emulator.allow(one.id)
            return
        self._witness.refusing.add(one.id)
        if self._chance.random() < 0.7:
            self._emulator.deny(one.id)
        else:
            self._emulator.refuse(one.id, self._chance.choice((900, 902)))

    def _attach(self, one: Somebody) -> None:
        if self._chance.random() < 0.5:
            self._emulator.write(one.id, attachments=[STICKER])
        else:
            self._emulator.write(one.id, attachments=[self._emulator.attach(one.id, "работа.txt", b"42")])

    # --- what they see

    def _on_screen(self, one: Somebody) -> int:
        dialogue = self._emulator.dialogue(one.id)
        return len(dialogue.messages) + len(dialogue.popups)

    def _heard(self, one: Somebody) -> list[Message]:
        newest = self._emulator.dialogue(one.id).messages[-4 * LOOKED_AT :]
        return [message for message in newest if message.out and not message.deleted]

    def _learn(self, one: Somebody) -> None:
        """Teachers hand the cards out, coordinators pass the codes on: from then on everybody may use them."""
        if one.part not in ("teacher", "coordinator"):
            return
        for message in self._heard(one)[-LOOKED_AT:]:
            cards = [card.replace("-", "") for card in words.CARD.findall(message.text)]
            codes = [code.replace("-", "") for code in words.CODE.findall(message.text)]
            self._prepared.learn(cards, codes)


def _buttons(keyboard: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Those that tell the bot something."""
    rows = keyboard["buttons"] if keyboard else []
    return [button for row in rows for button in row if button["action"]["type"] != "open_link"]
