"""A bot written with vkbottle as its documents teach it: labelers, states, keyboards, uploads, conversations."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from vkbottle import (
    API,
    BaseStateGroup,
    Bot,
    Callback,
    DocMessagesUploader,
    GroupEventType,
    Keyboard,
    PhotoMessageUploader,
    Text,
)
from vkbottle.bot import BotLabeler, Message, MessageEvent

from bot.emulator import Emulator, NotOnScreen, Person
from tests.emulator.clients.conftest import PNG, answer, enable_long_poll, polling


class Registering(BaseStateGroup):
    SCHOOL = "school"


async def menu(message: Message) -> None:
    below = Keyboard(one_time=True).add(Text("Баланс", payload={"kind": "balance"}))
    await message.answer("Меню", keyboard=below.get_json())


async def balance(message: Message) -> None:
    await message.answer("На счету: 9")


async def ballot(message: Message) -> None:
    inline = Keyboard(inline=True).add(Callback("За", payload={"vote": 2}))
    await message.answer("Ваш голос?", keyboard=inline.get_json())


async def pressed(event: MessageEvent) -> None:
    assert event.payload is not None
    await event.show_snackbar(f"Голос: {event.payload['vote']}")
    await event.edit_message("Голос принят")


async def copy(message: Message) -> None:
    kinds = ", ".join(attachment.type.value for attachment in message.attachments or [])
    document = await DocMessagesUploader(message.ctx_api).upload(b"1;2", peer_id=message.peer_id, title="номера.csv")
    photo = await PhotoMessageUploader(message.ctx_api).upload(PNG, peer_id=message.peer_id)
    await message.answer(f"Пришло: {kinds}", attachment=f"{document},{photo}")


async def school(message: Message) -> None:
    assert message.state_peer is not None
    await message.answer(f"Записали: {message.text}, {message.state_peer.payload['class']}")


async def invited(message: Message) -> None:
    assert message.action is not None
    await message.answer(f"Пригласили {message.action.member_id}")


async def members(message: Message) -> None:
    there = await message.ctx_api.messages.get_conversation_members(peer_id=message.peer_id)
    admins = [item.member_id for item in there.items if item.is_admin]
    names = [profile.first_name for profile in there.profiles or []]
    await message.answer(f"{there.count}: {', '.join(map(str, names))}; админы {admins}")


async def thanks(message: Message) -> None:
    await message.reply("Пожалуйста" if message.is_mentioned else "Кому?")


async def board(message: Message) -> None:
    inline = Keyboard(inline=True).add(Text("Итоги", payload={"kind": "results"}))
    await message.answer("Доска", keyboard=inline.get_json())


async def results(message: Message) -> None:
    await message.answer(f"Итоги для {message.from_id}")


def private_labeler() -> BotLabeler:
    private = BotLabeler()
    private.vbml_ignore_case = True
    private.private_message(text="меню")(menu)
    private.private_message(payload={"kind": "balance"})(balance)
    private.private_message(text="голосую")(ballot)
    private.raw_event(GroupEventType.MESSAGE_EVENT, dataclass=MessageEvent)(pressed)
    private.private_message(attachment=["photo", "doc"])(copy)
    private.private_message(state=Registering.SCHOOL)(school)
    return private


def chat_labeler() -> BotLabeler:
    chats = BotLabeler()
    chats.chat_message(action=["chat_invite_user"])(invited)
    chats.chat_message(text="/кто")(members)
    chats.chat_message(text="спасибо")(thanks)
    chats.chat_message(text="доска")(board)
    chats.chat_message(payload={"kind": "results"})(results)
    return chats


@pytest.fixture
async def bot(vkbottle: API, emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.chdir(tmp_path)  # vkbottle keeps its ts in the working folder
    enable_long_poll(emulator, "message_new", "message_event")
    bot = Bot(api=vkbottle)
    bot.labeler.load(private_labeler())
    bot.labeler.load(chat_labeler())
    bot.labeler.message_view.replace_mention = True

    @bot.on.private_message(text="запись <number:int>")
    async def register(message: Message, number: int) -> None:
        await bot.state_dispenser.set(message.peer_id, Registering.SCHOOL, **{"class": number})
        await message.answer("Какая школа?")

    async with polling(bot, emulator):
        yield bot


@pytest.fixture
def oleg(emulator: Emulator) -> Person:
    return emulator.add_person("Олег", "Сомов")


@pytest.fixture
def council(emulator: Emulator, anna: Person, oleg: Person, bot: Bot) -> int:
    """A conversation to which Anna has invited the listening bot."""
    peer_id = emulator.create_conversation(anna.id, "Педсовет", [oleg.id]).peer_id
    emulator.invite(peer_id, anna.id, -emulator.community.group_id)
    return peer_id


async def test_a_vkbottle_bot_answers_words_and_presses_below_the_input(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.write(anna.id, "Меню")
    await answer(emulator, anna.id, "Меню")
    emulator.press(anna.id, "Баланс")
    await answer(emulator, anna.id, "На счету: 9")
    with pytest.raises(NotOnScreen):
        emulator.press(anna.id, "Баланс")


async def test_a_vkbottle_bot_answers_a_callback_press_and_edits_its_message(
    bot: Bot, emulator: Emulator, anna: Person
) -> None:
    emulator.write(anna.id, "Голосую")
    asked = await answer(emulator, anna.id, "Ваш голос?")
    emulator.press(anna.id, "За")
    await emulator.until(lambda: asked.text == "Голос принят")
    (popup,) = emulator.dialogue(anna.id).popups
    assert popup.event_data == {"type": "show_snackbar", "text": "Голос: 2"}


async def test_a_vkbottle_bot_takes_files_and_uploads_its_own(bot: Bot, emulator: Emulator, anna: Person) -> None:
    photo = emulator.attach(anna.id, "доска.png", PNG, "photo")
    emulator.write(anna.id, attachments=[emulator.attach(anna.id, "работа.pdf", b"%PDF"), photo])
    copied = await answer(emulator, anna.id, "Пришло: doc, photo")
    document, picture = copied.attachments
    assert (document["doc"]["title"], document["doc"]["size"]) == ("номера.csv", 3)
    assert picture["photo"]["sizes"][0]["height"] == 200


async def test_a_vkbottle_bot_keeps_the_state_of_each_dialogue(bot: Bot, emulator: Emulator, anna: Person) -> None:
    emulator.write(anna.id, "запись 7")
    await answer(emulator, anna.id, "Какая школа?")
    emulator.write(anna.id, "Школа № 5")
    await answer(emulator, anna.id, "Записали: Школа № 5, 7")


async def test_a_vkbottle_bot_greets_when_it_is_invited_and_reads_commands(
    bot: Bot, emulator: Emulator, anna: Person, council: int
) -> None:
    own = emulator.community.group_id
    await answer(emulator, council, f"Пригласили -{own}")
    emulator.set_admin(council, -own, True)
    emulator.write(anna.id, "/кто", peer_id=council)
    message = await answer(emulator, council, f"3: Анна, Олег; админы {[anna.id, -own]}")
    assert (message.id, message.cmid > 0) == (0, True)


async def test_a_vkbottle_bot_hears_in_a_conversation_only_what_is_meant_for_it(
    bot: Bot, emulator: Emulator, oleg: Person, council: int
) -> None:
    emulator.write(oleg.id, "спасибо", peer_id=council)
    thanked = emulator.write(oleg.id, f"@{emulator.community.screen_name} спасибо", peer_id=council)
    replied = await answer(emulator, council, "Пожалуйста")
    assert replied.reply_to is not None
    assert replied.reply_to["conversation_message_id"] == thanked.cmid
    emulator.let_see_all(council, True)
    emulator.write(oleg.id, "спасибо", peer_id=council)
    await answer(emulator, council, "Кому?")


async def test_a_vkbottle_bot_reads_who_pressed_its_button_in_a_conversation(
    bot: Bot, emulator: Emulator, anna: Person, oleg: Person, council: int
) -> None:
    emulator.let_see_all(council, True)
    emulator.write(anna.id, "доска", peer_id=council)
    board = await answer(emulator, council, "Доска")
    emulator.press(oleg.id, "Итоги", council, board.cmid)
    await answer(emulator, council, f"Итоги для {oleg.id}")
