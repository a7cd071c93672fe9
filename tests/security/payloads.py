"""Every kind of payload there is, as a button of a school carries it; and those that change something for anybody."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

import bot.presses
from bot.domain.broadcasts import ReportsSoFar
from bot.domain.duties import Audience
from bot.domain.identifiers import (
    ApplicationId,
    BroadcastId,
    ClassId,
    InvitationId,
    MunicipalityId,
    ReminderId,
    ReportId,
    SchoolId,
)
from bot.domain.invitations import new_invitation_code
from bot.domain.names import ShownAs
from bot.domain.participant_ids import new_number
from bot.domain.reports import Practice, ReportStage
from bot.presses import (
    broadcasts,
    consent,
    conversations,
    coordinators,
    counts,
    invitations,
    menu,
    participants,
    personal,
    practice,
    reminders,
    reports,
    teachers,
    voters,
)
from tests.security.towns import Targets

LESSON = date(2017, 11, 8)
_NUMBER = new_number(lambda below: 0)
NOWHERE = Targets(
    MunicipalityId(1), SchoolId(1), "9-А", ClassId(1), _NUMBER, _NUMBER, ApplicationId(1), InvitationId(1),
    new_invitation_code(lambda below: 0),
)  # fmt: skip
"""Well-formed names of things that need not be there."""


def every_type() -> set[type[BaseModel]]:
    """All payload types of `bot.presses`: what buttons carry, what dialogues wait for, what asks bring."""
    modules = (
        importlib.import_module(f"bot.presses.{found.name}") for found in pkgutil.iter_modules(bot.presses.__path__)
    )
    declared = (
        one for module in modules for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__
    )
    return {one for one in declared if isinstance(one, type) and issubclass(one, BaseModel)}


def of_school(at: Targets) -> list[BaseModel]:
    """At least one payload of every type, naming what belongs to the school."""
    of_staff = (*_of_coordinator(at), *_of_invitations(at), *_of_broadcasts(at))
    return [*_of_everybody(at), *_of_teacher(at), *_of_reports(at), *of_staff]


def _of_everybody(at: Targets) -> Iterator[BaseModel]:
    yield from (menu.Start(), menu.OpenMenu(), menu.GoBack(), menu.OpenHelp(), menu.Speak(locale="ru"))
    yield from (consent.GiveConsent(version="0"), consent.RefuseConsent(), consent.ReadConsent())
    yield consent.NameFetched(first_name="Ложное", last_name="Имя")
    yield consent.NameNotFetched(reason="")
    yield from (counts.OpenNumber(number=at.taken), counts.OpenNumber(number=at.free), counts.OpenTop())
    yield from (counts.OpenCount(number=at.taken), counts.OpenCount(), counts.MistypedNumber(digits=11))
    yield counts.AsksCountNumber()
    yield from (voters.ChooseWhom(), voters.OpenVote(number=at.taken), voters.CheckVote(), voters.MistypedReceipt())
    yield voters.CastVote(number=at.free, shown_as=ShownAs.NAME)
    yield from (voters.ReportOffer(number=at.taken), voters.AsksWhom(), voters.AsksReceipt())
    yield from (participants.BecomeParticipant(), participants.ClaimNumber(number=at.taken), participants.OpenBalance())
    yield from (participants.OpenMyLink(), participants.OpenMyVoters(page=0), participants.AsksMyNumber())
    yield from (personal.OpenSettings(), personal.ShowMe(choice=ShownAs.MASKED), personal.ShowMyData())
    yield from (conversations.SendTopDaily(), conversations.StopTopDaily())
    yield from (reminders.OpenReminders(), reminders.Want(news="digest", wanted=False))
    yield reminders.PutOff(reminder=ReminderId(1), days=1)
    yield from (personal.Publish(agreed=True), personal.AnswerAge(is_adult=True), personal.EraseMe())


def _of_teacher(at: Targets) -> Iterator[BaseModel]:
    yield from (teachers.BecomeTeacher(), teachers.OpenTeacher(), teachers.MyClasses(), teachers.OpenReports())
    yield from (teachers.AddClass(), teachers.FindSchool(), teachers.FoundSchools(words="СОШ"))
    yield from (teachers.ChooseSchool(school=at.school), teachers.SchoolMissing(), teachers.AsksSchool())
    yield teachers.ChangePupils(school=at.school, label=at.label)
    yield teachers.Apply(school=at.school, label=at.label, pupils=3)
    yield teachers.AskHandOver(school=at.school, label=at.label)
    yield from (teachers.AsksMissingSchool(), teachers.AsksLabel(school=at.school))
    yield teachers.AsksPupils(school=at.school, label=at.label)
    of_class = (
        teachers.OpenClass, teachers.SendPackage, teachers.ShowNumbers, teachers.SendNumbersFile, teachers.MoreNumbers,
        teachers.AsksMoreNumbers, teachers.ParentConsent, teachers.AsksConsentPlaces,
    )  # fmt: skip
    yield from (payload(class_id=at.class_id) for payload in of_class)
    yield teachers.TickParentConsent(class_id=at.class_id, place=1)


def _of_reports(at: Targets) -> Iterator[BaseModel]:
    class_id = at.class_id
    of_class = (reports.ClassReports, reports.BeginLesson, reports.OtherLessonDay, reports.AskCoordinator)
    yield from (payload(class_id=class_id) for payload in (*of_class, reports.AsksLessonDay, reports.AsksQuestion))
    yield reports.MakeReport(class_id=class_id, stage=ReportStage.READY)
    yield reports.LessonDay(class_id=class_id, held_on=LESSON)
    yield reports.Attended(class_id=class_id, held_on=LESSON, attended=3)
    yield reports.LessonHeld(class_id=class_id, held_on=LESSON, attended=3, practice=Practice.IN_CLASS)
    yield reports.AsksAttended(class_id=class_id, held_on=LESSON)
    yield reports.UndoReport(class_id=class_id, stage=ReportStage.DOCUMENTS)
    yield reports.AskUndo(class_id=class_id, stage=ReportStage.DOCUMENTS)
    yield from (practice.ChoosePractice(), practice.OpenPractice(class_id=class_id))
    lesson = ReportId(1)
    yield practice.MarkPractice(class_id=class_id, lesson=lesson, place=1, done=True)
    yield practice.SavePractice(class_id=class_id, lesson=lesson, rest_done=True)
    yield practice.AsksPractice(class_id=class_id, lesson=lesson)


def _of_coordinator(at: Targets) -> Iterator[BaseModel]:
    yield reminders.RemindAll(stage=ReportStage.DOCUMENTS, municipality=at.municipality)
    yield reminders.RemindAll(stage=ReportStage.DOCUMENTS, school=at.school)
    stage, class_id, application = ReportStage.DOCUMENTS, at.class_id, at.application
    yield from (coordinators.OpenSummaryByPlace(), coordinators.DrawSummary(), coordinators.SchoolsWithoutTeacher())
    yield from (coordinators.OpenApplications(), coordinators.OpenSummary(), coordinators.WhoHasNotReported())
    yield coordinators.WhoHasNotReported(stage=stage, municipality=at.municipality)
    yield coordinators.WhoHasNotReported(stage=stage, school=at.school)
    yield coordinators.ChooseMunicipality(stage=stage)
    yield coordinators.ChooseSchoolOf(stage=stage, municipality=at.municipality)
    decided = (coordinators.OpenApplication, coordinators.ConfirmApplication, coordinators.RefuseApplication)
    yield from (payload(application=application) for payload in (*decided, coordinators.AsksRefusalReason))
    yield coordinators.AcceptAttendance(class_id=class_id)
    yield coordinators.UndoForTeacher(class_id=class_id, stage=stage)
    yield coordinators.AsksUndoReason(class_id=class_id, stage=stage)
    of_growth = (coordinators.GrantNumbers, coordinators.DenyNumbers, coordinators.AsksDenialReason)
    yield from (payload(class_id=class_id, pupils=50) for payload in of_growth)


def _of_invitations(at: Targets) -> Iterator[BaseModel]:
    yield from (invitations.EnterInvitation(), invitations.OpenInvitations(), invitations.AsksCode())
    yield from (invitations.ShowInvitation(code=at.code), invitations.AcceptInvitation(code=at.code))
    yield invitations.InviteTo(role="coordinator", level="municipality")
    yield invitations.InviteTo(role="teacher", level="school", words="СОШ")
    yield invitations.AsksInvitedSchool(role="coordinator")
    yield invitations.IssueInvitation(role="coordinator", municipality=at.municipality)
    yield invitations.IssueInvitation(role="coordinator", school=at.school)
    yield invitations.IssueInvitation(role="teacher", school=at.school)
    yield invitations.RevokeInvitation(invitation=at.invitation)
    yield personal.EraseMeForGood()


def _of_broadcasts(at: Targets) -> Iterator[BaseModel]:
    number = BroadcastId(1)  # of the coordinator there, whom `towns.py` lets begin the first one
    yield from (broadcasts.OpenBroadcast(), broadcasts.OpenBroadcasts())
    of_one = (
        broadcasts.AddressBroadcast, broadcasts.NarrowBroadcast, broadcasts.ListBroadcastMunicipalities,
        broadcasts.FindBroadcastSchool, broadcasts.AsksBroadcastSchool, broadcasts.ListReportsSoFar,
        broadcasts.WriteBroadcast, broadcasts.AsksBroadcastText, broadcasts.PreviewBroadcast, broadcasts.TryBroadcast,
        broadcasts.SendBroadcast, broadcasts.DiscardBroadcast, broadcasts.PauseBroadcast, broadcasts.ResumeBroadcast,
        broadcasts.CancelBroadcast, broadcasts.ShowBroadcast, broadcasts.ListMissed, broadcasts.RepeatBroadcast,
    )  # fmt: skip
    yield from (payload(broadcast=number) for payload in of_one)
    yield broadcasts.NarrowBroadcast(broadcast=number, school=at.school)
    yield broadcasts.NarrowByReports(broadcast=number, so_far=ReportsSoFar.HELD)
    yield broadcasts.ComposeBroadcast(role=Audience.TEACHERS)


OWN_DOING = {
    broadcasts.ComposeBroadcast: {"broadcasts"},
    personal.ShowMe: {"people"},
    personal.Publish: {"consents"},
    personal.AnswerAge: {"people"},
    personal.EraseMeForGood: {"people", "accounts", "consents", "applications"},
    participants.ClaimNumber: {"failed_claims"},
    voters.ReportOffer: {"money_offers"},
    reminders.Want: {"mutes"},
}
"""What everybody who agreed may do about themselves, and the tables where it shows."""

ASKS_A_COORDINATOR = (teachers.AskHandOver,)
"""What anybody may ask for: a coordinator reads it."""
