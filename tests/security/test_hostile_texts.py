"""Texts meant to break or to deceive, through every place where somebody can write: shown harmlessly, always stored."""

import re
import unicodedata
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import BaseModel

from bot.documents import recipes
from bot.domain.identifiers import TeamId
from bot.domain.names import Profile, short_name
from bot.domain.quotations import one_line, quoted
from bot.domain.reports import ReportStage
from bot.domain.sessions.agenda import LONGEST_TASK, LONGEST_TITLE, Stage, read_task, read_title
from bot.domain.sessions.quizzes import LONGEST_OPTION, LONGEST_QUESTION, NotAQuestion, read_question
from bot.domain.sessions.teams import LONGEST_NAME, NoName, read_names
from bot.imports.schools import read_schools
from bot.messenger.vk.translation import storable
from bot.presses import (
    coordinators,
    counts,
    invitations,
    participants,
    reports,
    session_leading,
    teachers,
    voters,
)
from bot.presses.sessions import ChooseTeam, EnterSession
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import END, FINISH, FINISH_SURE, TO_VOTE, Held, labels_of, session_of
from tests.conversations.staff import coordinator
from tests.security.odd import ODD_TEXTS
from tests.security.towns import Targets, Town, answer, changed, failures, newcomer, stored_rows, town

# Several odd texts at once: each of them would be enough.
BLENDS = [
    " ".join(ODD_TEXTS[name] for name in names)
    for names in (
        ("html", "mention", "call for all", "formula", "plus"),
        ("direction", "zero width", "controls", "NUL", "accents", "private and none", "blank letters", "spaces"),
        ("quotes", "format", "emoji"),
    )
] + [ODD_TEXTS["long"], "\x01\x02", "\u0301" * 50]

LIVE = re.compile(r"\[[^\s\[\]|]+\||(?<!\w)[@*]\w")


def assert_harmless(text: str) -> None:
    """Nothing in it acts: no mention, no invisible or turning sign, no pile of accents."""
    assert LIVE.search(text) is None, text
    assert not {sign for sign in text if unicodedata.category(sign) in ("Cf", "Cc", "Cs", "Co")} - {"\n"}, ascii(text)
    assert re.search("[\u0300-\u036f]{3}", text) is None, ascii(text)


@pytest.fixture
async def anywhere(chat_anywhere: Chat) -> Town:
    return await town(chat_anywhere)


def _questions_of_teacher(at: Targets) -> list[BaseModel]:
    return [
        teachers.AddClass(), teachers.ChooseSchool(school=at.school), teachers.SchoolMissing(),
        teachers.ChangePupils(school=at.school, label="11-Я"), teachers.MoreNumbers(class_id=at.class_id),
        teachers.ParentConsent(class_id=at.class_id), reports.AskCoordinator(class_id=at.class_id),
        reports.OtherLessonDay(class_id=at.class_id),
    ]  # fmt: skip


def _questions_of_coordinator(at: Targets) -> list[BaseModel]:
    return [
        coordinators.RefuseApplication(application=at.application),
        coordinators.UndoForTeacher(class_id=at.class_id, stage=ReportStage.DOCUMENTS),
        coordinators.DenyNumbers(class_id=at.class_id, pupils=50), invitations.EnterInvitation(),
        invitations.InviteTo(role="coordinator", level="school"),
    ]  # fmt: skip


QUESTIONS_OF_ANYBODY = [
    counts.OpenCount(), voters.ChooseWhom(), voters.CheckVote(), participants.BecomeParticipant(),
    invitations.EnterInvitation(),
]  # fmt: skip


