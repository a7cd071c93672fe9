"""The recipe of a session's protocol, the sentences that both of its files say, and what is promised of both."""

import json
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest
from pydantic import ValidationError

from bot.documents.recipes import build
from bot.documents.session_protocol import SessionProtocol
from bot.documents.session_protocol_words import Words
from bot.domain.sessions.results import NO_HASH
from tests.documents.builders import protocol, task

KINDS = ["session-protocol-xlsx", "session-protocol-pdf"]


def words(**changes: Any) -> Words:
    return Words(SessionProtocol.model_validate(protocol(**changes)))


def plain(sentence: str) -> str:
    return sentence.replace("\xa0", " ")


# --- the recipe


def test_a_recipe_comes_back_from_the_database_as_it_was() -> None:
    recipe = SessionProtocol.model_validate(protocol())
    assert SessionProtocol.model_validate(json.loads(recipe.model_dump_json())) == recipe


def test_a_thousand_members_in_forty_teams_and_twelve_stages_fit_into_a_recipe() -> None:
    hashes = [NO_HASH]
    stages = [task(place, "Планируем работу", 40, 25, 1, hashes) for place in range(1, 13)]
    recipe = SessionProtocol.model_validate(protocol(teams=40, members=25, rounds=1, stages=stages))
    assert len(recipe.rounds) == 12
    assert sum(len(one.ballots) for one in recipe.rounds) == 9_024
    assert recipe.log_hash == hashes[-1]


@pytest.mark.parametrize("broken", [{"colour": "red"}, {"held_on": "вчера"}, {"stages": [{"kind": "lunch"}]}])
def test_a_recipe_of_another_shape_is_refused_by_both_documents(broken: dict[str, Any]) -> None:
    for kind in KINDS:
        with pytest.raises(ValidationError):
            build(kind, protocol() | broken)


def test_a_recipe_that_names_a_team_it_does_not_list_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"not listed: \[104\]"):
        SessionProtocol.model_validate(protocol(teams=4) | {"teams": protocol(teams=3)["teams"]})


def test_rounds_are_chained_in_the_order_in_which_they_were_opened() -> None:
    recipe = protocol(rounds=2)
    recipe["stages"].reverse()
    found = SessionProtocol.model_validate(recipe)
    assert [one.id for one in found.rounds] == [7, 8, 9, 10]
    assert found.log_hash == found.stages[0].rounds[-1].hash


# --- the words


def test_a_shared_place_is_a_range_and_its_teams_are_named() -> None:
    said = words()
    assert [said.place(place) for place in said.protocol.places] == ["1–2", "1–2", "3", "4"]
    assert [plain(tie) for tie in said.ties(said.protocol.places)] == [
        "Места 1–2 делят команды: Сферум-32 (№ 2), Омские управленцы за цифру (№ 4)."
    ]


def test_what_there_was_none_of_is_not_among_the_facts() -> None:
    said = words(conversation="", helpers=[], jury=[], finished_at="")
    assert dict(said.facts()) == {
        "Дата": "12 ноября 2026 года",
        "Модератор": "Ольга С.",
        "Начало": "12 ноября, 10:05",
        "Участвовали": "4 команды, 20 участников",
    }


@pytest.mark.parametrize(
    ("teams", "members", "expected"),
    [
        (1, 1, "1 команда, 1 участник"),
        (2, 11, "2 команды, 22 участника"),
        (21, 5, "21 команда, 105 участников"),
        (40, 25, "40 команд, 1 000 участников"),
    ],
)
def test_teams_and_members_are_counted_in_good_russian(teams: int, members: int, expected: str) -> None:
    assert plain(dict(words(teams=teams, members=members, rounds=0).facts())["Участвовали"]) == expected


def test_a_round_says_its_rules_its_turnout_and_every_reason_to_refuse() -> None:
    said = words()
    rules, turnout, refused = said.about_round(said.protocol.rounds[0])
    assert rules == (
        "Открыто: 12 ноября, 11:50. Закрыто: 12 ноября, 11:55. Подсчёт во время голосования был скрыт."
        " При равенстве команды делят место."
    )
    assert turnout == "Право голоса: 20 участников и 2 члена жюри. Проголосовали 17 из 22."
    assert refused == (
        "Отклонённые нажатия: голосование закрыто — 2, голос уже отдан — 11, нет права голоса — 0, своя команда — 5."
    )


