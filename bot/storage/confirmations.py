"""What a confirmation brings into being: the class with its teacher and an ID for every pupil."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.identifiers import PersonId, SchoolId
from bot.storage import classes, participant_ids
from bot.storage.classes import SchoolClass
from bot.storage.decisions import DecisionId


def open_class(
    conn: Connection,
    school: SchoolId,
    label: str,
    *,
    pupils: int,
    teacher: PersonId,
    at: datetime,
    decision: DecisionId | None,
    randbelow: Callable[[int], int],
) -> SchoolClass:
    """The class, the person's from now on, with its IDs. decision: None where an invitation confirms at once.

    Raises IntegrityError if the class got another teacher meanwhile.
    """
    class_id = classes.put(conn, school, label, pupils, at=at)
    classes.assign(conn, class_id, teacher, at=at, decision=decision)
    school_class = classes.by_id(conn, class_id)
    if school_class is None:
        raise LookupError(f"class {class_id} was opened a moment ago")
    participant_ids.issue_up_to(conn, class_id, school_class.pupils, at=at, randbelow=randbelow)
    return school_class