async def test_any_text_may_answer_any_question_and_others_read_it_harmlessly(
    chat_anywhere: Chat, anywhere: Town
) -> None:
    chat, there = chat_anywhere, anywhere.there
    anybody = await newcomer(chat)
    before = await stored_rows(chat)
    asked = [
        (there.teacher, _questions_of_teacher(there.targets), [there.coordinator]),
        (there.coordinator, _questions_of_coordinator(there.targets), [there.teacher]),
        (anybody, QUESTIONS_OF_ANYBODY, []),
    ]
    for person, questions, readers in asked:
        heard_from = {reader.id: len(chat.emulator.dialogue(reader.id).messages) for reader in readers}
        for question in questions:
            for text in BLENDS:
                await person.forges(question.model_dump_json())
                await person.writes(text)
                assert person.news, (question, text[:40])
        for reader in readers:
            came = chat.emulator.dialogue(reader.id).messages[heard_from[reader.id] :]
            assert came, "nothing of it was passed on"
            for message in came:
                assert_harmless(message.text)
    assert await failures(chat) == []
    touched = changed(before, await stored_rows(chat))
    assert touched <= {"applications", "decisions", "reports"}, "only what a coordinator decided with a reason"


async def test_any_text_out_of_place_is_answered_and_stored_nowhere(chat_anywhere: Chat) -> None:
    person = await newcomer(chat_anywhere)
    before = await stored_rows(chat_anywhere)
    for text in [*ODD_TEXTS.values(), *BLENDS, *(f"код {odd}" for odd in BLENDS), *(f"счёт {odd}" for odd in BLENDS)]:
        if storable(text).strip() and storable(text) == text.replace("\0", ""):
            await person.writes(text)
            assert person.news, ascii(text[:40])
    assert await failures(chat_anywhere) == []
    assert await stored_rows(chat_anywhere) == before


async def test_whatever_a_profile_is_called_others_read_a_name_and_nothing_else(
    chat_anywhere: Chat, anywhere: Town
) -> None:
    here = anywhere.here
    for name in ODD_TEXTS.values():
        if storable(name) == name.replace("\0", ""):
            voter = chat_anywhere.person(name, name)
            await voter.opens(f"https://vk.me/club?ref=v-{here.targets.taken}")
            await voter.presses("Согласен")
            await voter.presses("Подтвердить")
    pages = ""
    for page in range(2):
        await here.pupil.forges(participants.OpenMyVoters(page=page).model_dump_json())
        pages += answer(here.pupil)
    assert "Голосующий" in pages, "of some names nothing is left"
    assert_harmless(pages)
    applicant = chat_anywhere.person(ODD_TEXTS["mention"], ODD_TEXTS["direction"])
    await applicant.writes("согласие")
    await applicant.presses("Согласен")
    apply = teachers.Apply(school=here.targets.school, label="11-Б", pupils=3)
    await applicant.forges(apply.model_dump_json())
    card = chat_anywhere.emulator.dialogue(here.coordinator.id).messages[-1].text
    assert "11Б" in card
    assert_harmless(card)
    assert await failures(chat_anywhere) == []


# --- sessions: what a leader or a member types is read by everybody, from the bot's mouth

EMOJI = "🎉" * 4000
TYPED = [
    text
    for text in (*ODD_TEXTS.values(), *BLENDS, EMOJI)
    if storable(text).strip() and storable(text) == text.replace("\0", "")
]


def _asked_in_session(held: Held, stage: Stage, team: TeamId) -> list[BaseModel]:
    """Every question that a session's screens ask, without a limit on what may be typed."""
    parts: tuple[session_leading.StagePart, ...] = ("title", "task", "minutes")
    of_stage = [session_leading.AskStage(session=held.id, stage=stage.id, part=part) for part in parts]
    return [
        session_leading.AskSessionTitle(session=held.id), session_leading.AskInviteLink(session=held.id), *of_stage,
        session_leading.AddQuestion(session=held.id, stage=stage.id), session_leading.AddTeams(session=held.id),
        session_leading.RenameTeam(session=held.id, team=team),
    ]  # fmt: skip


def _as_a_question(text: str) -> str:
    """Both question and options are odd, and still different."""
    line = one_line(text)[:70]
    return f"{line}\n+ {line} А\n{line} Б"


