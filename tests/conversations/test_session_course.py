"""A whole strategic session of document 003, from its opening to its results, and all that its conversation is told."""

from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import (
    ASK,
    DESK,
    END,
    FINISH,
    FINISH_SURE,
    GATHER,
    HOME,
    JOIN_UNNAMED,
    QUESTION,
    Held,
    empty_session,
    labels_of,
)

TITLE = "От проблем к решению"
TOLD = """\
09:00 Стратегическая сессия «Сессия 8 ноября»
09:10 Команда «Орлы» создана, вы в ней. Другие выбирают её кнопкой.
09:10 Выберите команду. Свою можно назвать так: /команда Орлы
09:10 Команда «Совы» создана, вы в ней. Другие выбирают её кнопкой.
09:30 Этап 1 из 3. «Вопрос – Ответ»
09:31 Вопрос 1 из 1
09:35 Осталось 5 минут.
09:40 Время вышло.
09:45 Команды собраны: 2 команды. Дальше переводит между командами только ведущий.
09:45 Этап 2 из 3. «Что мешает и что делать?»: работа команд
09:55 Работа команды «Орлы» принята.
10:05 Осталось 5 минут.
10:07 Работа команды «Совы» принята.
10:10 Время вышло.
10:12 Этап 2 из 3. «Что мешает и что делать?»: выступает команда «Орлы»
10:16 Этап 2 из 3. «Что мешает и что делать?»: выступает команда «Совы»
10:21 Время вышло.
10:22 Этап 2 из 3. «Что мешает и что делать?»: голосование, раунд 1
10:28 Итоги голосования. «Что мешает и что делать?», раунд 1
      1 место: «Орлы» — 2 голоса из возможных 2; жюри 0 из 1
      2 место: «Совы» — 1 голос из возможных 2; жюри 1 из 1
10:40 Этап 3 из 3. «Планируем работу»: работа команд
10:50 Пауза, осталось 15 минут.
11:00 Продолжаем: до 11:15.
11:10 Осталось 5 минут.
11:12 Время продлено: до 11:20.
11:15 Осталось 5 минут.
11:16 Заканчиваем эту часть раньше времени.
11:17 Этап 3 из 3. «Планируем работу»: голосование, раунд 1
11:19 Голосование закроется через минуту. Кто не проголосовал — самое время.
11:21 Итоги голосования. «Планируем работу», раунд 1
      1 место: «Совы» — 2 голоса из возможных 2; жюри 1 из 1
      2 место: «Орлы» — 1 голос из возможных 2; жюри 0 из 1
11:30 Сессия «От проблем к решению» завершена. Общие итоги:
      1–2 место (делят): «Орлы» — 3 голоса из возможных 4; жюри 0 из 2
      1–2 место (делят): «Совы» — 3 голоса из возможных 4; жюри 2 из 2
"""


class Story:
    """A session as it goes by the clock. told: what its conversation reads, a line a message, in the order of time."""

    def __init__(self, chat: Chat, held: Held) -> None:
        self._chat = chat
        self._held = held
        self.told: list[str] = []
        self.note()

    async def at(self, time: str, *labels: str) -> None:
        """At that time the leader presses these, one after another."""
        self.note()
        await self._chat.moves_to(f"2017-11-08 {time}")
        self.note()
        await self._held.leads(*labels)
        self.note()

    async def votes(self, team: str, *people: Person) -> None:
        for person in people:
            await self._held.votes(person, team)
            assert self._held.group.pop_ups == [(person.id, f"Голос принят: «{team}».")]

    def note(self) -> None:
        """Write down what came since, as it reads at this moment: later it may be rewritten."""
        now = self._chat.clock.now().astimezone(self._chat.app.campaign.calendar.zone)
        said = self._held.group.said[1:]  # without the greeting
        self.told += [f"{now:%H:%M} {short(text)}" for text in said[len(self.told) :]]


def short(text: str) -> str:
    """A message's first line; of results the places, too."""
    first, *places = [line for line in text.splitlines() if line]
    return "\n      ".join([first, *(line for line in places if " место" in line)])


async def test_a_whole_session_of_document_003_tells_its_conversation_exactly_this(chat: Chat) -> None:
    held = await empty_session(chat, "Анна", "Борис", "Вера", "Глеб", "Дина")
    anna, boris, vera, gleb, dina = held.members
    group, story = held.group, Story(chat, held)

    # the leader prepares it
    await held.has_preset()
    await held.leads("Повестка", "1. Вопрос – Ответ", "Вопросы", "Добавить вопрос")
    await held.leader.writes(QUESTION)
    await held.leads("Готово", HOME, "Настройки", "Название")
    await held.leader.writes(TITLE)
    await held.leads(HOME)

    # people come, and name their teams
    await story.at("09:10")
    for person in (anna, boris, vera, dina):
        await held.joins(person)
    await group.presses(gleb, JOIN_UNNAMED)
    await group.writes(anna, "/команда Орлы")
    await group.writes(boris, "/команда Совы")
    await group.presses(vera, "1. Орлы")
    await group.presses(gleb, "2. Совы")
    await held.leads("Участники", "Жюри, ведущие", "Все", "›", "Дина К.", "В жюри", HOME)

    # 1. questions and answers
    await story.at("09:30", DESK, "Начать: Вопрос – Ответ")
    await story.at("09:31", ASK)
    for person, option in ((anna, "1. В электронном дневнике"), (boris, "3. На доске"), (dina, "2. В чате родителей")):
        await group.presses(person, option)
    await story.at("09:33", "Показать ответы")
    assert group.said[-1].endswith("• На доске — 1\nПравильно ответили 33 %.")
    await story.at("09:35")
    await story.at("09:40")

    # 2. what hinders and what to do
    await story.at("09:45", GATHER, "Работа: Что мешает и что делать?")
    assert "Определите проблемы и барьеры" in group.said[-1]
    await story.at("09:55")
    await held.hands_in(anna, "/работа Барьеры: связь")
    await story.at("10:05")
    await story.at("10:07")
    await group.writes(gleb, "/работа Барьеры: время")
    await story.at("10:10")
    await story.at("10:12", "Презентация: 1. Орлы", "Работы", "Показать 2", HOME, DESK)
    await story.at("10:16", "Презентация: 2. Совы")
    await story.at("10:21")
    await story.at("10:22", "Открыть голосование")
    await story.votes("Орлы", boris, gleb)
    await story.votes("Совы", anna, dina)
    await story.at("10:28")

    # 3. planning the work
    await story.at("10:40", "Работа: Планируем работу")
    await story.at("10:50", "Пауза")
    await story.at("11:00", "Продолжить")
    await story.at("11:10")
    await story.at("11:12", "+5 минут")
    await story.at("11:15")
    await story.at("11:16", END)
    await story.at("11:17", "Сразу к голосованию")
    await story.votes("Совы", anna, vera, dina)
    await story.votes("Орлы", gleb)
    await story.at("11:19", "Закрыть через минуту")
    await story.at("11:21")

    # the results
    await story.at("11:30", FINISH, FINISH_SURE)
    assert "\n".join(story.told).splitlines() == TOLD.splitlines()
    assert group.said[1] == f"Стратегическая сессия «{TITLE}» завершена."
    assert held.leader.last.text.startswith(f"Сессия «{TITLE}» завершена.")
    assert labels_of(held.leader.last) == [HOME]
