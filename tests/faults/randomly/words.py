"""What people type: the answer to what the bot asks, the commands of their part, and nonsense."""

import re
import string
from random import Random

from tests.faults.randomly.preparing import Prepared

LABELS = ("9А", "9Б", "10 А", "10б", "11-А", "11В")
COMMANDS = {
    "teacher": ("Я учитель", "Мои классы", "Отчётность", "добавить класс", "урок проведен", "мой класс"),
    "coordinator": ("Заявки", "Сводка", "Кто не отчитался", "Приглашения", "заявки", "новые заявки"),
    "pupil": ("Баланс", "Моя ссылка", "Кто за меня голосовал", "Я участник", "угу", "Топ-20"),
    "voter": ("Голосовать", "Топ-20", "Проверить голос", "мой голос", "топ", "Счёт"),
}
EVERYBODYS = ("Меню", "Назад", "Помощь", "Настройки", "скрыть имя", "Показать имя", "Мои данные", "балнс", "English")
REASONS = ("В школе нет такого класса", "Проверьте, пожалуйста, число", "Так решили на совещании")
DAYS = ("сегодня", "вчера", "8 ноября", "9.11", "31 февраля", "завтра")
OFFENCES = (
    "паспорт 0705 123456", "+7 916 123-45-67", "=1+1", "[id1|Привет] @all", "%s %d {0} {{}} \\",
    "'; DROP TABLE votes;--",
    "🗳️🗳️", "\u202eтеревс\u202c", "\x00нуль", "a" * 300, "слово " * 900,
)  # fmt: skip
CARD = re.compile(r"\b\d{4}-\d{4}-\d{4}\b")
CODE = re.compile(r"\b[2-9ACEHKMPTX]{4}(?:-[2-9ACEHKMPTX]{4}){3}\b")


def answer(chance: Random, prepared: Prepared, asked: str) -> str | None:
    """What somebody types who has just read `asked`; None if it asks nothing."""
    answers = _answers(chance, prepared, asked)
    return chance.choice(answers) if answers else None


def command(chance: Random, prepared: Prepared, part: str) -> str:
    """What somebody types who wants something."""
    if chance.random() < 0.3:
        return chance.choice(EVERYBODYS)
    if part in ("pupil", "voter") and chance.random() < 0.5:
        return chance.choice(("", "Счёт ", "Голосовать ", "это мой номер ")) + chance.choice(prepared.cards)
    return chance.choice(COMMANDS[part])


def nonsense(chance: Random) -> str:
    """Something that no bot can understand, or should not keep."""
    if chance.random() < 0.5:
        return chance.choice(OFFENCES)
    signs = string.ascii_letters + string.digits + string.punctuation + "абвгдежзиёъ \n"
    return "".join(chance.choices(signs, k=chance.randint(1, 40))).strip() or "?"


def _answers(chance: Random, prepared: Prepared, asked: str) -> list[str]:
    """What fits the question that stands in the newest message; nothing if there is none."""
    school = chance.choice(prepared.schools)
    questions: tuple[tuple[str, list[str]], ...] = (
        ("номер или название", [f"{school.name} {school.settlement}"] * 5 + [school.settlement, "5", "Хогвартс"]),
        ("название школы", ["Школа, которой нет в списке"]),
        ("Какой класс", list(LABELS)),
        ("Напишите другой класс", list(LABELS)),
        ("Не похоже на класс", list(LABELS)),
        ("Сколько учеников", [str(chance.randint(1, 6)), "2", "3", "100"]),
        ("Сколько номеров", [str(chance.randint(1, 3)), "50"]),
        ("Нужно число", ["2", "1"]),
        ("причину", list(REASONS)),
        ("вопрос координатору", ["Где взять материалы?", "Когда урок?"]),
        ("какой день", list(DAYS)),
        ("день урока", list(DAYS)),
        ("код приглашения", [str(chance.choice(prepared.codes))]),
        ("Напишите №", ["1", "1, 2", "1-3", "99"]),
        ("Напишите номер", [chance.choice(prepared.cards), chance.choice(prepared.cards)[:-1] + "0", "12345"]),
    )
    return next((answers for fragment, answers in questions if fragment in asked), [])
