"""People and their accounts: who writes, how they are shown, where to reach them, and how they are forgotten.

An account belongs to a person from the consent on. After an erasure its row keeps the pseudonym alone, so that the
same account is known again and takes no second part.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, text, update

from bot.domain.identifiers import PersonId, Pseudonym
from bot.domain.names import Profile, ShownAs, kept
from bot.domain.votes import pseudonym
from bot.storage.schema import accounts, dialogues, people
from bot.storage.schema import secrets as secrets_table

PSEUDONYM_KEY: Final = "pseudonyms"

_KEY = select(secrets_table.c.value).where(secrets_table.c.name == PSEUDONYM_KEY)
_MAKE_KEY = text("INSERT INTO secrets (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
_BY_PSEUDONYM = select(accounts.c.person_id, accounts.c.user_id).where(accounts.c.pseudonym == bindparam("called"))
_ADD = insert(people).returning(people.c.id)
_ADD_ACCOUNT = insert(accounts)
_CARD = select(
    people.c.first_name, people.c.last_initial, people.c.is_adult, people.c.shown_as, people.c.created_at
).where(people.c.id == bindparam("person"))
_ADDRESS = (
    select(accounts.c.messenger, accounts.c.user_id, dialogues.c.locale)
    .select_from(
        accounts.outerjoin(
            dialogues,
            (dialogues.c.messenger == accounts.c.messenger)
            & (dialogues.c.user_id == accounts.c.user_id)
            & (dialogues.c.peer == accounts.c.user_id),
        )
    )
    .where(accounts.c.person_id == bindparam("person"), accounts.c.user_id.is_not(None))
    .order_by(accounts.c.unreachable_since.is_not(None), accounts.c.id)
    .limit(1)
)
_ACCOUNTS = (
    select(accounts.c.messenger, accounts.c.user_id)
    .where(accounts.c.person_id == bindparam("person"), accounts.c.user_id.is_not(None))
    .order_by(accounts.c.id)
)
_NAME = (
    update(people)
    .where(people.c.id == bindparam("person"), people.c.erased_at.is_(None))
    .values(first_name=bindparam("first"), last_initial=bindparam("last"))
)
_SHOW = update(people).where(people.c.id == bindparam("person")).values(shown_as=bindparam("shown"))
_AGE = update(people).where(people.c.id == bindparam("person")).values(is_adult=bindparam("adult"))
_ERASE = (
    update(people)
    .where(people.c.id == bindparam("person"), people.c.erased_at.is_(None))
    .values(first_name=None, last_initial=None, is_adult=None, shown_as=ShownAs.MASKED.value, erased_at=bindparam("at"))
)
_UNLINK = update(accounts).where(accounts.c.person_id == bindparam("person")).values(user_id=None)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom an account belongs to. person: None before consent. erased: its data were erased on request."""

    person: PersonId | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class PersonsAddress:
    """Where a person reads, and in which language. user_id is also the peer of the private dialogue."""

    messenger: str
    user_id: int
    locale: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What is stored of a person. is_adult: None until asked."""

    profile: Profile | None
    is_adult: bool | None
    shown_as: ShownAs
    since: datetime


# --- who it is


def identify(conn: Connection, messenger: str, user_id: int) -> Identity:
    """Whose account this is, whether it took part before and was erased."""
    key = conn.execute(_KEY).scalar()
    if key is None:  # the first account makes it: nobody took part yet
        return Identity(None)
    row = conn.execute(_BY_PSEUDONYM, {"called": pseudonym(bytes.fromhex(key), messenger, user_id)}).first()
    if row is None:
        return Identity(None)
    return Identity(None, erased=True) if row.user_id is None else Identity(row.person_id)


def join(conn: Connection, messenger: str, user_id: int, *, at: datetime) -> PersonId:
    """A new person behind an account that is nobody's yet.

    Raises IntegrityError if the account belongs to somebody, erased or not.
    """
    person = conn.execute(_ADD, {"created_at": at}).scalar_one()
    name = pseudonym(_pseudonym_key(conn), messenger, user_id)
    conn.execute(_ADD_ACCOUNT, {"person_id": person, "messenger": messenger, "user_id": user_id, "pseudonym": name})
    return PersonId(person)


def pseudonym_of(conn: Connection, messenger: str, user_id: int) -> Pseudonym:
    """The name under which the account counts for good, also after its link was erased."""
    return pseudonym(_pseudonym_key(conn), messenger, user_id)


def _pseudonym_key(conn: Connection) -> bytes:
    """The campaign's key, made on first need.

    Not kept in memory: a transaction that made it may be rolled back, and the retention job erases it for good.
    """
    key = conn.execute(_KEY).scalar()
    if key is None:
        # Of two that make one at once the second waits here for the first's commit, and then reads the first's.
        conn.execute(_MAKE_KEY, {"name": PSEUDONYM_KEY, "value": secrets.token_hex(32)})
        key = conn.execute(_KEY).scalar_one()
    return bytes.fromhex(key)


# --- what is known of them


def card(conn: Connection, person: PersonId) -> PersonCard:
    """What is stored of the person."""
    row = conn.execute(_CARD, {"person": person}).one()
    return PersonCard(profile_of(row.first_name, row.last_initial), row.is_adult, ShownAs(row.shown_as), row.created_at)


def profile_of(first_name: str | None, last_initial: str | None) -> Profile | None:
    """The name as stored; None before the messenger told it, or after erasure."""
    return None if first_name is None else Profile(first_name, last_initial or "")


def address_of(conn: Connection, person: PersonId) -> PersonsAddress | None:
    """Where the person can be written to; None after an erasure."""
    row = conn.execute(_ADDRESS, {"person": person}).first()
    return None if row is None else PersonsAddress(row.messenger, row.user_id, row.locale or "ru")


def accounts_of(conn: Connection, person: PersonId) -> list[tuple[str, int]]:
    """The person's accounts as (messenger, user id)."""
    return [(row.messenger, row.user_id) for row in conn.execute(_ACCOUNTS, {"person": person})]


# --- what changes


def store_name(conn: Connection, person: PersonId, profile: Profile) -> None:
    """Keep first name and initial of the messenger's profile, once harmless; nothing else of it."""
    harmless = kept(profile)
    if harmless is not None:
        name = {"person": person, "first": harmless.first_name, "last": harmless.last_name or None}
        conn.execute(_NAME, name)


def show_as(conn: Connection, person: PersonId, choice: ShownAs) -> None:
    """Show the person to others by name or masked from now on."""
    conn.execute(_SHOW, {"person": person, "shown": choice.value})


def note_age(conn: Connection, person: PersonId, *, is_adult: bool) -> None:
    """Keep the answer to «Вам есть 18?»."""
    conn.execute(_AGE, {"person": person, "adult": is_adult})


def erase(conn: Connection, person: PersonId, *, at: datetime) -> None:
    """Forget the person's name and the links to their accounts; what they did keeps counting under the pseudonym."""
    conn.execute(_ERASE, {"person": person, "at": at})
    conn.execute(_UNLINK, {"person": person})
