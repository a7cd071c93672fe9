"""vkbottle 4.11 works against the local VK unchanged: typed calls, polling, uploads, keyboards."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from vkbottle import (
    API,
    EMPTY_KEYBOARD,
    BotPolling,
    Callback,
    DocMessagesUploader,
    Keyboard,
    OpenLink,
    PhotoMessageUploader,
    Text,
    VKAPIError,
)
from vkbottle.tools.mini_types.bot import MessageEventMin, message_min

from bot.emulator import Emulator, Person
from tests.emulator.conftest import held_poll

MENU = Keyboard().add(Text("Баланс", payload={"kind": "balance"})).row().add(OpenLink("https://example.org", "Правила"))
VOTE = Keyboard(inline=True).add(Callback("За", payload={"o": 2}))


async def _listened(vkbottle: API, *events: str) -> tuple[BotPolling, dict[str, Any]]:
    polling = BotPolling(vkbottle, wait=1)
    groups = (await vkbottle.request("groups.getById", {}))["response"]["groups"]
    wanted = {"group_id": groups[0]["id"], "enabled": 1, "api_version": "5.199"}
    await vkbottle.request("groups.setLongPollSettings", wanted | dict.fromkeys(events, 1))
    return polling, await polling.get_server()


async def test_polling_yields_what_a_person_wrote_as_a_typed_message(
    vkbottle: API, emulator: Emulator, anna: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # vkbottle keeps its ts in the working folder
    polling, _ = await _listened(vkbottle, "message_new", "message_event")
    listening = polling.listen()
    sticker = {"type": "sticker", "sticker": {"sticker_id": 9, "product_id": 1, "inner_type": "base_sticker_new"}}
    file = emulator.attach(anna.id, "работа.pdf", b"%PDF")
    await vkbottle.messages.send(peer_id=anna.id, message="Меню", random_id=1, keyboard=MENU.get_json())
    # The first poll starts from the ts of now, so the person acts only once it is held.
    polled = asyncio.ensure_future(anext(listening))
    await held_poll(emulator)
    emulator.press(anna.id, "Баланс")
    event = await polled
    message = message_min(event["updates"][0], vkbottle)
    assert (message.text, message.get_payload_json()) == ("Баланс", {"kind": "balance"})
    emulator.write(anna.id, "Работа", attachments=[file, sticker], reply_to=1, forwards=[1], ref="c7", ref_source="qr")
    event = await anext(listening)
    message = message_min(event["updates"][0], vkbottle)
    assert message.ref == "c7"
    assert message.attachments is not None
    assert message.attachments[0].doc is not None
    assert message.attachments[0].doc.title == "работа.pdf"
    assert message.reply_message is not None
    assert message.reply_message.text == "Привет"
    await listening.aclose()


async def test_a_press_is_answered_through_vkbottles_own_event(vkbottle: API, emulator: Emulator, anna: Person) -> None:
    polling, server = await _listened(vkbottle, "message_event")
    await vkbottle.messages.send(peer_id=anna.id, message="За?", random_id=1, keyboard=VOTE.get_json())
    emulator.press(anna.id, "За", cmid=2)
    (update,) = (await polling.get_event(server))["updates"]
    event = MessageEventMin(**update, unprepared_ctx_api=vkbottle)
    await event.show_snackbar("Голос принят")
    (popup,) = emulator.dialogue(anna.id).popups
    assert popup.event_data == {"type": "show_snackbar", "text": "Голос принят"}


async def test_typed_calls_of_vkbottle_read_their_answers(vkbottle: API, emulator: Emulator, anna: Person) -> None:
    await vkbottle.messages.send(peer_ids=[anna.id], message="Раз", random_id=5, keyboard=VOTE.get_json())
    history = await vkbottle.messages.get_history(peer_id=anna.id, count=10)
    assert history.items[0].random_id == 5
    assert history.items[0].keyboard is not None
    found = await vkbottle.messages.get_by_conversation_message_id(peer_id=anna.id, conversation_message_ids=[1])
    assert found.items[0].text == "Привет"
    latest = await vkbottle.messages.get_conversations(count=5)
    assert latest.items[0].conversation.last_conversation_message_id == 2
    named = await vkbottle.messages.get_conversations_by_id(peer_ids=[anna.id])
    assert named.items[0].peer.id == anna.id
    people = await vkbottle.users.get(user_ids=[str(anna.id)])
    assert people[0].first_name == "Анна"
    own = (await vkbottle.groups.get_by_id()).groups
    assert own is not None
    assert own[0].id == emulator.community.group_id
    deleted = await vkbottle.messages.delete(peer_id=anna.id, cmids=[2], delete_for_all=True)
    assert deleted[0].response == 1


async def test_typed_settings_and_rights_of_the_token_are_read(vkbottle: API, emulator: Emulator) -> None:
    own = emulator.community.group_id
    await vkbottle.groups.set_long_poll_settings(group_id=own, enabled=True, api_version="5.199", message_new=True)
    settings = await vkbottle.groups.get_long_poll_settings(group_id=own)
    assert settings.is_enabled
    assert settings.events.message_new
    assert not settings.events.message_reply
    rights = await vkbottle.groups.get_token_permissions()
    assert {right.name for right in rights.permissions} == {"manage", "messages", "docs", "photos"}


async def test_errors_arrive_as_the_numbered_exceptions_of_vkbottle(vkbottle: API, stranger: Person) -> None:
    with pytest.raises(VKAPIError[901], match="without permission"):
        await vkbottle.messages.send(peer_id=stranger.id, message="Привет", random_id=1)
    wrong = Keyboard().add(Text("я" * 41)).get_json()
    with pytest.raises(VKAPIError[911]):
        await vkbottle.messages.send(peer_id=stranger.id, message="Привет", random_id=1, keyboard=wrong)


async def test_uploaders_bring_a_document_and_a_photo_into_a_message(
    vkbottle: API, emulator: Emulator, anna: Person
) -> None:
    document = await DocMessagesUploader(vkbottle).upload(b"PK-table", peer_id=anna.id, title="Номера.xlsx")
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
    photo = await PhotoMessageUploader(vkbottle).upload(png, peer_id=anna.id)
    await vkbottle.messages.send(peer_id=anna.id, message="Вот", random_id=1, attachment=f"{document},{photo}")
    attached = emulator.dialogue(anna.id).messages[-1].attachments
    assert attached[0]["doc"]["title"] == "Номера.xlsx"
    assert attached[1]["photo"]["sizes"][0]["width"] == 300


async def test_vkbottles_empty_keyboard_hides_the_one_below_the_input(
    vkbottle: API, emulator: Emulator, anna: Person
) -> None:
    await vkbottle.messages.send(peer_id=anna.id, message="Меню", random_id=1, keyboard=MENU.get_json())
    assert emulator.dialogue(anna.id).keyboard is not None
    await vkbottle.messages.send(peer_id=anna.id, message="Пока", random_id=2, keyboard=EMPTY_KEYBOARD)
    assert emulator.dialogue(anna.id).keyboard is None


async def test_execute_gives_results_and_errors_side_by_side(
    vkbottle: API, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    sends = [
        {"peer_ids": str(anna.id), "message": "Раз", "random_id": 9},
        {"peer_ids": str(stranger.id), "message": "Раз", "random_id": 9},
        {"peer_id": anna.id, "message": "", "random_id": 9},
    ]
    calls = ",".join(f"API.messages.send({json.dumps(params)})" for params in sends)
    told = await vkbottle.request("execute", {"code": f"return [{calls}];"})
    assert told["response"][0][0]["conversation_message_id"] == 2
    assert told["response"][1][0]["error"]["code"] == 901
    assert told["response"][2] is False
    assert told["execute_errors"][0]["error_code"] == 100
