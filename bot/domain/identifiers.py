"""What the rules call people and places by: one type each, so that a school cannot be passed for a class.

The numbers are the storage's row ids; a gift point's name is the key the operator gave it in the campaign file. The
participant ID, which people see and type, has rules of its own: `participant_ids.py`.
"""

from typing import NewType

PersonId = NewType("PersonId", int)
MunicipalityId = NewType("MunicipalityId", int)
SchoolId = NewType("SchoolId", int)
ClassId = NewType("ClassId", int)
ApplicationId = NewType("ApplicationId", int)
InvitationId = NewType("InvitationId", int)
ReportId = NewType("ReportId", int)
ReminderId = NewType("ReminderId", int)
BroadcastId = NewType("BroadcastId", int)
GiftPointId = NewType("GiftPointId", str)

SessionId = NewType("SessionId", int)
StageId = NewType("StageId", int)
TeamId = NewType("TeamId", int)
MemberId = NewType("MemberId", int)
RoundId = NewType("RoundId", int)
QuestionId = NewType("QuestionId", int)
WorkId = NewType("WorkId", int)

Pseudonym = NewType("Pseudonym", str)
"""A keyed hash that stands for an account or a voter key; made in `votes.py`, and nothing leads back from it."""
