"""Strategic sessions for the conversations: opened, prepared and run by presses, as far as a story needs.

    held = await session_of(chat, leader, anna, boris)    # two teams, everybody who is named in one of them in turn
    await held.opens_vote()                               # «Команды собраны», the work, the vote
    await held.votes(anna, "Совы")

The leader prepares and runs it in the own dialogue; a press fails if its button is not on the screen.
"""

from collections.abc import Sequence
from itertools import cycle

from bot.domain.sessions.agenda import Stage
from bot.domain.sessions.teams import Team
from bot.emulator import Message
from bot.presses.sessions import CastBallot
from bot.storage import session_members, session_quiz, session_rounds, session_steps, session_works, sessions
from bot.storage.session_acts import DoneAct, of_session
from bot.storage.session_courses import Standing, standing
from bot.storage.session_members import Member
from bot.storage.session_quiz import AskedQuestion
from bot.storage.session_rounds import StoredRound
from bot.storage.session_works import Work
from bot.storage.sessions import Session
from bot.wording.sessions import say_team
from tests.conversations.chat import Chat, Person
from tests.conversations.group import Group, led_by
from tests.conversations.staff import coordinator
from tests.emulator.conftest import picture

NEW_SESSION = "Новая сессия"
JOIN, JOIN_UNNAMED = "Вступить", "Вступить без имени"
DESK, HOME = "Пульт ведущего", "К сессии"
GATHER, END, TO_VOTE, ASK = "Команды собраны", "Закончить", "Сразу к голосованию", "Следующий вопрос"
PAUSE, RESUME, FINISH, FINISH_SURE = "Пауза", "Продолжить", "Подвести итоги", "Да, подвести итоги"
TASK_STAGE, QUIZ_STAGE = "Задание: работа, презентации, голос", "Вопросы: каждый за себя"
TEAMS = ("Орлы", "Совы")
TASK = "Что мешает и что делать?"
QUESTION = "Где живёт журнал класса?\n+ В электронном дневнике\nВ чате родителей\nНа доске"


