"""A campaign with two schools that know nothing of each other, and what its database holds, to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from bot.domain.duties import Audience
from bot.domain.identifiers import (
    ApplicationId,
    ClassId,
    InvitationId,
    MemberId,
    MunicipalityId,
    QuestionId,
    RoundId,
    SchoolId,
    SessionId,
    StageId,
    TeamId,
    WorkId,
)
from bot.domain.invitations import InvitationCode
from bot.domain.participant_ids import ParticipantNumber
from bot.domain.roles import Role, Scope
from bot.domain.sessions.codes import SessionCode
from bot.presses.broadcasts import ComposeBroadcast
from bot.presses.invitations import IssueInvitation
from bot.storage import participant_ids, schema, schema_sessions, session_agenda, session_quiz
from bot.storage.schools import ListedSchool
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import END, TO_VOTE, Held, session_of
from tests.conversations.staff import IN_THE_COUNTRY, apply, code_issued, municipality_of, school_listed

# What an event itself leaves behind (the event, its answers, the open question, how far the queue is read), and the
# clock that a test moves.
TRACES = frozenset({"inbox", "outbox", "bodies", "dialogues", "cursors", "attachments", "campaign_clock"})

Rows = dict[str, list[Any]]


@dataclass(frozen=True)
class SessionTargets:
    """What presses can name of a session that the school holds in its conversation.

    stage: a quiz that has not begun, last_stage: the one behind it. question: one that is open, later_question: not
    yet. team: the one that can be voted for by `member`, who is of the other one. round: a vote that is open.
    """

    session: SessionId
    code: SessionCode
    revision: int
    stage: StageId
    last_stage: StageId
    team: TeamId
    member: MemberId
    round: RoundId
    question: QuestionId
    later_question: QuestionId
    work: WorkId


@dataclass(frozen=True)
class Targets:
    """What presses can name: everything of one school. code: an invitation that somebody took."""

    municipality: MunicipalityId
    school: SchoolId
    label: str
    class_id: ClassId
    taken: ParticipantNumber
    free: ParticipantNumber
    application: ApplicationId
    invitation: InvitationId
    code: InvitationCode
    session: SessionTargets


@dataclass(frozen=True)
class Staff:
    """A school's people, and what is theirs. held: a session in their conversation, led by the coordinator.

    The pupil is in a team of it, the teacher is in the conversation only.
    """

    coordinator: Person
    teacher: Person
    pupil: Person
    targets: Targets
    held: Held


@dataclass(frozen=True)
class Town:
    """Two schools: people of the one here must not reach anything of the one there."""

    here: Staff
    there: Staff


NAMES_HERE = ("Кира", "Анна", "Пётр", "Фёдор", "Дарья")
NAMES_THERE = ("Надежда", "Борислав", "Леонид", "Варвара", "Галина")
TEAMS_HERE, TEAMS_THERE = ("Орлы", "Совы"), ("Мамонты", "Единороги")
QUESTIONS = ("Кто первый?\n+ Шмели\nУлитки", "Что дальше?\n+ Шмели\nУлитки")
WORK = "Секретный чертёж"
WORDS_THERE = (*TEAMS_THERE, "Кто первый", "Что дальше", "Шмели", WORK, "Слёт")
"""What stands in the session there, besides names, and nobody here may read."""


async def town(chat: Chat) -> Town:
    """Both schools, staffed: here a coordinator of the school, there one of the municipality."""
    here = await school_listed(chat)
    there = await school_listed(chat, "СОШ № 77", settlement="Михайловск", municipality=IN_THE_COUNTRY)
    both = Town(
        await _staffed(chat, here, here.scope, NAMES_HERE, "9А", TEAMS_HERE),
        await _staffed(chat, there, municipality_of(there), NAMES_THERE, "9Ц", TEAMS_THERE),
    )
    await both.there.coordinator.forges(ComposeBroadcast(role=Audience.TEACHERS).model_dump_json())
    return both


async def _staffed(
    chat: Chat, school: ListedSchool, scope: Scope, names: Sequence[str], label: str, teams: Sequence[str]
) -> Staff:
    """names: of the coordinator, the teacher, the pupil, a voter, and somebody whose application waits."""
    code = await code_issued(chat, Role.COORDINATOR, scope)
    leading = chat.person(names[0], "Орлова")
    await leading.begins(f"i-{code}")
    await leading.presses("Согласен")
    await leading.presses("Принять")
    teaching = await _applicant(chat, names[1], school, label)
    await leading.presses("Подтвердить")
    await teaching.presses("Отчётность")
    await teaching.presses("Документы получены")
    await _applicant(chat, names[4], school, "10Я")
    await leading.forges(IssueInvitation(role="teacher", school=school.id).model_dump_json())
    class_id, application, invitation = await chat.stored(_newest)
    taken, free, _ = [one.number for one in await chat.stored(participant_ids.of_class, class_id)]
    pupil = await _participant(chat, names[2], taken)
    voter = chat.person(names[3], "Попова")
    await voter.opens(f"https://vk.me/club?ref=v-{taken}")
    await voter.presses("Согласен")
    await voter.presses("Подтвердить")
    of_school = (school.municipality_id, school.id, f"9-{label[-1]}", class_id)
    held = await _voting(chat, leading, teaching, pupil, voter, teams)
    session = await _targets_of(chat, held, pupil)
    targets = Targets(*of_school, taken, free, application, invitation, code, session)
    return Staff(leading, teaching, pupil, targets, held)


async def _voting(
    chat: Chat, leading: Person, teaching: Person, pupil: Person, voter: Person, teams: Sequence[str]
) -> Held:
    """A session in a conversation of these people: one work is handed in, a vote is open, a quiz is yet to come."""
    held = await session_of(chat, leading, pupil, voter, teams=teams)
    chat.emulator.invite(held.group.peer, leading.id, teaching.id)
    await held.leads("Настройки", "Название")
    await leading.writes("Слёт")
    await held.leads("К сессии")
    await held.has_quiz(*QUESTIONS)
    await held.leads("Повестка", "Добавить этап", "Слово или перерыв", "К этапу", "К сессии")
    await held.begins_work()
    await held.group.writes(pupil, f"/работа {WORK}")
    await held.leads(END, TO_VOTE)
    return held


async def _targets_of(chat: Chat, held: Held, pupil: Person) -> SessionTargets:
    agenda = await chat.stored(session_agenda.agenda, held.id)
    asked, later = await chat.stored(session_quiz.of_stage, agenda[1].id)
    # By the storage: a desk asks no question while a vote is open, and here both are to be open at once.
    await chat.stored(lambda conn: session_quiz.ask(conn, asked.id, at=chat.clock.now()))
    stands, member, [work] = await held.stands(), await held.member(pupil), await held.works()
    assert member is not None
    return SessionTargets(
        held.id, held.code, stands.session.revision, agenda[1].id, agenda[2].id, stands.teams[1].id, member.id,
        (await held.round()).id, asked.id, later.id, work.id,
    )  # fmt: skip


async def _applicant(chat: Chat, name: str, school: ListedSchool, label: str) -> Person:
    person = chat.person(name, "Кузнецова")
    await person.writes("я учитель")
    await person.presses("Согласен")
    await apply(person, school.name, label=label, pupils=3)
    return person


async def _participant(chat: Chat, name: str, number: ParticipantNumber) -> Person:
    """A minor, who is shown to nobody by name."""
    person = chat.person(name, "Смирнов")
    await person.writes(number)
    await person.presses("Это мой номер")
    await person.presses("Согласен")
    await person.presses("Мне нет 18")
    return person


def _newest(conn: Connection) -> list[int]:
    """The newest class, application and invitation."""
    tables = (schema.classes, schema.applications, schema.invitations)
    return [conn.execute(select(func.max(table.c.id))).scalar_one() for table in tables]


# --- outsiders


async def stranger(chat: Chat) -> Person:
    """Somebody who has written and never agreed to anything."""
    person = chat.person("Захар")
    await person.begins()
    return person


async def newcomer(chat: Chat) -> Person:
    """Somebody who agreed and is nothing else."""
    person = chat.person("Зинаида")
    await person.writes("согласие")
    await person.presses("Согласен")
    return person


async def erased(chat: Chat) -> Person:
    """Somebody who had all the own data deleted."""
    person = chat.person("Эраст")
    await person.writes("согласие")
    await person.presses("Согласен")
    await person.writes("удалить мои данные")
    await person.presses("Да, удалить навсегда")
    return person


# --- what is compared


async def stored_rows(chat: Chat) -> Rows:
    """Every table's rows, without what an event itself leaves behind."""

    def read(conn: Connection) -> Rows:
        tables = [table for table in schema_sessions.metadata.sorted_tables if table.name not in TRACES]
        return {table.name: sorted(map(repr, conn.execute(select(table)))) for table in tables}

    rows: Rows = await chat.stored(read)
    return rows


def changed(before: Rows, after: Rows) -> set[str]:
    """The names of the tables that differ."""
    return {table for table in after if before[table] != after[table]}


async def failures(chat: Chat) -> list[str]:
    """What a handler failed at, even once: where, and which exception."""

    def read(conn: Connection) -> list[str]:
        found = select(schema.inbox.c.trace).where(
            (schema.inbox.c.attempts > 0) | schema.inbox.c.set_aside_at.is_not(None)
        )
        return [str(trace) for trace in conn.execute(found).scalars()]

    traces: list[str] = await chat.stored(read)
    return traces


def heard(chat: Chat, but: Person) -> dict[int, int]:
    """How many messages everybody else has got from the bot."""
    return {
        peer: sum(message.out for message in dialogue.messages)
        for peer, dialogue in chat.emulator.community.dialogues.items()
        if peer != but.id
    }


def answer(person: Person) -> str:
    """All that the last act brought: messages, and the words of pop-ups."""
    pop_ups = [(one.event_data or {}).get("text", "") for one in person.new_pop_ups]
    return "\n".join(part for part in [*person.news, *pop_ups] if part)
