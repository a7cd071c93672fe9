"""Recipes of a session's protocol as the database holds them, with a log of ballots that the hashes are true of."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.identifiers import Pseudonym, RoundId, TeamId
from bot.domain.sessions.results import NO_HASH, CountedBallot, Score, TieRule, log_hash, places

OPENED = datetime(2026, 11, 12, 7, 5, 0, 120_034, UTC)
FIRST_TEAM_ID, FIRST_ROUND_ID = 101, 7
NAMES = ["Мария П.", "Артём Ё.", "Ксения В.", "Участник 17", "Анна-Виктория Д.", "Семён К.", "Юлия Щ."]
TEAMS = ["Ракета", "Сферум-32", "Ёжики в тумане", "Омские управленцы за цифру"]


def protocol(*, teams: int = 4, members: int = 5, rounds: int = 1, **changes: Any) -> dict[str, Any]:
    """A session of three stages; each task has so many rounds, whose ballots fall unevenly and to some teams alike."""
    hashes = [NO_HASH]
    made: dict[str, Any] = {
        "title": "Протокол.xlsx",
        "locale": "ru",
        "session": "От проблемы к решению. От плана к действию",
        "conversation": "Сферум: стратегическая сессия",
        "moderator": "Ольга С.",
        "helpers": ["Пётр Л.", "Нина Ж."],
        "jury": ["Игорь М.", "Вера Т."],
        "opened_at": "12 ноября, 10:05",
        "finished_at": "12 ноября, 13:40",
        "held_on": "2026-11-12",
        "teams": [team(place, members) for place in range(teams)],
        "stages": [
            quiz(),
            task(1, "Что мешает и что делать?", teams, members, rounds, hashes),
            task(2, "Планируем работу", teams, members, rounds, hashes),
        ],
        "acts": acts(),
    }
    made["places"] = made["stages"][1]["rounds"][-1]["places"] if rounds else []
    stored: dict[str, Any] = json.loads(json.dumps(made | changes))
    return stored


def team(place: int, members: int) -> dict[str, Any]:
    name = TEAMS[place] if place < len(TEAMS) else f"Команда {place + 1}"
    shown = [NAMES[(place + one) % len(NAMES)] for one in range(members)]
    return {"id": FIRST_TEAM_ID + place, "number": place + 1, "name": name, "members": shown}


def quiz() -> dict[str, Any]:
    options = [{"text": "25 %", "answers": 12}, {"text": "Не знаю", "answers": 3}, {"text": "80 %", "answers": 1}]
    question = {"text": "Сколько педагогов должны писать в Сферуме?", "options": options, "right": 0, "share_right": 75}
    poll = {"text": "Готовы начинать?", "options": options[:2], "right": None, "share_right": None}
    return {
        "kind": "quiz",
        "title": "«Вопрос - Ответ»",
        "began_at": "12 ноября, 10:10",
        "ended_at": "12 ноября, 10:20",
        "questions": [question, poll],
    }


def task(place: int, title: str, teams: int, members: int, rounds: int, hashes: list[str]) -> dict[str, Any]:
    works = [
        {
            "team": FIRST_TEAM_ID + one,
            "by": NAMES[one % len(NAMES)],
            "sent_at": "12 ноября, 10:45",
            "text": "Барьеры: нет времени, нет единого чата класса.\nЧто делаем: один урок — один чат.",
            "has_picture": one % 2 == 0,
            "is_shown": one != 1,
        }
        for one in range(min(teams, 3))
    ]
    return {
        "kind": "task",
        "title": title,
        "task": "Каждая команда определяет проблемы, барьеры и пути их преодоления.",
        "began_at": f"12 ноября, 1{place}:20",
        "ended_at": f"12 ноября, 1{place}:55",
        "works": works,
        "rounds": [
            voted_round(FIRST_ROUND_ID + (place - 1) * rounds + one, one + 1, teams, members, hashes)
            for one in range(rounds)
        ],
    }


def voted_round(round_id: int, number: int, teams: int, members: int, hashes: list[str]) -> dict[str, Any]:
    """A round in which three of four electors vote; its hash goes to the end of the chain."""
    electors = teams * members
    ballots = [
        CountedBallot(
            one + 1,
            Pseudonym(f"{round_id * 100_003 + one * 7919:032x}"),
            TeamId(FIRST_TEAM_ID + (one * one // 3 + one) % teams),
            one >= electors * 3 // 4,  # the jurors came last
            OPENED + timedelta(minutes=round_id, microseconds=one * 1_250_001),
        )
        for one in range(electors * 3 // 4 + 2)
    ]
    hashes.append(log_hash(hashes[-1], RoundId(round_id), ballots))
    return {
        "id": round_id,
        "number": number,
        "opened_at": "12 ноября, 11:50",
        "closed_at": "12 ноября, 11:55",
        "is_hidden": True,
        "tie_rule": "shared",
        "electors": electors + 2,
        "jurors": 2,
        "voted": len(ballots),
        "refused": {"closed": 2, "already-voted": 11, "own-team": 5},
        "places": ranked(ballots, teams, members),
        "ballots": [
            {
                "number": one.number,
                "voter": one.voter,
                "team": one.team,
                "is_juror": one.is_juror,
                "cast_at": one.cast_at.isoformat(),
            }
            for one in ballots
        ],
        "hash": hashes[-1],
    }


def ranked(ballots: list[CountedBallot], teams: int, members: int) -> list[dict[str, Any]]:
    scores = [
        Score(
            TeamId(FIRST_TEAM_ID + place),
            sum(one.team == FIRST_TEAM_ID + place and not one.is_juror for one in ballots),
            sum(one.team == FIRST_TEAM_ID + place and one.is_juror for one in ballots),
            (teams - 1) * members,
            2,
        )
        for place in range(teams)
    ]
    return [
        {
            "team": place.score.team,
            "first": place.first,
            "last": place.last,
            "ballots": place.score.ballots,
            "could_vote": place.score.could_vote,
            "jury": place.score.jury,
            "jury_could": place.score.jury_could,
        }
        for place in places(scores, TieRule.SHARED)
    ]


def acts() -> list[dict[str, Any]]:
    done = [
        ("12 ноября, 10:05", "Ольга С.", "открыла сессию"),
        ("12 ноября, 10:09", "Ольга С.", "объявила: «Команды собраны»"),
        ("12 ноября, 11:50", "Пётр Л.", "открыл голосование этапа 2"),
        ("12 ноября, 11:55", "", "Голосование закрылось по времени"),
    ]
    return [{"at": at, "who": who, "what": what} for at, who, what in done]
