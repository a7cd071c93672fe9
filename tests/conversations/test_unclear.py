import pytest

from tests.conversations.chat import Chat, Person


@pytest.fixture
async def anna(chat: Chat) -> Person:
    return chat.person("Анна", "Королёва")


async def test_a_near_miss_is_asked_about_and_the_button_does_it(anna: Person) -> None:
    await anna.writes("Памощь")
    anna.reads("Вы имели в виду «помощь»?")
    anna.sees_buttons("Помощь", "Меню")
    await anna.presses("Помощь")
    anna.sees("Что здесь можно:")


async def test_free_text_gets_the_menu_once_and_then_one_line(anna: Person) -> None:
    await anna.writes("а когда каникулы")
    anna.sees("Не понял. Вот что я умею")
    assert "Голосовать" in anna.menu
    await anna.writes("а погода")
    anna.reads("Не понял. Все действия — в меню.")
    anna.sees_buttons("Меню")


async def test_a_very_long_text_is_answered_like_any_other(anna: Person) -> None:
    await anna.writes("ы" * 4096)
    anna.sees("Не понял.")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("мой паспорт 0712 345678", "паспортные данные"),
        ("112-233-445 95", "СНИЛС"),
        ("позвоните 8 916 123-45-67", "номер телефона"),
    ],
)
async def test_personal_data_are_not_kept_and_asked_to_be_deleted(anna: Person, written: str, kind: str) -> None:
    await anna.writes(written)
    anna.sees(f"Похоже на {kind}", "удалите своё сообщение")


async def test_an_old_button_says_so_and_brings_the_menu(anna: Person) -> None:
    await anna.begins()
    await anna.forges('{"kind": "from-last-year"}')
    anna.sees_pop_up("Эта кнопка устарела")
    anna.sees("Эта кнопка устарела. Выберите, что нужно")


async def test_digits_that_are_no_number_are_told_what_is_wrong(anna: Person) -> None:
    await anna.writes("1234 5678 901")
    anna.sees("12 цифр, а здесь 11")
    await anna.writes("1234-5678-9010")
    anna.sees("одна из цифр неверна")


async def test_back_and_menu_leave_an_open_question(anna: Person) -> None:
    await anna.writes("счёт")
    anna.sees("Чей счёт показать?")
    await anna.writes("Назад")
    anna.sees("Вернулись в меню.")
    await anna.writes("12345")
    anna.sees("Не понял.")


@pytest.mark.parametrize(
    ("attached", "answer"),
    [
        ({"type": "sticker", "sticker": {"sticker_id": 9}}, "Стикер получил, спасибо!"),
        ({"type": "audio_message", "audio_message": {"duration": 3}}, "Голосовые я не слушаю."),
        ({"type": "photo", "photo": {"sizes": []}}, "Фотографии я не рассматриваю."),
        ({"type": "podcast", "podcast": None}, "Такое я не читаю."),
    ],
)
async def test_a_sticker_or_a_voice_is_answered_kindly(anna: Person, attached: dict[str, object], answer: str) -> None:
    await anna.writes("", attachments=[attached])
    anna.sees(answer)
    anna.sees_buttons("Меню")


async def test_a_forwarded_message_without_words_is_answered_kindly(anna: Person) -> None:
    await anna.begins()
    await anna.writes("", forwards=[1])
    anna.sees("Пересланные сообщения я не читаю.")


async def test_a_sticker_keeps_the_open_question_open(anna: Person) -> None:
    await anna.writes("счёт")
    await anna.writes("", attachments=[{"type": "sticker", "sticker": {"sticker_id": 9}}])
    anna.sees("В номере участника 12 цифр, например")
    await anna.writes("1234-5678-9010")
    anna.sees("одна из цифр неверна")