async def test_whatever_is_typed_to_prepare_a_session_everybody_reads_it_harmlessly(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    irina, anna, boris = await coordinator(chat), chat.person("Анна"), chat.person("Борис")
    held = await session_of(chat, irina, anna, boris, quiz=["Кто?\nА\nБ"])
    stands = await held.stands()
    for question in _asked_in_session(held, stands.course.agenda[0], stands.teams[0].id):
        for text in TYPED:
            await irina.forges(question.model_dump_json())
            await irina.writes(_as_a_question(text) if isinstance(question, session_leading.AddQuestion) else text)
            assert irina.news, (question, ascii(text[:40]))
            _reads_harmlessly(held, irina)
    for person in (anna, irina):
        await person.forges(EnterSession(code=held.code).model_dump_json())
        _reads_harmlessly(held, person)
    assert len((await held.stands()).teams) > len(stands.teams), "some of the odd names are names all the same"
    assert await failures(chat) == []


async def test_whatever_members_call_a_team_or_hand_in_everybody_reads_it_harmlessly(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    irina, anna, boris = await coordinator(chat), chat.person("Анна"), chat.person("Борис")
    held = await session_of(chat, irina, anna, boris)
    chat.emulator.let_see_all(held.group.peer, True)
    for text in TYPED:
        await held.group.writes(anna, f"/команда {text}")
        assert held.group.news, ascii(text[:40])
        _reads_harmlessly(held, irina)
        title = one_line(text)[:200]
        await held.group.acts(lambda: chat.emulator.rename(held.group.peer, boris.id, title or "Совет"))  # noqa: B023
        await irina.forges(session_leading.OpenSession(session=held.id).model_dump_json())
        _reads_harmlessly(held, irina)
    named = [team for team in (await held.stands()).teams if team.name not in ("Орлы", "Совы")]
    assert named
    await anna.forges(ChooseTeam(session=held.id, team=named[0].id).model_dump_json())
    await held.begins_work()
    for text in TYPED:
        await held.group.writes(anna, f"/работа {text}")
        assert held.group.news, ascii(text[:40])
    await held.leads("Работы")
    for _ in TYPED:
        _reads_harmlessly(held, irina)
        if "›" not in irina.buttons:
            break
        await held.leads("›")
    await held.leads("К сессии", "Пульт ведущего", END, TO_VOTE)
    await held.group.forges(boris, await held.ballot(named[0].name))
    chat.clock.advance(timedelta(minutes=6))
    await held.leads(FINISH, FINISH_SURE, "К сессии", "Протокол")
    _reads_harmlessly(held, irina)
    assert [title.rpartition(".")[2] for title in irina.documents] == ["xlsx", "pdf"]
    assert await failures(chat) == []


async def test_the_longest_names_and_texts_that_a_session_takes_reach_every_screen(chat: Chat) -> None:
    """Of signs that are two for a messenger: the longest title, team, task, question, option and work."""
    irina, anna, boris = await coordinator(chat), chat.person("Анна"), chat.person("Борис")
    teams = ["🦉" * LONGEST_NAME, "🐝" * LONGEST_NAME]
    question = "\n".join(["🎲" * LONGEST_QUESTION, *(sign * LONGEST_OPTION for sign in "🐶🐱🐭🐹🐰🦊")])
    held = await session_of(chat, irina, anna, boris, teams=teams, quiz=[question])
    stages = (await held.stands()).course.agenda
    for stage in stages:
        for asked, text in (
            (session_leading.AskStage(session=held.id, stage=stage.id, part="title"), "🎓" * LONGEST_TITLE),
            (session_leading.AskStage(session=held.id, stage=stage.id, part="task"), "🎯" * LONGEST_TASK),
        ):
            await irina.forges(asked.model_dump_json())
            await irina.writes(text)
    await irina.forges(session_leading.AskSessionTitle(session=held.id).model_dump_json())
    await irina.writes("🏁" * LONGEST_TITLE)
    await held.leads("К сессии")
    await held.asks_question()
    assert held.group.news[-1].count("🎲") == LONGEST_QUESTION
    await held.leads(END, "Команды собраны")
    await held.goes_on()
    assert held.group.said[-1].count("🎯") == LONGEST_TASK
    await held.group.writes(anna, f"/работа {EMOJI}")
    await held.leads(END, TO_VOTE)
    await held.votes(anna, teams[1])
    chat.clock.advance(timedelta(minutes=6))
    await held.leads(FINISH, FINISH_SURE)
    assert held.group.said[-1].startswith(f"Сессия «{'🏁' * LONGEST_TITLE}» завершена.")
    assert await failures(chat) == []


def _reads_harmlessly(held: Held, person: Person) -> None:
    """What came to the person, and all that the session says in its conversation, buttons among it."""
    conversation = [message for message in held.messages if not message.text.startswith("Здравствуйте!")]
    for message in conversation:
        for label in labels_of(message):
            assert_harmless(label)
    for text in (*(message.text for message in conversation), *person.news, *person.buttons):
        assert_harmless(text)


@pytest.mark.parametrize("blank", ["\u3164\u115f\uffa0", "\u2800", "\u1160 \u3164", "\u200b\u2060", "\u00a0\u3000"])
def test_no_session_stage_team_or_question_is_called_by_signs_that_nobody_sees(blank: str) -> None:
    assert read_title(blank) is None
    assert read_task(blank) is None
    assert read_names(blank, []) == NoName()
    assert read_question(f"{blank}\nДа\nНет") is NotAQuestion.NO_OPTIONS


def test_no_odd_name_comes_out_as_anything_but_letters() -> None:
    for name in ODD_TEXTS.values():
        shown = short_name(Profile(name, name)) or ""
        assert_harmless(shown)
        assert not set(shown) & set('[]|@*<>&=+%"/\\'), shown
    assert short_name(Profile("\u3164", "\u115f")) is None, "blank letters would be a name that nobody sees"


def test_a_spreadsheet_of_odd_texts_holds_no_formula_and_can_be_opened() -> None:
    odd = [*ODD_TEXTS.values(), "\ufeff=1+1", "\u200b@SUM(1)", "\t=1", "\n-1", "＝1", "|", "-2+3", '=HYPERLINK("x")']
    ids = [{"place": place, "number": text, "link": text, "state": text} for place, text in enumerate(odd, start=1)]
    content = {
        "title": f"{ODD_TEXTS['mention']}.xlsx",
        "heading": "=1+1",
        "columns": ["=A", "+B", "-C", "@D"],
        "ids": ids,
    }
    made = recipes.build("participant-ids", content)
    assert not set(made.title) & set('\\/:*?"<>|')
    sheet = load_workbook(BytesIO(made.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if re.match(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]", text)]


def test_an_imported_school_cannot_carry_a_mention_or_signs_that_nobody_sees() -> None:
    header = "Муниципалитет;Населённый пункт;Школа;Тип;Класс;Учеников\n"
    line = "@all Город;\u202eСело;[id1|СОШ] № 5\u200b;школа;9А;20\n"
    school = read_schools((header + line).encode()).schools[0]
    for text in (school.municipality, school.settlement, school.name):
        assert_harmless(text)
    assert school.settlement == "Село"


@pytest.mark.parametrize("pupils", ["0" * 8 + "1" + "0" * 5000, "9" * 5000, "000000001000000", "1e3", "-5", "٣"])
def test_a_number_of_pupils_that_no_column_holds_refuses_its_line_alone(pupils: str) -> None:
    header = "Муниципалитет;Населённый пункт;Школа;Тип;Класс;Учеников\n"
    read = read_schools(f"{header}Город;Село;СОШ № 5;школа;9А;{pupils}\nГород;Село;СОШ № 6;школа;9А;20\n".encode())
    assert [school.name for school in read.schools] == ["СОШ № 6"]
    assert len(read.refused) == 1


def test_a_quotation_keeps_the_words_and_lines_of_an_ordinary_text() -> None:
    asked = "Здравствуйте! Класс 9А, почта ivanova@mail.ru, 2*3 = 6 [см. ниже]\nКогда придут номера?"
    assert quoted(asked, 1000) == asked
    assert quoted("[id1|Павел], @all, *id5 (Анна), [https://vk.com/x|вход]", 1000) == (
        "[ id1|Павел], @ all, * id5 (Анна), [ https://vk.com/x|вход]"
    )
    assert quoted("а" * 2000, 500) == "а" * 500


@given(text=st.text(max_size=60))
def test_no_text_becomes_a_mention_and_one_line_stays_as_it_is(text: str) -> None:
    assert_harmless(quoted(text, 1000))
    assert one_line(one_line(text)) == one_line(text)
    assert not set(one_line(text)) & set("\0\n\r\u2028\u2029\u202e")
