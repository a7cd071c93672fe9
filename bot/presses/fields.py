"""Fields of payloads with the bounds that keep a forged one harmless: no id overflows a column, no text grows."""

from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.identifiers import (
    ApplicationId,
    BroadcastId,
    ClassId,
    InvitationId,
    MemberId,
    MunicipalityId,
    PersonId,
    QuestionId,
    ReminderId,
    ReportId,
    RoundId,
    SchoolId,
    SessionId,
    StageId,
    TeamId,
    WorkId,
)
from bot.domain.participant_ids import ParticipantNumber, read_number
from bot.domain.quotations import one_line
from bot.domain.sessions.codes import SessionCode, read_session_code

_ID = Field(ge=1, le=2**53)

ApplicationField = Annotated[ApplicationId, _ID]
BroadcastField = Annotated[BroadcastId, _ID]
ClassField = Annotated[ClassId, _ID]
InvitationField = Annotated[InvitationId, _ID]
MunicipalityField = Annotated[MunicipalityId, _ID]
PersonField = Annotated[PersonId, _ID]
ReportField = Annotated[ReportId, _ID]
ReminderField = Annotated[ReminderId, _ID]
SchoolField = Annotated[SchoolId, _ID]
SessionField = Annotated[SessionId, _ID]
StageField = Annotated[StageId, _ID]
TeamField = Annotated[TeamId, _ID]
MemberField = Annotated[MemberId, _ID]
RoundField = Annotated[RoundId, _ID]
QuestionField = Annotated[QuestionId, _ID]
WorkField = Annotated[WorkId, _ID]

PageField = Annotated[int, Field(ge=0, le=10_000)]
"""A page of a list, from 0."""

PlaceField = Annotated[int, Field(ge=1, le=1_000)]
"""A pupil's № in the class list."""

PupilsField = Annotated[int, Field(ge=1, le=1_000)]
"""A number of pupils; the campaign's own bound is a rule of the domain."""


def _all_visible(text: str) -> str:
    if one_line(text) != text:
        raise ValueError("signs that nobody sees")
    return text


LabelField = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_all_visible)]
"""A class or group: the key of all its spellings, from `domain/school_classes.py`."""

SearchField = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_all_visible)]
"""What was typed to find a school."""

CodeField = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_all_visible)]
"""An invitation's code as it was typed."""


def _a_session_code(code: SessionCode) -> SessionCode:
    if read_session_code(code) != code:
        raise ValueError("not a session's code")
    return code


SessionCodeField = Annotated[SessionCode, Field(min_length=9, max_length=9), AfterValidator(_a_session_code)]
"""The code of a session's link to join."""


def _as_issued(number: ParticipantNumber) -> ParticipantNumber:
    if read_number(number) != number:
        raise ValueError("not a participant ID")
    return number


NumberField = Annotated[ParticipantNumber, Field(min_length=12, max_length=12), AfterValidator(_as_issued)]
"""A participant's ID: twelve digits, the last of them right."""