class Held:
    """A session in a conversation, as its leader holds it."""

    def __init__(self, chat: Chat, group: Group, leader: Person, session: Session) -> None:
        self._chat = chat
        self.group = group
        self.leader = leader
        self.id = session.id
        self.code = session.code
        self.members: tuple[Person, ...] = ()

    # --- preparing; each begins and ends at the session's own screen

    async def has_teams(self, *names: str) -> None:
        await self.leads("Команды", "Добавить команды")
        await self.leader.writes("\n".join(names))
        await self.leads(HOME)

    async def has_task(self, title: str = TASK) -> None:
        """One more stage: work, presentations, vote."""
        await self.leads("Повестка", "Добавить этап", TASK_STAGE)
        await self.leader.writes(title)
        await self.leads(HOME)

    async def has_quiz(self, *questions: str, title: str = "Вопрос – Ответ") -> None:
        """One more stage: these questions, each with its options, one a line."""
        await self.leads("Повестка", "Добавить этап", QUIZ_STAGE)
        await self.leader.writes(title)
        await self.leads("Вопросы", "Добавить вопрос")
        for question in questions or (QUESTION,):
            await self.leader.writes(question)
        await self.leads("Готово", HOME)

    async def has_preset(self) -> None:
        """The ready agenda: questions, and two tasks."""
        await self.leads("Повестка", "Готовая повестка", HOME)

    async def leads(self, *labels: str) -> None:
        """The leader presses these buttons, one after another, each below the newest message that has it.

        Not below the input: the menu there has a button of its own that is called «Настройки».
        """
        for label in labels:
            await self.leader.has_read()
            messages = reversed(self._chat.emulator.dialogue(self.leader.id).messages)
            place = next((one.cmid for one in messages if label in labels_of(one)), None)
            assert place is not None, f"{label!r} is nowhere; the newest buttons are {labels_of(self.leader.last)}"
            self._chat.emulator.press(self.leader.id, label, cmid=place)
            await self._chat.settled()

    async def leads_twice(self, label: str) -> None:
        """The leader presses a button twice before anything has changed on the screen."""
        await self.leader.has_read()
        await self.group.acts(lambda: [self._chat.emulator.press(self.leader.id, label) for _ in range(2)])

    # --- running it

    async def opens_desk(self) -> None:
        """From the session's own screen, in its place."""
        await self.leads(DESK)

    async def goes_on(self) -> None:
        """The desk's first button: whatever comes next."""
        await self.leads(self.desk_buttons[0])

    async def begins_work(self) -> None:
        """From the session's own screen to the first task: «Команды собраны», then its work."""
        await self.opens_desk()
        await self.leads(GATHER)
        await self.goes_on()

    async def opens_vote(self) -> None:
        """From the session's own screen to the first vote, without presentations."""
        await self.begins_work()
        await self.leads(END, TO_VOTE)

    async def asks_question(self) -> None:
        """From the session's own screen to the first question of the quiz that the agenda begins with."""
        await self.opens_desk()
        await self.goes_on()
        await self.leads(ASK)

    # --- what members do in the conversation

    async def joins(self, person: Person, team: str | None = None, *, named: bool = True) -> None:
        await self.group.presses(person, JOIN if named else JOIN_UNNAMED)
        if team is not None:
            await self.group.presses(person, await self.label_of(team))

    async def all_join(self, teams: Sequence[str]) -> None:
        """All members at once, as a room does it; then each presses one of the teams in turn."""
        of = [(one.id, await self.label_of(team)) for one, team in zip(self.members, cycle(teams), strict=False)]
        press, peer = self._chat.emulator.press, self.group.peer
        await self.group.acts(lambda: [press(account, JOIN, peer) for account, _ in of])
        await self.group.acts(lambda: [press(account, label, peer) for account, label in of])

    async def votes(self, person: Person, team: str) -> None:
        await self.group.presses(person, await self.label_of(team))

    async def hands_in(self, person: Person, text: str = "/работа", **more: object) -> None:
        """Sends a photo with that caption."""
        photo = self._chat.emulator.attach(person.id, "доска.png", picture(40, 30), "photo")
        await self.group.writes(person, text, attachments=[photo], **more)

    # --- what is there now

    @property
    def messages(self) -> list[Message]:
        """All that the bot said in the conversation, as it stands now."""
        there = self._chat.emulator.dialogue(self.group.peer).messages
        return [one for one in there if one.out and one.action is None]

    @property
    def desk(self) -> str:
        """What the leader's desk says, in the own dialogue."""
        return self._desk.text

    @property
    def desk_buttons(self) -> list[str]:
        return labels_of(self._desk)

    @property
    def _desk(self) -> Message:
        messages = self._chat.emulator.dialogue(self.leader.id).messages
        return next(one for one in reversed(messages) if one.out and one.text.startswith("Пульт: «"))

    async def label_of(self, team: str) -> str:
        """A team's button: «1. Орлы»."""
        return say_team("ru", (await self.team(team)))

    async def team(self, name: str) -> Team:
        teams: Sequence[Team] = await self._chat.stored(session_members.teams_of, self.id)
        return next(team for team in teams if team.name == name)

    async def stands(self) -> Standing:
        """The session, its agenda and teams, and its latest step."""
        found: Standing = await self._chat.stored(standing, self.id)
        return found

    async def member(self, person: Person) -> Member | None:
        found: Member | None = await self._chat.stored(session_members.by_account, self.id, "vk", person.id)
        return found

    async def teams(self) -> dict[str, list[int]]:
        """Who is in which team, by the numbers of their accounts."""
        members: list[Member] = await self._chat.stored(session_members.of_session, self.id)
        teams: Sequence[Team] = await self._chat.stored(session_members.teams_of, self.id)
        return {
            team.name: [one.user_id for one in members if one.team == team.id and one.user_id is not None]
            for team in teams
        }

    async def round(self) -> StoredRound:
        """The newest vote."""
        found: StoredRound = await self._chat.stored(session_rounds.latest, self.id)
        return found

    async def ballot(self, team: str) -> str:
        """What a team's button in the newest vote carries, as a screen that was not loaded anew still has it."""
        return CastBallot(round=(await self.round()).id, team=(await self.team(team)).id).model_dump_json()

    async def tally(self) -> dict[str, int]:
        """Ballots of the newest vote by the names of the teams that stand in it."""
        scores = await self._chat.stored(session_rounds.scores, (await self.round()).id)
        names = {team.id: team.name for team in (await self.stands()).teams}
        return {names[score.team]: score.ballots for score in scores}

    async def questions(self) -> Sequence[AskedQuestion]:
        """Of the stage in progress."""
        latest = await self._chat.stored(session_steps.latest, self.id)
        found: Sequence[AskedQuestion] = await self._chat.stored(session_quiz.of_stage, latest.step.stage)
        return found

    async def questions_of(self, stage: Stage) -> Sequence[AskedQuestion]:
        found: Sequence[AskedQuestion] = await self._chat.stored(session_quiz.of_stage, stage.id)
        return found

    async def works(self) -> Sequence[Work]:
        found: Sequence[Work] = await self._chat.stored(session_works.of_session, self.id)
        return found

    async def deeds(self) -> list[str]:
        """What the protocol has of it, in order."""
        acts: Sequence[DoneAct] = await self._chat.stored(of_session, self.id)
        return [act.deed for act in acts]


def labels_of(message: Message) -> list[str]:
    """What is written on the buttons below a message."""
    return [button["action"]["label"] for row in message.button_rows for button in row]


async def opened(chat: Chat, group: Group, leader: Person) -> Held:
    """A session just opened in the conversation, with nothing prepared."""
    await group.presses(leader, NEW_SESSION)
    session: Session | None = await chat.stored(sessions.live_at, "vk", group.peer)
    assert session is not None, group.pop_ups
    return Held(chat, group, leader, session)


async def session_of(
    chat: Chat,
    leader: Person,
    *members: Person,
    teams: Sequence[str] = TEAMS,
    quiz: Sequence[str] = (),
    group: Group | None = None,
) -> Held:
    """A session with one task and these teams, before «Команды собраны»; the members are in the teams in turn.

    quiz: questions of a stage before the task. group: a conversation that is there already; else one of its own.
    """
    held = await opened(chat, group or await led_by(chat, leader, *members), leader)
    await held.has_teams(*teams)
    if quiz:
        await held.has_quiz(*quiz)
    await held.has_task()
    for person, team in zip(members, cycle(teams), strict=False):
        await held.joins(person, team)
    held.members = members
    return held


async def session_with(chat: Chat, *names: str, teams: Sequence[str] = TEAMS, quiz: Sequence[str] = ()) -> Held:
    """The same of a coordinator and people of these first names, who are its `members` and join all at once."""
    leader, members = await coordinator(chat), tuple(chat.person(name) for name in names)
    group = await led_by(chat, leader, *members)
    held = await session_of(chat, leader, teams=teams, quiz=quiz, group=group)
    held.members = members
    await held.all_join(teams)
    return held


async def empty_session(chat: Chat, *names: str) -> Held:
    """A session of a coordinator's, just opened; people of these first names are in its conversation."""
    leader, members = await coordinator(chat), tuple(chat.person(name) for name in names)
    held = await opened(chat, await led_by(chat, leader, *members), leader)
    held.members = members
    return held
