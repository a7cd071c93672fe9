"""The agenda of a session: its stages in order, and the questions of its quizzes."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.domain.identifiers import QuestionId, SessionId, StageId
from bot.domain.sessions.agenda import Minutes, Stage, StageKind
from bot.domain.sessions.quizzes import Question
from bot.storage.schema_sessions import questions, stages, steps

_FIELDS = (
    stages.c.id, stages.c.kind, stages.c.title, stages.c.task, stages.c.minutes, stages.c.presentation_minutes,
    stages.c.vote_minutes,
)  # fmt: skip
_OF_SESSION = (
    select(*_FIELDS).where(stages.c.session_id == bindparam("session")).order_by(stages.c.position, stages.c.id)
)
_POSITIONS = (
    select(stages.c.id)
    .where(stages.c.session_id == bindparam("session"))
    .order_by(stages.c.position, stages.c.id)
    .with_for_update()
)
_LAST = select(func.coalesce(func.max(stages.c.position), 0)).where(stages.c.session_id == bindparam("session"))
_ADD = insert(stages).returning(stages.c.id)
_OF_ID = stages.c.id == bindparam("stage")
_CHANGE = (
    update(stages)
    .where(_OF_ID)
    .values(
        title=bindparam("new_title"),
        task=bindparam("new_task"),
        minutes=bindparam("main"),
        presentation_minutes=bindparam("presentation"),
        vote_minutes=bindparam("vote"),
    )
)
_PLACE = update(stages).where(_OF_ID).values(position=bindparam("place"))
_REMOVE_QUESTIONS = delete(questions).where(questions.c.stage_id == bindparam("stage"))
_REMOVE = delete(stages).where(_OF_ID)
_BEGUN = select(steps.c.stage_id).where(steps.c.session_id == bindparam("session")).distinct()
_QUESTIONS = (
    select(questions.c.id, questions.c.text, questions.c.options, questions.c.right_option)
    .where(questions.c.stage_id == bindparam("stage"))
    .order_by(questions.c.position, questions.c.id)
)
_LAST_QUESTION = select(func.coalesce(func.max(questions.c.position), 0)).where(
    questions.c.stage_id == bindparam("stage")
)
_ADD_QUESTION = insert(questions).returning(questions.c.id)
_REMOVE_QUESTION = delete(questions).where(questions.c.id == bindparam("question"), questions.c.opened_at.is_(None))


def agenda(conn: Connection, session: SessionId) -> tuple[Stage, ...]:
    """The stages in their order."""
    return tuple(_stage(row) for row in conn.execute(_OF_SESSION, {"session": session}))


def add(conn: Connection, session: SessionId, kind: StageKind, title: str, task: str, minutes: Minutes) -> StageId:
    """Put a stage at the end."""
    position = conn.execute(_LAST, {"session": session}).scalar_one() + 1
    values = {
        "session_id": session, "position": position, "kind": kind.value, "title": title, "task": task,
        "minutes": minutes.main, "presentation_minutes": minutes.presentation, "vote_minutes": minutes.vote,
    }  # fmt: skip
    return StageId(conn.execute(_ADD, values).scalar_one())


def change(conn: Connection, stage: Stage) -> None:
    """Store the stage as it is now."""
    minutes = stage.minutes
    values = {
        "stage": stage.id, "new_title": stage.title, "new_task": stage.task, "main": minutes.main,
        "presentation": minutes.presentation, "vote": minutes.vote,
    }  # fmt: skip
    conn.execute(_CHANGE, values)


def move_up(conn: Connection, session: SessionId, stage: StageId) -> None:
    """Put a stage one place earlier; the first stays where it is."""
    order = [row.id for row in conn.execute(_POSITIONS, {"session": session})]
    place = order.index(stage)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    conn.execute(_PLACE, [{"stage": one, "place": number} for number, one in enumerate(order, start=1)])


def remove(conn: Connection, stage: StageId) -> None:
    """Take a stage that has not begun out of the agenda, with its questions."""
    conn.execute(_REMOVE_QUESTIONS, {"stage": stage})
    conn.execute(_REMOVE, {"stage": stage})


def begun(conn: Connection, session: SessionId) -> frozenset[StageId]:
    """The stages that have begun: these are changed no more."""
    return frozenset(StageId(row.stage_id) for row in conn.execute(_BEGUN, {"session": session}))


# --- questions


def questions_of(conn: Connection, stage: StageId) -> Sequence[tuple[QuestionId, Question]]:
    """The questions of a quiz in their order."""
    rows = conn.execute(_QUESTIONS, {"stage": stage})
    return [(QuestionId(row.id), read(row.text, row.options, row.right_option)) for row in rows]


def add_question(conn: Connection, stage: StageId, question: Question) -> QuestionId:
    """Put a question at the end of a quiz."""
    values = {
        "stage_id": stage,
        "position": conn.execute(_LAST_QUESTION, {"stage": stage}).scalar_one() + 1,
        "text": question.text,
        "options": orjson.dumps(question.options).decode(),
        "right_option": question.right,
    }
    return QuestionId(conn.execute(_ADD_QUESTION, values).scalar_one())


def remove_question(conn: Connection, question: QuestionId) -> None:
    """Forget a question that nobody was asked yet."""
    conn.execute(_REMOVE_QUESTION, {"question": question})


def read(text: str, options: str, right: int | None) -> Question:
    """A question as its row keeps it."""
    return Question(text, tuple(orjson.loads(options)), right)


def _stage(row: Any) -> Stage:
    minutes = Minutes(row.minutes, row.presentation_minutes, row.vote_minutes)
    return Stage(StageId(row.id), StageKind(row.kind), row.title, row.task, minutes)
