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
    MemberId,
    MunicipalityId,
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
from bot.domain.invitations import new_invitation_code
from bot.domain.names import ShownAs
from bot.domain.participant_ids import new_number
from bot.domain.reports import Practice, ReportStage
from bot.domain.sessions.agenda import StageKind
from bot.domain.sessions.codes import new_session_code
from bot.domain.sessions.course import Act
from bot.domain.sessions.results import TieRule
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
    session_leading,
    sessions,
    teachers,
    voters,
)
from tests.security.towns import SessionTargets, Targets

LESSON = date(2017, 11, 8)
_NUMBER = new_number(lambda below: 0)
NOWHERE = Targets(
    MunicipalityId(1), SchoolId(1), "9-А", ClassId(1), _NUMBER, _NUMBER, ApplicationId(1), InvitationId(1),
    new_invitation_code(lambda below: 0), SessionTargets(
        SessionId(1), new_session_code(lambda below: 0), 1, StageId(1), StageId(2), TeamId(1), MemberId(1), RoundId(1),
        QuestionId(1), QuestionId(2), WorkId(1),
    ),
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
    return [*_of_everybody(at), *_of_teacher(at), *_of_reports(at), *of_staff, *of_session(at.session)]


def of_session(at: SessionTargets) -> list[BaseModel]:
    """At least one payload of every type that the screens of sessions carry, naming what belongs to this one."""
    everybodys = (sessions.NewSession(), session_leading.OpenSessions(), session_leading.OpenDesk())
    return [*everybodys, *_of_members(at), *of_leading(at)]


def of_leading(at: SessionTargets) -> list[BaseModel]:
    """Those of them that only who leads the session may press."""
    return [*_of_settings(at), *_of_agenda(at), *_of_teams(at), *_of_desk(at)]


def naming(at: SessionTargets) -> list[BaseModel]:
    """Those of them that name the session, or something in it."""
    nameless = {"session-new", "sessions", "session-forget"}
    named = (one for one in of_session(at) if one.model_dump()["kind"] not in nameless)
    return [one for one in named if one != session_leading.OpenDesk()]


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


def _of_members(at: SessionTargets) -> Iterator[BaseModel]:
    yield from (sessions.JoinSession(code=at.code), sessions.JoinSession(code=at.code, named=False))
    yield from (sessions.EnterSession(code=at.code), sessions.ChooseTeam(session=at.session, team=at.team))
    yield sessions.CastBallot(round=at.round, team=at.team)
    yield sessions.AnswerQuestion(question=at.question, option=0)
    yield from (sessions.HandInWork(session=at.session), sessions.AsksWork(session=at.session))
    yield from (sessions.ForgetMe(), sessions.ForgetMe(sure=True))
    yield sessions.FileFetched(path="/etc/hosts", title="а.png", size=1, about=at.work)
    yield sessions.FileNotFetched(reason="", about=at.work)


def _of_settings(at: SessionTargets) -> Iterator[BaseModel]:
    of_one = (
        session_leading.OpenSession, session_leading.OpenSessionSettings, session_leading.AskSessionTitle,
        session_leading.AsksSessionTitle, session_leading.AskInviteLink, session_leading.AsksInviteLink,
        session_leading.DropSession,
    )  # fmt: skip
    yield from (payload(session=at.session) for payload in of_one)
    yield session_leading.SetVoteRules(session=at.session, hidden=False, tie_rule=TieRule.JURY)
    yield session_leading.DropSession(session=at.session, sure=True)


def _of_agenda(at: SessionTargets) -> Iterator[BaseModel]:
    session, stage = at.session, at.stage
    yield from (session_leading.OpenAgenda(session=session), session_leading.UsePreset(session=session))
    yield from (session_leading.AddStage(session=session, stage=kind) for kind in (None, StageKind.TALK))
    yield session_leading.OpenStage(session=session, stage=stage)
    yield session_leading.AskStage(session=session, stage=stage, part="task")
    yield session_leading.AsksStage(session=session, stage=stage, part="minutes")
    yield session_leading.MoveStageUp(session=session, stage=at.last_stage, before=stage)
    yield session_leading.OpenQuestions(session=session, stage=stage)
    yield session_leading.AddQuestion(session=session, stage=stage)
    yield session_leading.AsksQuestion(session=session, stage=stage)
    yield session_leading.RemoveQuestion(session=session, stage=stage, question=at.later_question)
    yield session_leading.RemoveStage(session=session, stage=at.last_stage)


def _of_teams(at: SessionTargets) -> Iterator[BaseModel]:
    session, team, member = at.session, at.team, at.member
    of_one = (
        session_leading.OpenTeams, session_leading.AddTeams, session_leading.AsksTeams, session_leading.SplitMembers,
        session_leading.ListMembers,
    )  # fmt: skip
    yield from (payload(session=session) for payload in of_one)
    of_team = (
        session_leading.OpenTeam, session_leading.RenameTeam, session_leading.AsksTeamName, session_leading.RemoveTeam,
    )  # fmt: skip
    yield from (payload(session=session, team=team) for payload in of_team)
    yield session_leading.OpenMember(session=session, member=member)
    yield session_leading.MoveMember(session=session, member=member)
    yield session_leading.PutMember(session=session, member=member, team=team)
    yield session_leading.AppointMember(session=session, member=member, role="helper")


def _of_desk(at: SessionTargets) -> Iterator[BaseModel]:
    session = at.session
    yield session_leading.OpenDesk(session=session)
    yield from (session_leading.RunAct(session=session, act=act, revision=at.revision, sure=True) for act in Act)
    of_one = (
        session_leading.ListWorks, session_leading.OpenScreen, session_leading.RenewScreen, session_leading.OpenProtocol
    )  # fmt: skip
    yield from (payload(session=session) for payload in of_one)
    yield session_leading.ShowWork(session=session, work=at.work, shown=True)


OWN_DOING = {
    broadcasts.ComposeBroadcast: {"broadcasts"},
    personal.ShowMe: {"people"},
    personal.Publish: {"consents"},
    personal.AnswerAge: {"people"},
    personal.EraseMeForGood: {"people", "accounts", "consents", "applications", "session_members", "session_boards"},
    sessions.ForgetMe: {"session_members", "session_boards"},
    participants.ClaimNumber: {"failed_claims"},
    voters.ReportOffer: {"money_offers"},
    reminders.Want: {"mutes"},
}
"""What everybody who agreed may do about themselves, and the tables where it shows."""

ASKS_A_COORDINATOR = (teachers.AskHandOver,)
"""What anybody may ask for: a coordinator reads it."""
