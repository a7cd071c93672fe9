"""What is wanted from the messenger comes back as an event; what is promised as a file arrives, or a text instead."""

from typing import Any

import pytest

from bot.emulator import Fault
from bot.messenger.patience import Patience
from tests.conversations.chat import Chat
from tests.faults.bots import Place, place


@pytest.fixture
async def there(sqlite_url: str) -> Any:
    async with place(sqlite_url) as there:
        yield there


@pytest.fixture
async def chat(there: Place) -> Any:
    async with there.chat() as chat:
        yield chat


def uploads(chat: Chat) -> int:
    return len(chat.emulator.calls.of("docs.save"))


async def test_names_asked_for_at_once_share_one_request(chat: Chat) -> None:
    people = [chat.person(f"Имя{number}", "Общее") for number in range(20)]
    for person in people:
        chat.emulator.write(person.id, "кто я")
    await chat.settled()
    for number, person in enumerate(people):
        person.reads(f"Имя{number} Общее")
    assert len(chat.emulator.calls.of("users.get")) <= 3


async def test_an_error_that_passes_only_delays_the_name(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("users.get", "error", code=10))
    anna = chat.person("Анна", "Петрова")
    await anna.writes("кто я")
    anna.reads("Анна Петрова")


async def test_a_name_that_cannot_be_had_comes_back_with_the_reason(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("users.get", "error", code=113))
    anna = chat.person("Анна")
    await anna.writes("кто я")
    anna.sees("Без имени: VK error 113")


async def test_an_ask_that_the_messenger_never_answers_ends_at_its_deadline(there: Place) -> None:
    there.emulator.faults.add(Fault("users.get", "error", code=10, times=None))
    async with there.chat(Patience(ask_within_s=0.2)) as chat:
        anna = chat.person("Анна")
        await anna.writes("кто я")
        anna.reads("Без имени: TimeoutError")


async def test_an_ask_that_was_open_when_the_bot_stopped_is_made_again(there: Place) -> None:
    outage = there.emulator.faults.add(Fault("users.get", "error", code=10, times=None))
    async with there.chat() as chat:
        anna = chat.person("Анна", "Петрова")
        there.emulator.write(anna.id, "кто я")
        await there.emulator.until(lambda: there.emulator.calls.of("users.get"))
    there.emulator.faults.waiting.remove(outage)
    async with there.chat() as chat:
        await chat.settled()
        assert anna.news == ["Анна Петрова"]


async def test_a_file_that_a_person_sends_is_fetched_and_its_size_known(chat: Chat) -> None:
    anna = chat.person("Анна")
    sent = chat.emulator.attach(anna.id, "список.csv", b"1;2;3")
    await anna.writes("", attachments=[sent])
    anna.reads("список.csv: 5")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a.csv", "http://vk.com/a", "https://vk.com.example.org/a", "file:///etc/passwd",
     "https://evil-vk.com/a"],
)  # fmt: skip
async def test_a_file_from_a_foreign_host_is_not_fetched(chat: Chat, url: str) -> None:
    anna = chat.person("Анна")
    await anna.writes("", attachments=[{"type": "doc", "doc": {"url": url, "title": "а.csv"}}])
    anna.reads("Без файла: not a file of the messenger")


async def test_a_file_that_is_gone_comes_back_with_the_reason(chat: Chat) -> None:
    anna = chat.person("Анна")
    gone = {"type": "doc", "doc": {"url": f"{chat.emulator.url}/files/none.csv/key", "title": "а.csv"}}
    await anna.writes("", attachments=[gone])
    anna.reads("Без файла: the messenger answered 404")


async def test_the_mark_of_a_file_comes_back_with_it_and_with_the_reason_why_there_is_none(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("17", attachments=[chat.emulator.attach(anna.id, "план.txt", b"12345")])
    anna.reads("план.txt: 5 (к 17)")
    await anna.writes("18", attachments=[{"type": "doc", "doc": {"url": "https://example.org/a", "title": "а"}}])
    anna.reads("Без файла: not a file of the messenger (к 18)")


async def test_a_file_is_made_and_uploaded_once_for_the_same_person(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("номера")
    anna.reads("Номера")
    assert anna.documents == ["Номера.xlsx"]
    await anna.writes("номера")
    assert anna.documents == ["Номера.xlsx"] * 2
    assert uploads(chat) == 1


async def test_a_file_that_cannot_be_made_is_replaced_by_its_text(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("плохой файл")
    anna.sees("Файла нет")
    assert anna.documents == []
    assert uploads(chat) == 0


async def test_an_upload_that_fails_for_a_while_is_tried_again(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("docs.getMessagesUploadServer", "error", code=10))
    anna = chat.person("Анна")
    await anna.writes("номера")
    assert anna.documents == ["Номера.xlsx"]


async def test_an_upload_that_vk_refuses_is_replaced_by_the_text_and_only_its_dialogue_waits(chat: Chat) -> None:
    chat.emulator.faults.add(Fault("docs.save", "error", code=105))
    anna, oleg = chat.person("Анна"), chat.person("Олег")
    chat.emulator.write(anna.id, "номера")
    chat.emulator.write(anna.id, "потом")
    chat.emulator.write(oleg.id, "привет")
    await chat.emulator.until(lambda: oleg.news == ["Эхо: привет"])
    await chat.settled()
    assert [text.split("\n")[-1] for text in anna.news] == ["Файла нет", "Эхо: потом"]


async def test_a_file_that_takes_too_long_is_replaced_by_its_text(there: Place) -> None:
    there.emulator.faults.add(Fault("docs.getMessagesUploadServer", "error", code=10, times=None))
    async with there.chat(Patience(file_within_s=0.3)) as chat:
        anna = chat.person("Анна")
        await anna.writes("номера")
        anna.sees("Файла нет")
