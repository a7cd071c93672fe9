from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import orjson
import pytest
from sqlalchemy import Connection, delete, select, update

from bot.domain.duties import Audience, Owed
from bot.jobs.duty import Duty, Told
from bot.jobs.setting import Setting
from bot.storage import outbox, put_offs, reachability, reminders, schema
from bot.storage.outbox import DeliveryState, Outcome
from bot.storage.put_offs import ToldDebt
from tests.jobs.debts import (
    LONG_AGO,
    Debts,
    Rounds,
    coordinates_too,
    coordinators,
    duty,
    last_days_of_voting,
    messages,
    moscow,
    november,
    participants,
    recorded,
    teachers,
    texts,
    told,
)
from tests.storage.conftest import transaction


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    """An open transaction of a migrated, empty database."""
    with transaction(database_url) as conn:
        yield conn


def test_a_debt_is_told_once_and_then_only_on_its_next_planned_day(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9, 13))])
    assert texts(rounds.at(conn, "2017-11-09 15:00")) == ["Сделайте class:1"]
    assert texts(rounds.at(conn, "2017-11-09 15:01")) == []
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == []
    assert texts(rounds.at(conn, "2017-11-13 15:00")) == ["Сделайте class:1"]
    assert recorded(conn) == [(day, "sent") for day in november(9, 13)]


def test_two_classes_near_the_end_of_lessons_make_one_message_with_two_buttons(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna, "class:1")
    debts.owe(anna, "class:2", since=LONG_AGO + timedelta(hours=1))
    [delivery] = Rounds([duty(debts, november(22))]).at(conn, "2017-11-22 15:00").deliveries
    assert delivery.body.text == "Напоминаю:\n• Сделайте class:1\n• Сделайте class:2"
    assert labels(delivery) == [["Готово class:1"], ["Готово class:2"], ["Завтра", "Через 3 дня"]]
    assert recorded(conn) == [(date(2017, 11, 22), "sent")] * 2


def test_what_is_settled_is_never_told_and_its_missed_days_are_recorded(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    debts.settle(anna, at=moscow("2017-11-10 11:00"))
    done = Rounds([duty(debts, november(9, 13))]).at(conn, "2017-11-14 15:00")
    assert (texts(done), done.skipped) == ([], 1)
    assert recorded(conn) == [(date(2017, 11, 9), "skipped")]


def test_days_missed_while_the_bot_was_down_become_one_message_later(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    done = Rounds([duty(debts, november(9, 13, 15))]).at(conn, "2017-11-16 09:00")
    assert (texts(done), done.skipped) == (["Сделайте class:1"], 2)
    assert recorded(conn) == [
        (date(2017, 11, 9), "skipped"),
        (date(2017, 11, 13), "skipped"),
        (date(2017, 11, 15), "sent"),
    ]


def test_a_coordinator_who_teaches_is_told_both_at_noon_in_one_message(conn: Connection) -> None:
    [anna] = teachers(conn)
    coordinates_too(conn, anna)
    of_class, of_region = Debts(), Debts()
    of_class.owe(anna)
    of_region.owe(anna, "digest")
    digest = duty(of_region, november(9), "digest", Audience.COORDINATORS, news="digest")
    rounds = Rounds([duty(of_class, november(9)), digest])
    assert texts(rounds.at(conn, "2017-11-09 12:00", Audience.COORDINATORS)) == ["Сделайте class:1\n\nСделайте digest"]
    assert texts(rounds.at(conn, "2017-11-09 15:00")) == []


def test_a_coordinator_without_a_digest_gets_the_teachers_part_in_the_afternoon(conn: Connection) -> None:
    [anna] = teachers(conn)
    coordinates_too(conn, anna)
    of_class = Debts()
    of_class.owe(anna)
    rounds = Rounds([duty(of_class, november(9)), duty(Debts(), november(9), "digest", Audience.COORDINATORS)])
    assert texts(rounds.at(conn, "2017-11-09 12:00", Audience.COORDINATORS)) == []
    assert texts(rounds.at(conn, "2017-11-09 15:00")) == ["Сделайте class:1"]


def test_a_late_digest_does_not_bring_a_teachers_debt_into_the_evening(conn: Connection) -> None:
    [anna] = teachers(conn)
    coordinates_too(conn, anna)
    of_class, of_region = Debts(), Debts()
    of_class.owe(anna)
    of_region.owe(anna, "digest")
    rounds = Rounds([duty(of_class, november(9)), duty(of_region, november(9), "digest", Audience.COORDINATORS)])
    assert texts(rounds.at(conn, "2017-11-09 19:00", Audience.COORDINATORS)) == ["Сделайте digest"]
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == ["Сделайте class:1"]


def test_what_had_no_room_in_todays_message_is_told_the_next_working_day(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(10))])
    reminders.claim_day(conn, [anna], date(2017, 11, 10), at=moscow("2017-11-10 12:00"))
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == []
    assert texts(rounds.at(conn, "2017-11-13 15:00")) == ["Сделайте class:1"]


