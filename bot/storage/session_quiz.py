"""A quiz in progress: which question is asked, who answered what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from bot.domain.identifiers import MemberId, QuestionId, SessionId, StageId
from bot.domain.sessions.quizzes import Question
from bot.storage.columns import Instant
from bot.storage.schema_sessions import answers, questions, sessions, stages
from bot.storage.session_agenda import read

_FIELDS = (
    questions.c.id, questions.c.stage_id, questions.c.text, questions.c.options, questions.c.right_option,
    questions.c.opened_at, questions.c.closed_at, stages.c.session_id, sessions.c.messenger, sessions.c.peer,
)  # fmt: skip
_ASKED = (
    select(*_FIELDS)
    .join(stages, stages.c.id == questions.c.stage_id)
    .join(sessions, sessions.c.id == stages.c.session_id)
)
_BY_ID = _ASKED.where(questions.c.id == bindparam("question"))
_OF_STAGE = _ASKED.where(questions.c.stage_id == bindparam("stage")).order_by(questions.c.position, questions.c.id)
_ASK = (
    update(questions)
    .where(questions.c.id == bindparam("question"), questions.c.opened_at.is_(None))
    .values(opened_at=bindparam("at"))
)
_CLOSE = (
    update(questions)
    .where(
        questions.c.stage_id == bindparam("stage"), questions.c.opened_at.is_not(None), questions.c.closed_at.is_(None)
    )
    .values(closed_at=bindparam("at"))
)
_ANSWER = text(
    "INSERT INTO session_answers (question_id, member_id, option, answered_at)"
    " VALUES (:question, :member, :option, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Instant))
_ANSWER_OF = select(answers.c.option).where(
    answers.c.question_id == bindparam("question"), answers.c.member_id == bindparam("member")
)
_COUNTS = (
    select(answers.c.option, func.count().label("answered"))
    .where(answers.c.question_id == bindparam("question"))
    .group_by(answers.c.option)
)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with where its session is held and whether it was asked."""

    id: QuestionId
    stage: StageId
    session: SessionId
    messenger: str
    peer: int
    question: Question
    opened_at: datetime | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.opened_at is not None and self.closed_at is None


def by_id(conn: Connection, question: QuestionId) -> AskedQuestion | None:
    """The question of that number."""
    row = conn.execute(_BY_ID, {"question": question}).first()
    return None if row is None else _asked(row)


def of_stage(conn: Connection, stage: StageId) -> Sequence[AskedQuestion]:
    """The questions of a stage in their order."""
    return [_asked(row) for row in conn.execute(_OF_STAGE, {"stage": stage})]


def ask(conn: Connection, question: QuestionId, *, at: datetime) -> None:
    """Take answers to the question from now on."""
    conn.execute(_ASK, {"question": question, "at": at})


def close(conn: Connection, stage: StageId, *, at: datetime) -> None:
    """Take no more answers to whatever question of the stage is open."""
    conn.execute(_CLOSE, {"stage": stage, "at": at})


def answer(conn: Connection, question: QuestionId, member: MemberId, option: int, *, at: datetime) -> None:
    """Store an answer; an earlier one of the same member stays."""
    conn.execute(_ANSWER, {"question": question, "member": member, "option": option, "at": at})


def answer_of(conn: Connection, question: QuestionId, member: MemberId) -> int | None:
    """What a member has answered; None if nothing yet."""
    return conn.execute(_ANSWER_OF, {"question": question, "member": member}).scalar()


def counts(conn: Connection, question: QuestionId) -> dict[int, int]:
    """How many chose each option; options that nobody chose are left out."""
    return {row.option: row.answered for row in conn.execute(_COUNTS, {"question": question})}


def _asked(row: Any) -> AskedQuestion:
    return AskedQuestion(
        QuestionId(row.id),
        StageId(row.stage_id),
        SessionId(row.session_id),
        row.messenger,
        row.peer,
        read(row.text, row.options, row.right_option),
        row.opened_at,
        row.closed_at,
    )
