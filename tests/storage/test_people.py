from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.domain.names import Profile, ShownAs
from bot.storage import consents, people, schema
from bot.storage.consents import ConsentKind
from bot.storage.people import Identity, PersonsAddress
from tests.storage.builders import NOON


def test_an_account_is_nobodys_until_it_joins_and_then_one_persons(conn: Connection) -> None:
    assert people.identify(conn, "vk", 7) == Identity(None)
    person = people.join(conn, "vk", 7, at=NOON)
    assert people.identify(conn, "vk", 7) == Identity(person)
    assert people.identify(conn, "max", 7) == Identity(None)


def test_an_erased_account_is_known_again_but_leads_to_nobody(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    people.store_name(conn, person, Profile("Анна", "Королёва"))
    people.erase(conn, person, at=NOON)
    assert people.identify(conn, "vk", 7) == Identity(None, erased=True)
    assert people.address_of(conn, person) is None
    assert people.card(conn, person).profile is None
    assert conn.execute(select(schema.accounts.c.user_id)).scalars().all() == [None]


def test_a_name_that_arrives_after_the_erasure_is_not_kept(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    people.erase(conn, person, at=NOON)
    people.store_name(conn, person, Profile("Анна", "Королёва"))
    assert people.card(conn, person).profile is None


def test_only_a_harmless_first_name_and_the_initial_are_stored(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    people.store_name(conn, person, Profile("[id1|Анна]\n" + "\0" + "я" * 500, "королёва"))
    profile = people.card(conn, person).profile
    assert profile is not None
    assert profile.last_name == "К"
    assert len(profile.first_name) <= 24
    assert not set("[]|\n\0") & set(profile.first_name)


def test_choices_about_name_and_age_are_kept(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    assert people.card(conn, person).is_adult is None
    people.show_as(conn, person, ShownAs.MASKED)
    people.note_age(conn, person, is_adult=True)
    card = people.card(conn, person)
    assert (card.shown_as, card.is_adult, card.since) == (ShownAs.MASKED, True, NOON)


def test_a_person_is_written_to_in_the_language_of_their_dialogue(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    assert people.address_of(conn, person) == PersonsAddress("vk", 7, "ru")
    dialogue = {"messenger": "vk", "peer": 7, "user_id": 7, "locale": "en", "touched_at": NOON}
    conn.execute(schema.dialogues.insert(), dialogue)
    assert people.address_of(conn, person) == PersonsAddress("vk", 7, "en")
    assert people.accounts_of(conn, person) == [("vk", 7)]


def test_of_two_that_join_with_one_account_only_one_does(race: Callable[..., list[Any]], committed: Any) -> None:
    def join(conn: Connection) -> int:
        return people.join(conn, "vk", 7, at=NOON)

    outcomes = race(join, join)
    lost = [outcome for outcome in outcomes if isinstance(outcome, IntegrityError)]
    assert len(lost) == 1
    assert committed(lambda conn: people.identify(conn, "vk", 7)).person in outcomes


def test_two_first_accounts_at_once_agree_on_the_key_of_pseudonyms(
    race: Callable[..., list[Any]], committed: Any
) -> None:
    race(lambda conn: people.join(conn, "vk", 1, at=NOON), lambda conn: people.join(conn, "vk", 2, at=NOON))
    for user_id in (1, 2):
        assert committed(lambda conn, user_id=user_id: people.identify(conn, "vk", user_id)).person is not None


def test_a_consent_is_kept_with_version_and_time_until_withdrawn(conn: Connection) -> None:
    person = people.join(conn, "vk", 7, at=NOON)
    consents.give(conn, person, ConsentKind.PUBLICATION, version="1", at=NOON)
    consents.give(conn, person, ConsentKind.PUBLICATION, version="2", at=NOON)
    standing = consents.standing(conn, person)
    assert [(given.version, given.given_at) for given in standing.values()] == [("1", NOON)]
    consents.withdraw(conn, person, ConsentKind.PUBLICATION, at=NOON)
    assert consents.standing(conn, person) == {}


def test_an_account_cannot_join_twice_in_one_transaction(conn: Connection) -> None:
    people.join(conn, "vk", 7, at=NOON)
    with pytest.raises(IntegrityError), conn.begin_nested():
        people.join(conn, "vk", 7, at=NOON)