def test_a_participant_on_the_last_friday_gets_one_message_with_both_news(conn: Connection) -> None:
    [oleg] = participants(conn)
    weekly, last = Debts(), Debts()
    for debts in (weekly, last):
        debts.owe(oleg, "campaign")
    friday = date(2017, 12, 1)
    balance = duty(weekly, [friday], "weekly-balance", Audience.PARTICIPANTS, news="weekly-balance")
    rounds = Rounds([last_days_of_voting(last), balance])
    [delivery] = rounds.at(conn, "2017-12-01 16:00", Audience.PARTICIPANTS).deliveries
    assert delivery.body.text == "Сделайте campaign\n\nСделайте campaign"
    assert labels(delivery) == [["Готово campaign"]]  # news cannot be put off, and one place settles both
    assert len(texts(rounds.at(conn, "2017-12-02 16:00", Audience.PARTICIPANTS))) == 1


def test_muted_news_stays_away_and_does_not_come_after_it_is_wanted_again(conn: Connection) -> None:
    [oleg] = participants(conn)
    debts = Debts()
    debts.owe(oleg, "campaign")
    rounds = Rounds([last_days_of_voting(debts)])
    reminders.mute(conn, oleg, "last-days", at=LONG_AGO)
    assert texts(rounds.at(conn, "2017-12-01 16:00", Audience.PARTICIPANTS)) == []
    reminders.unmute(conn, oleg, "last-days")
    assert texts(rounds.at(conn, "2017-12-01 16:30", Audience.PARTICIPANTS)) == []
    assert len(texts(rounds.at(conn, "2017-12-02 16:00", Audience.PARTICIPANTS))) == 1


def test_news_that_come_up_on_no_day_around_are_not_even_asked_for(conn: Connection) -> None:
    participants(conn)

    def owed(*_: object) -> list[Owed]:
        raise AssertionError("the data were asked")

    news = last_days_of_voting(Debts())
    unasked = Duty("last-days", Audience.PARTICIPANTS, owed, news.reminds, news.told, only_on=news.only_on)
    rounds = Rounds([unasked], since=moscow("2017-11-14 16:00"))
    assert rounds.at(conn, "2017-11-15 16:00", Audience.PARTICIPANTS).cursor is None


def test_a_debt_put_off_is_silent_and_comes_again_on_its_day(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9, 10, 13, 14))])
    rounds.at(conn, "2017-11-09 15:00")
    put_offs.put_off(conn, anna, [(ToldDebt("documents", "class:1", None), date(2017, 11, 14))])
    assert [texts(rounds.at(conn, f"2017-11-{day} 15:00")) for day in (10, 13)] == [[], []]
    assert texts(rounds.at(conn, "2017-11-14 15:00")) == ["Сделайте class:1"]


def test_an_unreachable_account_is_counted_and_not_written_to(conn: Connection) -> None:
    anna, vera = teachers(conn, 2)
    debts = Debts()
    debts.owe(anna)
    debts.owe(vera)
    reachability.lose(conn, "vk", account(conn, anna), at=LONG_AGO)
    rounds = Rounds([duty(debts, november(9))])
    done = rounds.at(conn, "2017-11-09 15:00")
    assert (done.recipients, done.unreachable) == (1, 1)
    reachability.regain(conn, "vk", account(conn, anna))
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == ["Сделайте class:1"]


def test_a_person_whose_data_were_erased_gets_nothing_and_counts_nowhere(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    conn.execute(update(schema.accounts).values(user_id=None))
    done = Rounds([duty(debts, november(9))]).at(conn, "2017-11-09 15:00")
    assert (done.recipients, done.unreachable, messages(conn)) == (0, 0, [])


@pytest.mark.parametrize("state", [DeliveryState.EXPIRED, DeliveryState.REFUSED])
def test_a_reminder_that_never_arrived_comes_again_the_next_allowed_day(conn: Connection, state: DeliveryState) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(10))], arrives=False)
    [delivery] = rounds.at(conn, "2017-11-10 15:00").deliveries
    assert delivery.expires_at == rounds.real + timedelta(hours=2)
    outbox.note_outcomes(conn, [Outcome(delivery.id, state, closed_at=rounds.real)])
    assert texts(rounds.at(conn, "2017-11-13 15:00")) == ["Сделайте class:1"]
    assert texts(rounds.at(conn, "2017-11-14 15:00")) == []


def test_a_reminder_whose_time_passed_while_nobody_could_send_it_comes_again(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9))], arrives=False)
    rounds.at(conn, "2017-11-09 15:00")
    rounds.real += timedelta(hours=20)
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == ["Сделайте class:1"]


def test_a_delivered_reminder_and_one_in_doubt_are_not_repeated(conn: Connection) -> None:
    persons = teachers(conn, 3)
    debts = Debts()
    for person in persons:
        debts.owe(person)
    rounds = Rounds([duty(debts, november(9))], arrives=False)
    first, second, third = rounds.at(conn, "2017-11-09 15:00").deliveries
    outcomes = [
        Outcome(first.id, DeliveryState.SENT, cmid=1, closed_at=rounds.real),
        Outcome(second.id, DeliveryState.UNCERTAIN, closed_at=rounds.real),
        # Its hours ended before anybody knew what had become of the offer.
        Outcome(third.id, DeliveryState.EXPIRED, first_offered_at=rounds.real, closed_at=rounds.real),
    ]
    outbox.note_outcomes(conn, outcomes)
    rounds.real += timedelta(days=1)
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == []


def test_a_class_handed_over_is_owed_by_the_new_teacher_alone(conn: Connection) -> None:
    anna, vera = teachers(conn, 2)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9, 13))])
    rounds.at(conn, "2017-11-09 15:00")
    debts.settle(anna, at=moscow("2017-11-10 10:00"))
    debts.owe(vera, since=moscow("2017-11-10 10:00"))
    [delivery] = rounds.at(conn, "2017-11-13 15:00").deliveries
    assert delivery.peer == account(conn, vera)


def test_people_are_gone_through_in_pages_and_nobody_is_left_out(conn: Connection) -> None:
    persons = participants(conn, 450)
    debts = Debts()
    for person in persons:
        debts.owe(person, "campaign")
    rounds = Rounds([last_days_of_voting(debts)])
    done = rounds.at(conn, "2017-12-01 16:00", Audience.PARTICIPANTS)
    assert done.recipients == len({delivery.peer for delivery in done.deliveries}) == 450


def test_the_clock_set_back_tells_nobody_anything_twice(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    debts.owe(anna)
    rounds = Rounds([duty(debts, november(9, 13, 15))])
    rounds.at(conn, "2017-11-09 15:00")
    rounds.at(conn, "2017-11-15 15:00")
    rounds.since = LONG_AGO
    assert [texts(rounds.at(conn, f"2017-11-{day:02} 15:00")) for day in (9, 10, 13, 14, 15)] == [[]] * 5


def test_many_debts_share_rows_and_the_rest_is_counted(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    for number in range(13):
        debts.owe(anna, f"class:{number}", since=LONG_AGO + timedelta(minutes=number))
    [delivery] = Rounds([duty(debts, november(9))]).at(conn, "2017-11-09 15:00").deliveries
    assert delivery.body.text.endswith("• Сделайте class:9\nИ ещё 3 — всё видно в меню.")
    assert [len(row) for row in labels(delivery)] == [2, 2, 2, 2, 2]


def test_a_debt_whose_words_fail_keeps_nobody_elses_from_being_told(conn: Connection) -> None:
    anna, vera = teachers(conn, 2)
    debts = Debts()
    debts.owe(anna, "class:1")
    debts.owe(vera, "class:2")

    def words(locale: str, owed: Owed, setting: Setting) -> Told:
        if owed.person == anna:
            raise LookupError("no such sentence")
        return Told("Сделайте")

    rounds = Rounds([Duty("documents", Audience.TEACHERS, debts.owed, lambda owed, calendar: november(9), words)])
    assert texts(rounds.at(conn, "2017-11-09 15:00")) == ["Сделайте"]
    told_now = replace(rounds.duties[0], told=told)
    assert texts(Rounds([told_now]).at(conn, "2017-11-10 15:00")) == ["Сделайте class:1"]


def test_two_loops_at_the_same_round_tell_each_person_once(postgresql_url: str) -> None:
    debts = Debts()
    with transaction(postgresql_url) as conn:
        for person in teachers(conn, 40):
            debts.owe(person)
    start, done = Barrier(2), []

    def loop() -> None:
        start.wait(10)
        with transaction(postgresql_url) as conn:
            done.append(Rounds([duty(debts, november(9))]).at(conn, "2017-11-09 15:00"))

    threads = [Thread(target=loop) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(one.recipients for one in done) == [0, 40]
    with transaction(postgresql_url) as conn:
        assert len(conn.execute(select(schema.outbox.c.peer)).all()) == 40
        assert len(recorded(conn)) == 40


def test_the_coordinators_own_round_asks_only_coordinators(conn: Connection) -> None:
    [anna], [irina] = teachers(conn), coordinators(conn)
    debts = Debts()
    debts.owe(anna, "digest")
    debts.owe(irina, "digest")
    rounds = Rounds([duty(debts, november(9), "digest", Audience.COORDINATORS)])
    [delivery] = rounds.at(conn, "2017-11-09 12:00", Audience.COORDINATORS).deliveries
    assert delivery.peer == account(conn, irina)
    conn.execute(delete(schema.roles))
    assert rounds.at(conn, "2017-11-10 12:00", Audience.COORDINATORS).cursor is None


def account(conn: Connection, person: int) -> int:
    found: int = conn.execute(
        select(schema.accounts.c.user_id).where(schema.accounts.c.person_id == person)
    ).scalar_one()
    return found


def labels(delivery: outbox.Delivery) -> list[list[str]]:
    """The labels of the buttons below a message, row by row."""
    keyboard = orjson.loads(delivery.body.keyboard or '{"rows": []}')
    return [[button["label"] for button in row] for row in keyboard["rows"]]
