"""Questions as a moderator types them, answers, and the share of right ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sessions.quizzes import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Answered,
    AnsweredBefore,
    AnswerVerdict,
    LeadsTheQuiz,
    NotAQuestion,
    NotJoined,
    Question,
    QuestionClosed,
    judge_answer,
    read_question,
    share_right,
)

WHERE = Question("Где идут уроки?", ("Сферум", "Почта"), 0)


# --- what is typed


@pytest.mark.parametrize(
    "typed",
    [
        "Где идут уроки?\n+ Сферум\nПочта",
        "Где идут уроки?\n\n  +Сферум\n\n- Почта",
        "Где идут уроки?\n1) + Сферум\n2) Почта",
        "Где идут уроки?\n+ 1. Сферум\n2. Почта",
        "Где идут уроки?\n✅ а) Сферум\nб) Почта",
        "Где идут уроки?\n- *Сферум\n– Почта",
    ],
)
def test_a_question_is_read_with_or_without_numbers_letters_and_dashes(typed: str) -> None:
    assert read_question(typed) == WHERE


def test_a_question_without_a_marked_option_has_no_right_one() -> None:
    assert read_question("Нравится?\nДа\nНет") == Question("Нравится?", ("Да", "Нет"), None)


@pytest.mark.parametrize("options", [("-5 °C", "5 °C"), ("2.5 кг", "3.5 кг"), ("12.11.2017", "13.11.2017")])
def test_a_number_that_begins_an_option_stays_whole(options: tuple[str, str]) -> None:
    assert read_question("Сколько?\n" + "\n".join(options)) == Question("Сколько?", options, None)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("", NotAQuestion.NO_OPTIONS),
        ("Где?", NotAQuestion.NO_OPTIONS),
        ("Где?\nСферум", NotAQuestion.NO_OPTIONS),
        ("Где?\nСферум\n+", NotAQuestion.NO_OPTIONS),
        ("Где?\n" + "\n".join("абвгдеё"), NotAQuestion.TOO_MANY_OPTIONS),
        ("Где?\n+ Сферум\n+ Почта", NotAQuestion.TWO_RIGHT),
        ("Где?\nСферум\nсферум", NotAQuestion.OPTION_TWICE),
        ("Где?\n1) Сферум\n+ Сферум", NotAQuestion.OPTION_TWICE),
        ("я" * (LONGEST_QUESTION + 1) + "\nДа\nНет", NotAQuestion.TOO_LONG),
        ("Где?\nДа\n" + "я" * (LONGEST_OPTION + 1), NotAQuestion.TOO_LONG),
    ],
)
def test_what_is_no_question_is_refused_with_the_reason(typed: str, refused: NotAQuestion) -> None:
    assert read_question(typed) == refused


def test_the_longest_question_with_the_most_options_is_taken() -> None:
    options = tuple(f"{number} ".ljust(LONGEST_OPTION, "я") for number in range(MOST_OPTIONS))
    assert read_question("я" * LONGEST_QUESTION + "\n" + "\n".join(options)) == Question(
        "я" * LONGEST_QUESTION, options, None
    )


WORD = st.text("абвгдежз", min_size=2, max_size=8)


@given(
    text=WORD,
    options=st.lists(WORD, min_size=2, max_size=MOST_OPTIONS, unique=True),
    right=st.integers(0, MOST_OPTIONS - 1),
    bullet=st.sampled_from(["", "- ", "— ", "• ", "1. ", "1) ", "а) "]),
)
def test_what_was_meant_is_read_back_whatever_the_options_begin_with(
    text: str, options: list[str], right: int, bullet: str
) -> None:
    marked = right if right < len(options) else None
    lines = [("+ " if place == marked else "") + bullet + option for place, option in enumerate(options)]
    assert read_question("\n".join([text, *lines])) == Question(text, tuple(options), marked)


@given(typed=st.text(st.sampled_from("аб+*-–1). \n@[|]"), max_size=60))
def test_whatever_is_typed_a_question_has_a_text_and_different_options_that_fit(typed: str) -> None:
    read = read_question(typed)
    if isinstance(read, Question):
        assert read.text
        assert all(read.options)
        assert 2 <= len(set(read.options)) == len(read.options) <= MOST_OPTIONS
        assert read.right is None or read.right < len(read.options)


# --- answers


def judged(
    option: int = 1,
    *,
    is_open: bool = True,
    joined: bool = True,
    leads: bool = False,
    earlier: int | None = None,
) -> AnswerVerdict:
    return judge_answer(option, options=2, is_open=is_open, joined=joined, leads=leads, earlier=earlier)


def test_the_first_answer_counts_and_stays_whatever_is_pressed_later() -> None:
    assert judged(1) == Answered(1)
    assert judged(1, earlier=0) == AnsweredBefore(0)
    assert judged(1, earlier=1) == AnsweredBefore(1)


def test_a_closed_question_takes_no_answer_and_neither_does_an_option_it_does_not_have() -> None:
    assert judged(is_open=False) == judged(2) == judged(-1) == QuestionClosed()


def test_who_has_not_joined_and_who_leads_the_session_does_not_answer() -> None:
    assert judged(joined=False) == NotJoined()
    assert judged(leads=True) == LeadsTheQuiz()


@given(
    option=st.integers(-1, 2),
    is_open=st.booleans(),
    joined=st.booleans(),
    leads=st.booleans(),
    earlier=st.sampled_from([None, 0, 1]),
)
def test_of_several_reasons_to_refuse_an_answer_the_first_in_order_is_told(
    option: int, is_open: bool, joined: bool, leads: bool, earlier: int | None
) -> None:
    verdict = judged(option, is_open=is_open, joined=joined, leads=leads, earlier=earlier)
    if not is_open or option not in (0, 1):
        assert verdict == QuestionClosed()
    elif earlier is not None:
        assert verdict == AnsweredBefore(earlier)
    elif not joined:
        assert verdict == NotJoined()
    else:
        assert verdict == (LeadsTheQuiz() if leads else Answered(option))


def test_the_share_of_right_answers_is_a_whole_per_cent_of_all_answers() -> None:
    assert share_right(WHERE, {0: 2, 1: 1}) == 67
    assert share_right(WHERE, {1: 3}) == 0
    assert share_right(WHERE, {0: 3}) == 100


def test_where_nothing_is_right_or_nobody_answered_there_is_no_share() -> None:
    assert share_right(WHERE, {}) is None
    assert share_right(Question("Нравится?", ("Да", "Нет"), None), {0: 5}) is None