def test_a_round_without_a_jury_or_refusals_says_neither() -> None:
    recipe = protocol()
    recipe["stages"][1]["rounds"][0] |= {
        "refused": {}, "jurors": 0, "electors": 21, "voted": 1, "tie_rule": "jury", "is_hidden": False,
    }  # fmt: skip
    said = Words(SessionProtocol.model_validate(recipe))
    rules, turnout, refused = said.about_round(said.protocol.rounds[0])
    assert rules.endswith("был виден. При равенстве выше та команда, за которую больше голосов жюри.")
    assert turnout == "Право голоса: 21 участник. Проголосовали 1 из 21."
    assert refused == "Отклонённых нажатий не было."


def test_of_repeated_rounds_only_the_last_one_is_said_to_count() -> None:
    said = words(rounds=3)
    stage = said.protocol.stages[1]
    assert [said.round(one, stage) for one in stage.rounds] == [
        "Голосование, раунд 1 (не засчитан: голосование повторили)",
        "Голосование, раунд 2 (не засчитан: голосование повторили)",
        "Голосование, раунд 3 (засчитан)",
    ]
    only = words(rounds=1)
    assert only.round(only.protocol.rounds[0], only.protocol.stages[1]) == "Голосование"


def test_options_have_their_counts_and_shares_and_the_right_one_its_mark() -> None:
    said = words()
    question, poll = said.protocol.stages[0].questions
    assert [plain(option) for option in said.options(question)] == [
        "✓ 25 % — 12 ответов (75 %)",
        "Не знаю — 3 ответа (19 %)",
        "80 % — 1 ответ (6 %)",
    ]
    assert plain(said.share_right(question)) == "Верных ответов: 75 %."
    assert said.share_right(poll) == ""


def test_a_stage_that_was_not_held_or_not_ended_says_so() -> None:
    recipe = protocol()
    recipe["stages"][1]["ended_at"] = ""
    recipe["stages"][2] |= {"began_at": "", "ended_at": ""}
    said = Words(SessionProtocol.model_validate(recipe))
    assert [said.stage_held(stage) for stage in said.protocol.stages] == [
        "Викторина. Начало: 12 ноября, 10:10. Конец: 12 ноября, 10:20.",
        "Работа в командах. Начало: 12 ноября, 11:20. Конец не отмечен.",
        "Работа в командах. Этап не проводился.",
    ]


def test_a_teams_work_says_whose_it_is_and_whether_the_room_saw_it() -> None:
    said = words()
    shown, hidden, _ = (plain(said.work(work)) for work in said.protocol.stages[1].works)
    assert shown == "Ракета (№ 1) · Мария П. · 12 ноября, 10:45 · показано на экране, с фотографией"
    assert hidden == "Сферум-32 (№ 2) · Артём Ё. · 12 ноября, 10:45 · не показано"


def test_an_english_protocol_has_no_russian_word_of_ours() -> None:
    said = words(locale="en")
    assert dict(said.facts())["Took part"] == "4 teams, 20 members"
    assert next(said.about_round(said.protocol.rounds[0])).startswith("Opened: ")
    assert said.recount().startswith("The log is in the protocol's spreadsheet, sheet “Log of ballots”, column “Line”")


# --- both files


def test_the_same_recipe_gives_the_same_bytes_in_another_process_and_time_zone() -> None:
    script = (
        "import hashlib; from bot.documents.recipes import build; from tests.documents.builders import protocol;"
        f"print(*(hashlib.sha256(build(kind, protocol()).content).hexdigest() for kind in {KINDS}))"
    )
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Omsk", "PYTHONPATH": "."}
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=elsewhere)
    assert answer.stdout.split() == [sha256(build(kind, protocol()).content).hexdigest() for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_another_recipe_gives_other_bytes_and_the_same_recipe_the_same(kind: str) -> None:
    recipes = (protocol(rounds=0), protocol(rounds=0), protocol(rounds=0, session="А"))
    first, again, other = (build(kind, recipe).content for recipe in recipes)
    assert first == again
    assert first != other


def test_asking_which_documents_there_are_loads_no_library_that_makes_them() -> None:
    question = "import sys, bot.documents.recipes; print(*{'fpdf', 'PIL', 'openpyxl', 'matplotlib'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""
