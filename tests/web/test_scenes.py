"""What the room sees in each state of a session."""

import io
from datetime import timedelta

import pytest
import segno
from PIL import Image
from playwright.async_api import expect

from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.screen import ScreenMember, ScreenState, ScreenTeam
from tests.web.conftest import Wall
from tests.web.rooms import (
    JOIN,
    LONG_TASK,
    a_question,
    a_stage,
    a_vote,
    a_work,
    finished,
    gathering,
    in_phase,
    judged,
    over,
    paused,
    some_teams,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_while_people_join_the_screen_says_how_many_and_lists_the_teams(wall: Wall) -> None:
    teams = (
        ScreenTeam(TeamId(1), 1, "Сокол", (ScreenMember(4, "Анна К."), ScreenMember(12, None))),
        ScreenTeam(TeamId(2), 2, "Ракета", ()),
    )
    await wall.opens(gathering(joined=22, teams=teams))
    await wall.reads("От проблем к решению")
    await wall.reads("Вступили 22 человека")
    assert await wall.texts(".team") == ["1 Сокол 2 Анна К. Участник 12", "2 Ракета 0 пока никого"]


async def test_the_code_to_join_by_is_drawn_square_by_square_as_it_should_be(wall: Wall) -> None:
    await wall.opens(gathering())
    picture = Image.open(io.BytesIO(await wall.page.locator(".join-large svg").screenshot())).convert("L")
    wanted = [list(row) for row in segno.make(JOIN, error="m", micro=False).matrix_iter(border=4)]
    size = picture.width / len(wanted)
    drawn = [
        [int(picture.getpixel((int((x + 0.5) * size), int((y + 0.5) * size))) < 128) for x in range(len(wanted))]  # type: ignore[operator]
        for y in range(len(wanted))
    ]
    assert drawn == wanted
    assert await wall.page.locator(".join-large a").get_attribute("href") == JOIN


async def test_without_a_link_to_join_by_there_is_no_code_anywhere(wall: Wall) -> None:
    await wall.opens(gathering(join_link="", gathered=True))
    await wall.reads("Команды собраны")
    await expect(wall.page.locator(".code")).to_have_count(0)


async def test_the_code_stays_small_in_a_corner_while_people_may_still_join(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK))
    box = await wall.page.locator(".join-small .code").bounding_box()
    assert box is not None
    assert box["width"] < 150
    assert box["x"] > 1280 * 0.85
    assert box["y"] < 720 * 0.2


async def test_a_stage_shows_its_number_title_task_time_left_and_teams(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK))
    assert await wall.texts(".where span") == ["Этап 2 из 3", "Работа в командах"]
    await wall.reads("Что мешает и что делать?")
    await wall.reads("Назовите три причины и для каждой придумайте шаг, который вы сделаете до декабря.")
    await wall.reads("10:00")
    await wall.reads("до 14:15")
    assert "1 Цифровой десант 5" in " ".join(await wall.texts(".team-name"))
    assert "Анна К." in " ".join(await wall.texts(".members"))


async def test_a_paused_stage_shows_the_time_that_is_left_and_says_so(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK, stage=a_stage(Phase.WORK, timer=paused(timedelta(minutes=3, seconds=5)))))
    await wall.reads("03:05")
    await wall.reads("Пауза")


async def test_more_than_an_hour_is_counted_in_hours_as_well(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.TALK, stage=a_stage(Phase.TALK, timer=paused(timedelta(hours=1, seconds=5)))))
    await wall.reads("1:00:05")


async def test_a_stage_whose_time_is_over_says_so_and_counts_nothing(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK, stage=a_stage(Phase.WORK, timer=over())))
    await wall.reads("Время вышло")
    await expect(wall.page.locator(".digits")).to_have_count(0)


