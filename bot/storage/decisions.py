"""The journal of decisions: who decided what about whom, and why. Rows are only ever added."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.identifiers import PersonId
from bot.storage import schema

DecisionId = NewType("DecisionId", int)


class Deed(StrEnum):
    """What was decided. The journal stores the value."""

    CONFIRM_APPLICATION = "confirm_application"
    REFUSE_APPLICATION = "refuse_application"
    INVITE = "invite"
    REVOKE_INVITATION = "revoke_invitation"
    APPOINT = "appoint"  # an invitation was accepted
    ACCEPT_ATTENDANCE = "accept_attendance"
    UNDO_REPORT = "undo_report"
    GRANT_NUMBERS = "grant_numbers"
    DENY_NUMBERS = "deny_numbers"
    PARENT_CONSENT = "parent_consent"
    PARENT_CONSENT_WITHDRAWN = "parent_consent_withdrawn"


class Subject(StrEnum):
    """What a decision is about; with its id it finds the row."""

    APPLICATION = "application"
    INVITATION = "invitation"
    CLASS = "class"
    REPORT = "report"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the journal. decided_by: None for the command line. details: what the deed alone does not say."""

    at: datetime
    decided_by: PersonId | None
    deed: Deed
    subject: Subject
    subject_id: str
    reason: str | None = None
    details: str | None = None


_ADD = insert(schema.decisions).returning(schema.decisions.c.id)
_ABOUT = (
    select(schema.decisions)
    .where(
        schema.decisions.c.subject == bindparam("about", type_=schema.decisions.c.subject.type),
        schema.decisions.c.subject_id == bindparam("about_id", type_=schema.decisions.c.subject_id.type),
    )
    .order_by(schema.decisions.c.id.desc())
)


def record(conn: Connection, decision: Decision) -> DecisionId:
    """Add a line to the journal; its id goes into the row that was decided about."""
    values = {
        "at": decision.at,
        "decided_by": decision.decided_by,
        "deed": decision.deed.value,
        "subject": decision.subject.value,
        "subject_id": decision.subject_id,
        "reason": decision.reason,
        "details": decision.details,
    }
    return DecisionId(conn.execute(_ADD, values).scalar_one())


def about(conn: Connection, subject: Subject, subject_id: str) -> list[Decision]:
    """What was decided about it, newest first."""
    rows = conn.execute(_ABOUT, {"about": subject.value, "about_id": subject_id})
    return [
        Decision(row.at, row.decided_by, Deed(row.deed), Subject(row.subject), row.subject_id, row.reason, row.details)
        for row in rows
    ]
