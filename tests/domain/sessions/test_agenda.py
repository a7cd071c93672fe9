"""The agenda of a session, as a moderator types it."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.sessions.agenda import (
    LONGEST_TASK,
    LONGEST_TITLE,
    MOST_MINUTES,
    PRESET,
    USUAL,
    Minutes,
    Phase,
    StageKind,
    read_minutes,
    read_task,
    read_title,
)
from tests.domain.sessions.builders import quiz, stage, talk

PIECES = st.sampled_from(["слово", " ", "  ", "\n", "\n\n\n", "я" * (LONGEST_TITLE - 1), "я" * (LONGEST_TASK // 2 - 1)])
TYPED = st.lists(PIECES, max_size=8).map("".join)


def test_a_stage_of_teams_is_worked_on_presented_and_voted_about() -> None:
    assert stage().phases == (Phase.WORK, Phase.PRESENTATION, Phase.VOTE)
    assert quiz().phases == (Phase.QUIZ,)
    assert talk().phases == (Phase.TALK,)


@pytest.mark.parametrize(
    ("minutes", "phases"),
    [
        (Minutes(25), (Phase.WORK,)),
        (Minutes(0, 5, 5), (Phase.PRESENTATION, Phase.VOTE)),
        (Minutes(0, 0, 5), (Phase.VOTE,)),
        (Minutes(25, 0, 5), (Phase.WORK, Phase.VOTE)),
    ],
)
def test_a_phase_without_minutes_is_left_out_of_its_stage(minutes: Minutes, phases: tuple[Phase, ...]) -> None:
    assert stage(minutes=minutes).phases == phases


def test_the_time_of_a_phase_is_what_was_typed_for_it() -> None:
    minutes = Minutes(25, 5, 7)
    assert [minutes.of(phase) for phase in stage().phases] == [timedelta(minutes=number) for number in (25, 5, 7)]


def test_every_usual_and_every_preset_stage_has_a_phase_to_begin_with() -> None:
    assert all(stage(kind, minutes).phases for kind, minutes in (*PRESET, *USUAL.items()))


@pytest.mark.parametrize(
    ("typed", "kind", "minutes"),
    [
        ("25", StageKind.TASK, Minutes(25)),
        ("25 5 5", StageKind.TASK, Minutes(25, 5, 5)),
        ("25, 5 и 5", StageKind.TASK, Minutes(25, 5, 5)),
        ("работа 25 мин / выступления 5", StageKind.TASK, Minutes(25, 5)),
        ("0 0 5", StageKind.TASK, Minutes(0, 0, 5)),
        ("10 минут", StageKind.QUIZ, Minutes(10)),
        ("240", StageKind.TALK, Minutes(MOST_MINUTES)),
    ],
)
def test_typed_minutes_are_read_with_words_and_signs_around_them(typed: str, kind: StageKind, minutes: Minutes) -> None:
    assert read_minutes(typed, kind) == minutes


@pytest.mark.parametrize("typed", ["", "долго", "0", "0 0 0", "241", "25 5 241", "5 5 5 5", "12345", "9" * 5_000])
def test_what_gives_no_time_to_a_stage_or_too_much_is_refused(typed: str) -> None:
    assert read_minutes(typed, StageKind.TASK) is None


@pytest.mark.parametrize("kind", [StageKind.QUIZ, StageKind.TALK])
def test_only_a_stage_of_teams_takes_more_than_one_number(kind: StageKind) -> None:
    assert read_minutes("10 5", kind) is None
    assert read_minutes("0", kind) is None


@given(numbers=st.lists(st.integers(0, MOST_MINUTES + 5), min_size=1, max_size=4), between=st.sampled_from([" ", ", "]))
def test_minutes_are_taken_as_they_were_typed_or_not_at_all(numbers: list[int], between: str) -> None:
    read = read_minutes(between.join(map(str, numbers)), StageKind.TASK)
    fits = len(numbers) <= 3 and max(numbers) <= MOST_MINUTES and any(numbers)
    assert read == (Minutes(*numbers) if fits else None)


def test_a_title_is_one_harmless_line_and_an_empty_one_is_none() -> None:
    assert read_title("  Что\nмешает\tи что делать? ") == "Что мешает и что делать?"
    assert read_title("Всем @all и [id1|Анне]") == "Всем @ all и [ id1|Анне]"
    assert read_title(" \n ") is None


def test_a_task_keeps_its_lines_and_an_empty_one_is_none() -> None:
    assert read_task("Первое\n  второе  слово\n\n\n\nтретье") == "Первое\nвторое слово\n\nтретье"
    assert read_task("\u200b\n") is None


def test_the_longest_title_is_taken_and_a_longer_one_is_refused() -> None:
    assert read_title("я" * LONGEST_TITLE) == "я" * LONGEST_TITLE
    assert read_title("я" * (LONGEST_TITLE + 1)) is None
    assert read_title("я" * LONGEST_TITLE + " и ещё") is None


def test_a_title_that_fits_only_without_its_spaces_fits() -> None:
    assert read_title(" " * LONGEST_TITLE + "Вопрос" + " " * LONGEST_TITLE + "Ответ") == "Вопрос Ответ"


@given(text=TYPED)
def test_no_word_of_a_title_or_of_a_task_is_lost_when_it_is_taken(text: str) -> None:
    for read in (read_title(text), read_task(text)):
        assert read is None or read.split() == text.split()


@given(text=TYPED)
def test_a_text_is_refused_only_if_it_is_empty_or_too_long(text: str) -> None:
    assume(text.split())
    assert (read_title(text) is None) == (len(" ".join(text.split())) > LONGEST_TITLE)
    assert read_task(text) is not None or len(text.strip()) > LONGEST_TASK
