from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.claims import LOCK, ClaimAccepted
from bot.storage import claims, participant_ids, participants
from tests.storage.builders import NOON, add_class, add_person, add_school


def test_a_claimed_number_is_its_persons_from_then_on(conn: Connection) -> None:
    class_id = add_class(conn, add_school(conn), add_person(conn, "Ольга"), pupils=1)
    [free] = participant_ids.of_class(conn, class_id)
    maria = add_person(conn, "Мария", "П")
    claims.add(conn, ClaimAccepted(free.number, maria, NOON))
    found = participants.found(conn, free.number)
    assert found is not None
    assert (found.issued.claimed_by, found.issued.claimed_at) == (maria, NOON)
    assert participants.number_of(conn, maria) == free.number


def test_of_two_pupils_who_claim_one_number_at_once_one_gets_it(race: Callable[..., list[Any]], committed: Any) -> None:
    def prepared(conn: Connection) -> tuple[Any, Any, Any]:
        class_id = add_class(conn, add_school(conn), add_person(conn, "Ольга"), pupils=1)
        return participant_ids.of_class(conn, class_id)[0].number, add_person(conn), add_person(conn)

    number, anna, oleg = committed(prepared)
    outcomes = race(
        lambda conn: claims.add(conn, ClaimAccepted(number, anna, NOON)),
        lambda conn: claims.add(conn, ClaimAccepted(number, oleg, NOON)),
    )
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    owners = [committed(lambda conn, who=who: participants.number_of(conn, who)) for who in (anna, oleg)]
    assert sorted(owners, key=str) == [number, None]


def test_wrong_tries_are_remembered_only_while_they_can_lock(conn: Connection) -> None:
    anna = add_person(conn)
    claims.note_miss(conn, anna, at=NOON)
    later = NOON + LOCK
    claims.note_miss(conn, anna, at=later)
    assert claims.misses(conn, anna, at=later) == (NOON, later)
    claims.note_miss(conn, anna, at=NOON + 2 * LOCK + timedelta(seconds=1))
    assert NOON not in claims.misses(conn, anna, at=NOON)
