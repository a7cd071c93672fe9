"""One message for all that a person is told today: its words, its buttons, and what is stored of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import structlog
from sqlalchemy import Connection

from bot.domain.duties import Audience, Moment, Owed, Verdict, allowed_until, put_offs_offered
from bot.domain.identifiers import PersonId, ReminderId
from bot.jobs.duty import Duty, Told
from bot.jobs.setting import Setting
from bot.logs import described
from bot.messenger import answers
from bot.messenger.keyboards import Button, Keyboard, Limits, Link, rows_of
from bot.messenger.replies import Address, Say
from bot.presses.reminders import PutOff
from bot.storage import reminders
from bot.storage.outbox import Delivery
from bot.storage.reminders import Occasion, Reader, WhichDebt
from bot.wording import say

log = structlog.get_logger()

MOST_TOLD = 10  # debts in one message; the others are counted
MOST_APART = 3  # debts of one duty that are told one by one, where it has words for many
DEBT_ROWS = 4
ONE_A_ROW = DEBT_ROWS  # more debts than that share their rows
PUT_OFFS = 2  # buttons, in a row of their own


@dataclass(frozen=True, slots=True)
class Debt:
    """Something that a person owes, or should hear, with what the rules say of it now."""

    duty: Duty
    owed: Owed
    told: WhichDebt
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of telling: how many people get a message, how many would but cannot be reached."""

    deliveries: Sequence[Delivery] = ()
    recipients: int = 0
    skipped: int = 0
    unreachable: int = 0


@dataclass(frozen=True, slots=True)
class _Message:
    """One person's message of the day."""

    reminder: int
    debts: Sequence[Debt]
    says: Say
    until: datetime


def tell(
    conn: Connection,
    persons: Sequence[PersonId],
    debts: Sequence[Debt],
    moment: Moment,
    real: datetime,
    setting: Setting,
) -> Outcome:
    """Give each of these people one message with all of their debts, unless they have had today's already.

    debts: the most urgent first. real: real time.
    """
    if not persons:
        return Outcome()
    found = reminders.readers(conn, persons)
    reachable = [person for person in persons if person in found and found[person].is_reachable]
    claimed = reminders.claim_day(conn, reachable, moment.today, at=moment.at) if reachable else {}
    theirs: dict[PersonId, list[Debt]] = defaultdict(list)
    for debt in debts:
        theirs[debt.owed.person].append(debt)
    until = {one: allowed_until(one, moment.at, moment.calendar, moment.hours) for one in Audience}
    messages = []
    for person, reminder in claimed.items():
        said, told = _said(reminder, found[person], theirs[person], moment, setting)
        if said is not None:
            # It must not disturb as any of its parts.
            ends_at = min(until[debt.duty.audience] for debt in told)
            messages.append(_Message(reminder, told, said, ends_at))
    skipped = _record(conn, messages, moment)
    deliveries = _post(conn, messages, moment, real, setting)
    return Outcome(deliveries, len(messages), skipped, len(found) - len(reachable))


def _said(
    reminder: int, reader: Reader, debts: Sequence[Debt], moment: Moment, setting: Setting
) -> tuple[Say | None, Sequence[Debt]]:
    """The message, and the debts that it tells: without those whose words failed, which are tried again the next day.

    No message where all of them did.
    """
    try:
        return _say(reminder, reader, debts, moment, setting), debts
    except Exception as error:  # noqa: BLE001 - one debt must not keep anything else from being told
        log.error("reminder failed", duties=[debt.duty.key for debt in debts], **described(error))
    if len(debts) == 1:
        return None, ()
    sound = [debt for debt in debts if _said(reminder, reader, [debt], moment, setting)[1]]
    return _said(reminder, reader, sound, moment, setting) if 0 < len(sound) < len(debts) else (None, ())


def _record(conn: Connection, messages: Iterable[_Message], moment: Moment) -> int:
    told, skipped = [], []
    for message in messages:
        for debt in message.debts:
            assert debt.verdict.says is not None
            deadline = debt.duty.due(debt.owed, moment.calendar)
            told.append(Occasion(debt.told, debt.verdict.says, message.reminder, deadline))
            skipped += [Occasion(debt.told, day) for day in debt.verdict.skipped]
    reminders.record(conn, [*told, *skipped])
    return len(skipped)


