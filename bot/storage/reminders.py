"""What people were told by the clock: one automatic message per person and day, and for which occasions it stood.

Nobody is told twice because the rows are unique: (person, day) and (person, duty, subject, planned day). A message that
was never delivered told nothing: its occasions are freed, so that they come again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, and_, bindparam, delete, func, or_, select, update

# Its ON CONFLICT DO NOTHING is written alike for both databases.
from sqlalchemy.dialects.postgresql import insert

from bot.domain.duties import Audience
from bot.domain.identifiers import PersonId
from bot.storage import schema
from bot.storage.hot import Hot
from bot.storage.schema_duties import mutes, occasions, put_offs, reminders

ENDS_WITHIN = timedelta(days=7)  # by then no message is on its way any more


class WhichDebt(NamedTuple):
    """Which debt of whom."""

    person: PersonId
    duty: str
    subject: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reminder of one debt, planned for a local day. reminder: the message that told it, None: skipped."""

    told: WhichDebt
    planned_on: date
    reminder: int | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a person reads, in which language, and whether the account takes messages from us."""

    messenger: str
    user_id: int
    locale: str
    is_reachable: bool


_MEMBERS: Final = {
    # Who handed a class over still counts: what they were not told of it is recorded as skipped.
    Audience.TEACHERS: schema.class_teachers.c.person_id,
    Audience.PARTICIPANTS: schema.claims.c.person_id,
    Audience.COORDINATORS: schema.roles.c.person_id,
}
_STANDING: Final = {
    Audience.PARTICIPANTS: (schema.claims.c.released_at.is_(None),),
    Audience.COORDINATORS: (schema.roles.c.role == "coordinator", schema.roles.c.revoked_at.is_(None)),
}
_PERSONS = bindparam("persons", expanding=True, type_=BigInteger)
# Pages are bounded, not listed: a list of 200 ids costs more than the rest of such a statement.
_FIRST, _LAST = bindparam("first", type_=BigInteger), bindparam("last", type_=BigInteger)
_PAGE = {
    audience: select(person)
    .where(person > bindparam("after"), *_STANDING.get(audience, ()))
    .distinct()
    .order_by(person)
    .limit(bindparam("most"))
    for audience, person in _MEMBERS.items()
}
_AMONG = {
    audience: select(person).where(person.between(_FIRST, _LAST), *_STANDING.get(audience, ())).distinct()
    for audience, person in _MEMBERS.items()
}
_READERS = (
    select(
        schema.accounts.c.person_id,
        schema.accounts.c.messenger,
        schema.accounts.c.user_id,
        schema.dialogues.c.locale,
        schema.accounts.c.unreachable_since,
    )
    .select_from(
        schema.accounts.outerjoin(
            schema.dialogues,
            and_(
                schema.dialogues.c.messenger == schema.accounts.c.messenger,
                schema.dialogues.c.user_id == schema.accounts.c.user_id,
                schema.dialogues.c.peer == schema.accounts.c.user_id,
            ),
        )
    )
    .where(schema.accounts.c.person_id.in_(_PERSONS), schema.accounts.c.user_id.is_not(None))
    # The one that is written to comes last, so that a dictionary keeps it.
    .order_by(schema.accounts.c.unreachable_since.is_(None), schema.accounts.c.id.desc())
)
_UP_TO = (
    select(
        occasions.c.person_id, occasions.c.duty, occasions.c.subject, func.max(occasions.c.planned_on).label("up_to")
    )
    .where(
        occasions.c.person_id.between(_FIRST, _LAST),
        occasions.c.duty.in_(bindparam("duties", expanding=True)),
        occasions.c.planned_on <= bindparam("today"),
    )
    .group_by(occasions.c.person_id, occasions.c.duty, occasions.c.subject)
)
_PUT_OFFS = select(put_offs).where(put_offs.c.person_id.between(_FIRST, _LAST))
_MUTES = select(mutes.c.person_id, mutes.c.news).where(mutes.c.person_id.between(_FIRST, _LAST))
_NEVER_DELIVERED = or_(
    # What was offered and then expired may have arrived: its outcome never came.
    and_(schema.outbox.c.state == "expired", schema.outbox.c.first_offered_at.is_(None)),
    schema.outbox.c.state == "refused",
    # Its time passed while nobody could send it: whoever looks at it next expires it.
    and_(schema.outbox.c.state == "queued", schema.outbox.c.expires_at <= bindparam("real")),
)
_FREE = Hot(
    delete(occasions).where(
        occasions.c.reminder_id.in_(
            select(reminders.c.id)
            .join(schema.outbox, schema.outbox.c.id == reminders.c.outbox_id)
            .where(
                reminders.c.person_id.between(_FIRST, _LAST),
                reminders.c.day >= bindparam("first_day"),
                reminders.c.day < bindparam("today"),
                _NEVER_DELIVERED,
            )
            .scalar_subquery()
        )
    )
)
_CLAIM = insert(reminders).on_conflict_do_nothing().returning(reminders.c.person_id, reminders.c.id)
_RECORD = insert(occasions).on_conflict_do_nothing()
_FORGET_SKIPPED = delete(occasions).where(occasions.c.state == "skipped", occasions.c.planned_on >= bindparam("day"))
_SENT_AS = update(reminders).where(reminders.c.id == bindparam("reminder")).values(outbox_id=bindparam("row"))
_MUTED = select(mutes.c.news).where(mutes.c.person_id == bindparam("person"))
_MUTE = insert(mutes).on_conflict_do_nothing()
_UNMUTE = delete(mutes).where(mutes.c.person_id == bindparam("person"), mutes.c.news == bindparam("kind"))


# --- people


def members(conn: Connection, audience: Audience, *, after: int, most: int) -> list[PersonId]:
    """Some of the audience, by id, behind the person `after`."""
    return [PersonId(one) for one in conn.execute(_PAGE[audience], {"after": after, "most": most}).scalars()]


def members_between(conn: Connection, audience: Audience, first: PersonId, last: PersonId) -> set[PersonId]:
    """Who of the people with ids from first to last belongs to the audience."""
    return {PersonId(one) for one in conn.execute(_AMONG[audience], {"first": first, "last": last}).scalars()}


def readers(conn: Connection, persons: Collection[PersonId]) -> dict[PersonId, Reader]:
    """Where each of these people reads; nobody whose data were erased."""
    rows = conn.execute(_READERS, {"persons": list(persons)})
    return {
        PersonId(person): Reader(messenger, user_id, locale or "ru", unreachable_since is None)
        for person, messenger, user_id, locale, unreachable_since in rows
    }


# --- what they know, and want


def told_up_to(
    conn: Connection, duties: Collection[str], first: PersonId, last: PersonId, today: date
) -> dict[WhichDebt, date]:
    """Of each debt the latest planned day, not after today, that was told or recorded as skipped."""
    values = {"duties": list(duties), "first": first, "last": last, "today": today}
    rows = conn.execute(_UP_TO, values)
    return {WhichDebt(person, duty, subject): up_to for person, duty, subject, up_to in rows}


def put_off(conn: Connection, first: PersonId, last: PersonId) -> dict[WhichDebt, date]:
    """Until when people have put debts off; also what is over already."""
    rows = conn.execute(_PUT_OFFS, {"first": first, "last": last})
    return {WhichDebt(person, duty, subject): until for person, duty, subject, until in rows}


def muted_between(conn: Connection, first: PersonId, last: PersonId) -> set[tuple[PersonId, str]]:
    """Which kinds of news which people do not want."""
    return {(person, news) for person, news in conn.execute(_MUTES, {"first": first, "last": last})}


def muted(conn: Connection, person: PersonId) -> set[str]:
    """The kinds of news that the person does not want."""
    return set(conn.execute(_MUTED, {"person": person}).scalars())


def mute(conn: Connection, person: PersonId, news: str, *, at: datetime) -> None:
    """No more news of this kind."""
    conn.execute(_MUTE, {"person_id": person, "news": news, "muted_at": at})


def unmute(conn: Connection, person: PersonId, news: str) -> None:
    """News of this kind again."""
    conn.execute(_UNMUTE, {"person": person, "kind": news})


# --- telling


def free_undelivered(
    conn: Connection, first: PersonId, last: PersonId, *, since: date, today: date, real: datetime
) -> None:
    """Let what was told in messages of earlier days that never arrived count as not told. real: real time.

    since: the day of the last round, when all before it was looked at. A delivery may have ended some days later.
    """
    days = {"first_day": min(since, today - ENDS_WITHIN), "today": today}
    _FREE.run(conn, {"first": first, "last": last, "real": real, **days})


def claim_day(conn: Connection, persons: Sequence[PersonId], day: date, *, at: datetime) -> Mapping[PersonId, int]:
    """The id of the day's automatic message of each person who has had none yet. at: campaign time."""
    values = [{"person_id": person, "day": day, "sent_at": at} for person in persons]
    return {PersonId(person): reminder for person, reminder in conn.execute(_CLAIM, values)}


def record(conn: Connection, told: Iterable[Occasion]) -> None:
    """Note which occasions were told, or skipped; what is noted already stays as it is."""
    values: list[dict[str, Any]] = [
        {
            "person_id": one.told.person, "duty": one.told.duty, "subject": one.told.subject,
            "planned_on": one.planned_on, "state": "skipped" if one.reminder is None else "sent",
            "reminder_id": one.reminder, "deadline": one.deadline,
        }
        for one in told
    ]  # fmt: skip
    if values:
        conn.execute(_RECORD, values)


def forget_skipped(conn: Connection, day: date) -> None:
    """A rehearsal's clock was set back to this day: what nobody was told of it and of later ones comes with them."""
    conn.execute(_FORGET_SKIPPED, {"day": day})


def note_deliveries(conn: Connection, sent_as: Mapping[int, int]) -> None:
    """Note as which outbox row each message goes. sent_as: by the message's id."""
    conn.execute(_SENT_AS, [{"reminder": reminder, "row": row} for reminder, row in sent_as.items()])
