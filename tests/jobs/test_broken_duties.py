"""A duty that fails silences neither the other duties nor anybody else; what it had to say is told later."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.domain.duties import Owed
from bot.jobs.duty import Round, Told
from bot.jobs.isolation import isolated
from bot.jobs.setting import Setting
from tests.jobs.debts import Debts, Rounds, committing, duty, november, recorded, teachers, texts, told


def _has_no_words(locale: str, owed: Owed, setting: Setting) -> Told:
    raise KeyError(locale)


def test_words_that_fail_leave_the_other_debts_of_the_message_in_place(conn: Connection) -> None:
    [anna] = teachers(conn)
    sound, broken = Debts(), Debts()
    sound.owe(anna)
    broken.owe(anna, "class:2")
    wordless = replace(duty(broken, november(9), "ready"), told=_has_no_words)
    rounds = Rounds([wordless, duty(sound, november(9))])
    assert texts(rounds.at(conn, "2017-11-09 15:00")) == ["Сделайте class:1"]
    assert recorded(conn) == [(november(9)[0], "sent")]
    rounds.duties = [replace(wordless, told=told)]
    assert texts(rounds.at(conn, "2017-11-10 15:00")) == ["Сделайте class:2"]


def test_where_all_words_fail_nothing_counts_as_told(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts = Debts()
    for subject in ("class:1", "class:2"):
        debts.owe(anna, subject)
    rounds = Rounds([replace(duty(debts, november(9)), told=_has_no_words)])
    done = rounds.at(conn, "2017-11-09 15:00")
    assert (texts(done), done.recipients, recorded(conn)) == ([], 0, [])


def test_a_question_that_fails_is_left_out_for_the_day_and_asked_again_the_next(database_url: str) -> None:
    debts, days, is_broken = Debts(), november(9, 10), True

    def asks(conn: Connection, round_: Round) -> Iterable[Owed]:
        if is_broken:
            conn.execute(text("SELECT * FROM no_such_table"))
        return debts.owed(conn, round_)

    mended = replace(duty(debts, days[:1], "ready"), owed=asks)
    rounds = Rounds(isolated([mended, duty(debts, days)]))
    with committing(database_url) as commit:
        [anna] = commit(teachers)
        debts.owe(anna)
        with pytest.raises(DBAPIError):
            commit(lambda conn: rounds.at(conn, "2017-11-09 15:00"))
        assert texts(commit(lambda conn: rounds.at(conn, "2017-11-09 15:01"))) == ["Сделайте class:1"]
        is_broken = False
        assert texts(commit(lambda conn: rounds.at(conn, "2017-11-09 15:02"))) == []
        [both] = texts(commit(lambda conn: rounds.at(conn, "2017-11-10 15:00")))
        assert both.count("Сделайте class:1") == 2


def test_a_database_that_is_away_is_no_fault_of_the_duty_that_was_asked(conn: Connection) -> None:
    [anna] = teachers(conn)
    debts, lost = Debts(), [DBAPIError("SELECT", {}, OSError(), connection_invalidated=True)]
    debts.owe(anna)

    def asks(conn: Connection, round_: Round) -> Iterable[Owed]:
        if lost:
            raise lost.pop()
        return debts.owed(conn, round_)

    rounds = Rounds(isolated([replace(duty(debts, november(9)), owed=asks)]))
    with pytest.raises(DBAPIError):
        rounds.at(conn, "2017-11-09 15:00")
    assert texts(rounds.at(conn, "2017-11-09 15:01")) == ["Сделайте class:1"]