def _post(
    conn: Connection, messages: Sequence[_Message], moment: Moment, real: datetime, setting: Setting
) -> list[Delivery]:
    deliveries: list[Delivery] = []
    for until in {one.until: None for one in messages}:
        together = [one for one in messages if one.until == until]
        reminder_of = {one.says.to: one.reminder for one in together}
        says = [one.says for one in together]
        expires_at = setting.real_after(real, until - moment.at)
        posted = answers.post(conn, says, setting.limits, at=real, expires_at=expires_at)
        # Of a text in several messages the last one, with the buttons, decides whether it arrived.
        sent_as = {reminder_of[Address(one.messenger, one.peer)]: one.id for one in posted}
        reminders.note_deliveries(conn, sent_as)
        deliveries += posted
    return deliveries


def _say(reminder: int, reader: Reader, debts: Sequence[Debt], moment: Moment, setting: Setting) -> Say:
    locale = reader.locale
    every = list(_in_words(locale, debts, setting))
    said = every[:MOST_TOLD]
    told = [one for _, one in said]
    rows = [*_settling(told, setting.limits), _putting_off(locale, reminder, debts, moment)]
    keyboard = Keyboard(rows) if any(rows) else None
    recipe = next((one.recipe for one in told if one.recipe is not None), None)
    if recipe is not None:  # without its picture, a message keeps its buttons
        recipe = replace(recipe, otherwise_keyboard=keyboard)
    to = Address(reader.messenger, reader.user_id)
    return Say(_text(locale, said, len(every) - len(said)), keyboard, recipe, to)


def _in_words(locale: str, debts: Sequence[Debt], setting: Setting) -> Iterator[tuple[Duty, Told]]:
    """Each debt by itself; of a duty that has words for many at once, all in one."""
    for duty, some in groupby(debts, key=lambda debt: debt.duty):
        owed = [debt.owed for debt in some]
        if duty.together is not None and len(owed) > MOST_APART:
            yield duty, duty.together(locale, owed, setting)
        else:
            yield from ((duty, duty.told(locale, one, setting)) for one in owed)


def _text(locale: str, said: Sequence[tuple[Duty, Told]], more: int) -> str:
    """What is to be done, in a list where it is several; below it the news, each a paragraph of its own."""
    debts = [told.text for duty, told in said if duty.news is None]
    news = [told.text for duty, told in said if duty.news is not None]
    if len(debts) > 1 or more:
        lines = "\n".join(f"• {debt}" for debt in debts)
        debts = [say(locale, "reminder-of-several", lines=lines, more=more)]
    return "\n\n".join([*debts, *news])


def _settling(told: Sequence[Told], limits: Limits) -> Sequence[Sequence[Button | Link]]:
    """For each debt the button that settles it, then what else they offer, as far as there is room."""
    first = _different([one.buttons[0] for one in told if one.buttons])
    most = limits.inline_buttons - PUT_OFFS
    width = 1 if len(first) <= ONE_A_ROW else 2
    rows = rows_of(first[: min(DEBT_ROWS * width, most)], width)
    others = _different([*first, *(button for one in told for button in one.buttons[1:])])[len(first) :]
    left, rows_left = most - len(first), limits.inline_rows - 1 - len(rows)
    if left <= 0 or rows_left <= 0:
        return rows
    width = 1 if len(others) <= rows_left else 2
    return [*rows, *rows_of(others[: min(rows_left * width, left)], width)]


def _different(buttons: Iterable[Button]) -> list[Button]:
    """Several debts may be settled at one place."""
    return list({button.press.model_dump_json(): button for button in buttons}.values())


def _putting_off(locale: str, reminder: int, debts: Sequence[Debt], moment: Moment) -> list[Button | Link]:
    deadlines = [debt.duty.due(debt.owed, moment.calendar) for debt in debts if debt.duty.news is None]
    return [
        Button(say(locale, "button-put-off", days=days), PutOff(reminder=ReminderId(reminder), days=days))
        for days in put_offs_offered(moment.today, deadlines, moment.calendar)
    ]
