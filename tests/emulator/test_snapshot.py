"""State kept between runs: nothing that a person or the bot has seen is lost, and nothing is half written."""

import asyncio
import json
import os
from pathlib import Path

import aiohttp
import pytest

from bot.emulator import Emulator
from bot.emulator.snapshot import SnapshotUnreadable
from tests.emulator.conftest import Bot, Clock

INLINE = '{"inline":true,"buttons":[[{"action":{"type":"text","label":"Да"}}]]}'


async def test_a_second_run_goes_on_where_the_first_ended(
    session: aiohttp.ClientSession, clock: Clock, tmp_path: Path
) -> None:
    state = tmp_path / "vk.json"
    first = Emulator(now=clock, state_file=state)
    anna = first.add_person("Анна", "Кузнецова")
    async with first.serving():
        bot = Bot(session, first)
        await bot.listen("message_new")
        first.write(anna.id, "Работа", attachments=[first.attach(anna.id, "работа.pdf", b"%PDF")], ref="c7")
        await bot.call("messages.send", peer_id=anna.id, message="Принято", random_id=5, keyboard=INLINE)
    second = Emulator(now=clock, state_file=state)
    async with second.serving():
        assert second.dialogue(anna.id).messages[0].ref == "c7"
        bot = Bot(session, second)
        bot.server = {
            "key": second.long_poll.key,
            "ts": "1",
            "server": f"{second.url}/whp/{second.community.group_id}",
        }
        (event,) = await bot.events()
        assert event["object"]["message"]["text"] == "Работа"
        assert await bot.call("messages.send", peer_id=anna.id, message="Принято", random_id=5) == 2
        assert await bot.call("messages.send", peer_id=anna.id, message="Ещё", random_id=6) == 3
        attached = second.dialogue(anna.id).messages[0].attachments[0]
        async with session.get(attached["doc"]["url"]) as answer:
            assert await answer.read() == b"%PDF"
        assert second.add_person("Олег", "Сомов").id == anna.id + 1
        assert second.press(anna.id, "Да")


async def test_conversations_settings_and_what_lies_in_quotes_outlive_a_run(
    session: aiohttp.ClientSession, clock: Clock, tmp_path: Path
) -> None:
    state = tmp_path / "vk.json"
    first = Emulator(now=clock, state_file=state)
    anna, boris = first.add_person("Анна", "Кузнецова"), first.add_person("Борис", "Лосев")
    chat = first.create_conversation(anna.id, "Педсовет", [boris.id])
    first.invite(chat.peer_id, anna.id, -first.community.group_id)
    first.set_admin(chat.peer_id, -first.community.group_id, True)
    first.let_see_all(chat.peer_id, True)
    first.community.bots_add_to_chat = False
    async with first.serving():
        work = first.write(
            boris.id, "Работа", peer_id=chat.peer_id, attachments=[first.attach(boris.id, "работа.pdf", b"%PDF")]
        )
        first.write(anna.id, "Вот", peer_id=chat.peer_id, reply_to=work.cmid)
        bot = Bot(session, first)
        await bot.call("messages.send", peer_id=chat.peer_id, message="Принято", random_id=5)
        await bot.call("messages.pin", peer_id=chat.peer_id, cmid=work.cmid)
    second = Emulator(now=clock, state_file=state)
    async with second.serving():
        kept = second.community.conversation(chat.peer_id)
        assert (kept.title, kept.members, kept.pinned_cmid, kept.sees_all) == ("Педсовет", chat.members, 3, True)
        assert [message.action for message in kept.messages] == [message.action for message in chat.messages]
        assert not second.community.bots_add_to_chat
        (repeated,) = await Bot(session, second).call(
            "messages.send", peer_ids=chat.peer_id, message="Принято", random_id=5
        )
        assert repeated["conversation_message_id"] == 5
        quote = kept.messages[3].reply_to
        assert quote is not None
        async with session.get(quote["attachments"][0]["doc"]["url"]) as answer:
            assert await answer.read() == b"%PDF"


async def test_a_state_written_before_there_were_conversations_is_still_read(clock: Clock, tmp_path: Path) -> None:
    state = tmp_path / "vk.json"
    emulator = Emulator(now=clock, state_file=state)
    anna = emulator.add_person("Анна", "Кузнецова")
    async with emulator.serving():
        emulator.write(anna.id, "Привет")
    old = json.loads(state.read_bytes())
    for name in ("conversations", "bot_capabilities", "bots_add_to_chat", "callbacks"):
        del old[name]
    for message in old["dialogues"][0]["messages"]:
        for name in ("action", "template", "hidden"):
            del message[name]
    state.write_text(json.dumps(old))
    again = Emulator(now=clock, state_file=state)
    assert again.dialogue(anna.id).messages[0].text == "Привет"
    assert again.community.bots_add_to_chat


async def test_changes_are_written_while_running_and_not_only_at_the_end(clock: Clock, tmp_path: Path) -> None:
    state = tmp_path / "vk.json"
    emulator = Emulator(now=clock, state_file=state)
    async with emulator.serving():
        emulator.add_person("Анна", "Кузнецова")
        async with asyncio.timeout(5):
            while not state.exists():
                await asyncio.sleep(0)
        assert json.loads(state.read_bytes())["people"][0]["first_name"] == "Анна"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format":0}', '{"format":1,"people":[{}]}'])
def test_a_file_that_is_no_state_is_named_and_left_alone(content: str, tmp_path: Path) -> None:
    state = tmp_path / "vk.json"
    state.write_text(content)
    with pytest.raises(SnapshotUnreadable, match=r"vk\.json"):
        Emulator(state_file=state)
    assert state.read_text() == content


async def test_an_upload_missing_beside_the_state_is_named(clock: Clock, tmp_path: Path) -> None:
    state = tmp_path / "vk.json"
    emulator = Emulator(now=clock, state_file=state)
    anna = emulator.add_person("Анна", "Кузнецова")
    async with emulator.serving():
        emulator.attach(anna.id, "работа.pdf", b"%PDF")
    next((tmp_path / "vk.json.files").iterdir()).unlink()
    with pytest.raises(SnapshotUnreadable, match="is missing"):
        Emulator(state_file=state)


async def test_without_a_state_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    emulator = Emulator()
    async with emulator.serving():
        emulator.add_person("Анна", "Кузнецова")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a Path's own listing counts as blocking here
