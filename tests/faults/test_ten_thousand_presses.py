"""10,000 presses at once by 1,000 accounts for 50 participants: exactly 1,000 votes, and one receipt for each account.

The bot runs in its own process, with its real handlers; in half of the runs it is killed in between.
"""

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.domain.names import ShownAs
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.vote_log import ChainWhole
from bot.emulator import Emulator
from bot.presses.voters import CastVote
from bot.storage import participant_ids, people, schema, vote_log
from tests.faults.processes import BotProcess, Home, home
from tests.storage.builders import add_claim, add_class, add_person, add_school
from tests.storage.conftest import transaction

ACCOUNTS, PARTICIPANTS, PRESSES_EACH = 1_000, 50, 10
FIRST_DAY = datetime(2017, 11, 8, 6, 0, tzinfo=UTC)
WITHIN_S = 120.0
RECEIPT = re.compile(r"Квитанция: (\S+)")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kills", [0, 3])
async def test_ten_thousand_presses_at_once_give_exactly_a_thousand_votes(
    kills: int, database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path, routers="bot.app:ROUTERS", kept_events=20_000, kept_calls=100) as place:
        voters = [place.emulator.add_person("Голос", f"№{number}").id for number in range(ACCOUNTS)]
        for voter in voters:
            place.emulator.allow(voter)
        with transaction(database_url) as conn:
            participants = prepared(conn, voters)
        bot = start(place)
        await place.ready()
        press_all_at_once(place.emulator, voters, participants)
        for _ in range(kills):
            bot = await killed_and_started(place, bot)
        await place.emulator.until(lambda: all_answered(place.emulator, voters), WITHIN_S)
        assert await bot.stopped() == 0
        with transaction(database_url) as conn:
            check_votes(conn)
        check_receipts(place.emulator, voters)


def start(place: Home) -> BotProcess:
    return place.start(UGUBOT_CLOCK=FIRST_DAY.isoformat())


def prepared(conn: Connection, voters: Sequence[int]) -> list[ParticipantNumber]:
    """Fifty participants, and voters who have consented."""
    school, teacher = add_school(conn), add_person(conn, "Ольга", "С")
    half = PARTICIPANTS // 2
    classes = [add_class(conn, school, teacher, label=label, pupils=half) for label in ("9-А", "9-Б")]
    numbers = [issued.number for class_id in classes for issued in participant_ids.of_class(conn, class_id)]
    for number in numbers:
        add_claim(conn, number, add_person(conn, "Мария", "П"))
    for voter in voters:
        people.join(conn, "vk", voter, at=FIRST_DAY)
    return numbers


def press_all_at_once(emulator: Emulator, voters: Sequence[int], participants: Sequence[ParticipantNumber]) -> None:
    """Each account presses «Подтвердить» ten times, for whom it likes, in an order that nobody planned."""
    chance = random.Random(2017)
    pressing = list(voters) * PRESSES_EACH
    chance.shuffle(pressing)
    for voter in pressing:
        press = CastVote(number=chance.choice(participants), shown_as=ShownAs.NAME)
        emulator.press_forged(voter, press.model_dump_json())


async def killed_and_started(place: Home, bot: BotProcess) -> BotProcess:
    """Kill the bot after it has answered some more of them."""
    before = place.emulator.calls.count
    await place.emulator.until(lambda: place.emulator.calls.count >= before + 30, WITHIN_S)
    await bot.killed()
    return start(place)


def answers(emulator: Emulator, voter: int) -> list[str]:
    return [message.text for message in emulator.dialogue(voter).messages if message.out]


def all_answered(emulator: Emulator, voters: Sequence[int]) -> bool:
    return all(len(emulator.dialogue(voter).messages) >= PRESSES_EACH for voter in voters)


def check_votes(conn: Connection) -> None:
    voted, accounts = conn.execute(select(func.count(), func.count(schema.votes.c.voter.distinct()))).one()
    assert (voted, accounts) == (ACCOUNTS, ACCOUNTS)
    assert conn.execute(select(func.sum(schema.tallies.c.votes))).scalar_one() == ACCOUNTS
    assert isinstance(vote_log.check(conn), ChainWhole)
    assert vote_log.differences(conn) == []


def check_receipts(emulator: Emulator, voters: Sequence[int]) -> None:
    """Ten answers for ten presses, all with the receipt of the first."""
    for voter in voters:
        said = answers(emulator, voter)
        codes = {RECEIPT.findall(text)[0] for text in said}
        assert (len(said), len(codes)) == (PRESSES_EACH, 1)
        assert len(emulator.dialogue(voter).popups) <= PRESSES_EACH