async def test_a_presentation_names_the_team_whose_turn_it_is_and_its_members(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.PRESENTATION, stage=a_stage(Phase.PRESENTATION, presenting=TeamId(102))))
    await wall.reads("Выступает")
    assert await wall.texts(".speakers-name") == ["2 Учителя-новаторы Тарской школы"]
    assert "Борис М." in (await wall.texts(".speakers .members"))[0]


async def test_an_open_hidden_vote_tells_only_how_many_have_not_voted(wall: Wall) -> None:
    vote = a_vote(is_open=True, electors=40, voted=28)
    await wall.opens(in_phase(Phase.VOTE, vote=vote))
    await wall.reads("12 из 40 ещё не голосовали")
    await wall.reads("Кто сколько голосов получил, будет видно после закрытия")
    await expect(wall.page.locator(".bar-fill")).to_have_attribute("width", "70.0%")
    await expect(wall.page.locator(".row")).to_have_count(0)


@pytest.mark.parametrize(
    ("voted", "words"),
    [(39, "1 из 40 ещё не голосовал"), (38, "2 из 40 ещё не голосовали"), (40, "Проголосовали все")],
)
async def test_turnout_is_worded_as_russian_plurals_want_it(wall: Wall, voted: int, words: str) -> None:
    await wall.opens(in_phase(Phase.VOTE, vote=a_vote(is_open=True, voted=voted)))
    await wall.reads(words)


async def test_live_tallies_stand_in_the_order_of_the_teams_without_places(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, vote=a_vote(4, 9, 6, is_open=True, is_hidden=False)))
    rows = await wall.texts(".row")
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert "место" not in " ".join(rows)
    assert await lengths(wall) == ["44.4%", "100.0%", "66.7%"]


async def test_a_closed_vote_names_places_ties_and_how_many_could_have_voted(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, stage=a_stage(Phase.VOTE, timer=over()), vote=a_vote(9, 4, 9, voted=38)))
    await wall.reads("Голосование закрыто")
    await wall.reads("Проголосовали 38 из 40")
    assert await wall.texts(".row") == [
        "1–2 место делят 1 Цифровой десант 9 из 35",
        "1–2 место делят 3 Команда мечты 9 из 35",
        "3 место 2 Учителя-новаторы Тарской школы 4 из 35",
    ]


async def test_ballots_of_the_jury_stand_in_a_column_of_their_own(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, vote=judged((9, 1), (9, 2), (4, 0))))
    assert await wall.texts(".row") == [
        "1 место 2 Учителя-новаторы Тарской школы 2 из 3 9 из 35",
        "2 место 1 Цифровой десант 1 из 3 9 из 35",
        "3 место 3 Команда мечты 0 из 3 4 из 35",
    ]
    await wall.reads("Голоса жюри и участников из возможных")


async def test_a_vote_that_is_held_again_is_called_the_second_round(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, vote=a_vote(is_open=True, round_number=2)))
    await wall.reads("Раунд 2")


async def test_an_open_question_shows_options_and_how_many_have_answered(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.QUIZ, question=a_question()))
    await wall.reads("Вопрос 3 из 8")
    await wall.reads("Ответили 23 человека")
    assert await wall.texts(".option") == ["1 Дневник", "2 Сферум", "3 Журнал"]
    assert await lengths(wall) == ["0.0%", "0.0%", "0.0%"]


async def test_a_closed_question_marks_the_right_option_and_tells_its_share(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.QUIZ, question=a_question(is_open=False, right=1, answers=(3, 15, 5))))
    await wall.reads("Верных ответов 65 %")
    assert await wall.texts(".option") == ["1 Дневник 3 · 13 %", "2 Сферум верно 15 · 65 %", "3 Журнал 5 · 22 %"]
    assert await wall.texts(".option-right") == ["2 Сферум верно 15 · 65 %"]


async def test_a_question_without_a_right_option_is_a_poll_and_marks_none(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.QUIZ, question=a_question(is_open=False, answers=(3, 15, 5))))
    await wall.reads("15 · 65 %")
    await expect(wall.page.locator(".option-right, .right-share")).to_have_count(0)


