"""A quiz's messages in the conversation: one a question."""

from collections.abc import Iterator

from sqlalchemy import Connection

from bot.domain.sessions.quizzes import share_right
from bot.jobs.session_board import LOCALE, Board
from bot.messenger.keyboards import Button, column
from bot.presses.sessions import AnswerQuestion
from bot.storage import session_quiz
from bot.storage.session_quiz import AskedQuestion
from bot.storage.session_steps import StoredStep
from bot.wording import say


def question_boards(conn: Connection, stored: StoredStep) -> Iterator[Board]:
    """Every question of the step that was asked: with its buttons while it is open, then with what was answered."""
    of_stage = session_quiz.of_stage(conn, stored.step.stage)
    for number, one in enumerate(of_stage, start=1):
        if one.opened_at is not None:
            yield _question(conn, one, number, len(of_stage))


def _question(conn: Connection, asked: AskedQuestion, number: int, of: int) -> Board:
    counts = session_quiz.counts(conn, asked.id)
    question, key = asked.question, f"question:{asked.id}"
    title = say(LOCALE, "session-question", number=str(number), of=str(of), text=question.text)
    if not asked.is_open:
        lines = [_answer_line(asked, option, counts.get(option, 0)) for option in range(len(question.options))]
        share = share_right(question, counts)
        right = [] if share is None else [say(LOCALE, "session-question-right", share=str(share))]
        return Board(key, "\n".join([title, *lines, *right]))
    lines = [
        say(LOCALE, "session-option", number=str(place), text=option)
        for place, option in enumerate(question.options, start=1)
    ]
    answered = say(LOCALE, "session-answered", people=sum(counts.values()))
    buttons = (
        Button(
            say(LOCALE, "session-option", number=str(place + 1), text=option),
            AnswerQuestion(question=asked.id, option=place),
        )
        for place, option in enumerate(question.options)
    )
    return Board(key, "\n".join([title, *lines, answered]), column(*buttons))


def _answer_line(asked: AskedQuestion, option: int, people: int) -> str:
    return say(
        LOCALE,
        "session-option-counted",
        right="yes" if asked.question.right == option else "no",
        text=asked.question.options[option],
        people=people,
    )