async def test_shown_works_of_a_presentation_are_large_and_only_of_its_team(wall: Wall, jpeg: bytes) -> None:
    works = (a_work(1, team=2), a_work(2, team=2, text="Провести урок", has_picture=False), a_work(3, team=1))
    wall.room.pictures.update({work.id: jpeg for work in works})
    stage = a_stage(Phase.PRESENTATION, presenting=TeamId(102))
    await wall.opens(in_phase(Phase.PRESENTATION, stage=stage, works=works))
    await expect(wall.page.locator(".work")).to_have_count(2)
    await wall.reads("Провести урок")
    picture = await wall.page.locator(".work img").bounding_box()
    assert picture is not None
    assert picture["width"] > 1280 * 0.4
    assert picture["height"] > 720 * 0.5
    assert await wall.page.locator(".work img").evaluate("image => image.naturalWidth") == 800


async def test_a_long_text_is_shown_alone_over_the_whole_width(wall: Wall) -> None:
    works = (a_work(1, team=1, text=LONG_TASK, has_picture=False), a_work(2, team=2, text="Коротко", has_picture=False))
    await wall.opens(in_phase(Phase.WORK, works=works))
    box = await wall.page.locator(".work-text").first.bounding_box()
    assert box is not None
    assert box["width"] > 1280 * 0.9
    await expect(wall.page.get_by_text("Коротко")).not_to_be_in_viewport()


async def test_further_works_are_reached_by_the_arrow_keys(wall: Wall, jpeg: bytes) -> None:
    works = tuple(a_work(number, team=1 + number % 3) for number in range(1, 6))
    wall.room.pictures.update({work.id: jpeg for work in works})
    await wall.opens(in_phase(Phase.WORK, works=works))
    last = wall.page.locator(".work").last
    await expect(last).not_to_be_in_viewport()
    await wall.page.keyboard.press("ArrowLeft")
    await expect(last).to_be_in_viewport(ratio=0.9)
    await wall.page.keyboard.press("ArrowRight")
    await expect(wall.page.locator(".work").first).to_be_in_viewport(ratio=0.9)


async def test_a_work_that_has_just_been_shown_is_brought_into_view(wall: Wall) -> None:
    works = tuple(a_work(number, team=1, text=f"Работа {number}", has_picture=False) for number in range(1, 7))
    await wall.opens(in_phase(Phase.WORK, works=works[:4]))
    wall.room.show(in_phase(Phase.WORK, works=works[:5]))
    await expect(wall.page.get_by_text("Работа 5")).to_be_in_viewport(ratio=0.9)


async def test_at_the_end_the_places_over_all_stages_are_shown(wall: Wall) -> None:
    await wall.opens(finished(overall=a_vote(30, 12, 18).places))
    await wall.reads("Итоги")
    assert await wall.texts(".row") == [
        "1 место 1 Цифровой десант 30 из 35",
        "2 место 3 Команда мечты 18 из 35",
        "3 место 2 Учителя-новаторы Тарской школы 12 из 35",
    ]
    await expect(wall.page.locator(".timer, .code")).to_have_count(0)


async def test_a_session_without_votes_ends_without_places(wall: Wall) -> None:
    await wall.opens(finished(overall=None))
    await wall.reads("Голосований в этой сессии не было.")


async def test_a_team_that_is_no_more_keeps_its_row(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.VOTE, teams=some_teams(2), vote=a_vote(5, 4, 9)))
    assert (await wall.texts(".row"))[0] == "1 место Команды больше нет 9 из 35"


async def test_a_session_that_runs_before_its_first_stage_goes_on_gathering(wall: Wall) -> None:
    await wall.opens(gathering(state=ScreenState.RUNNING, stage=None))
    await wall.reads("Собираем команды")


async def lengths(wall: Wall) -> list[str | None]:
    """Of the bars of the chart, from the first row on."""
    return [await bar.get_attribute("width") for bar in await wall.page.locator(".row .bar-fill").all()]
