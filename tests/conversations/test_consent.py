import pytest
from sqlalchemy import Connection, select, update

from bot.storage import schema
from tests.conversations.chat import Chat, Person
from tests.conversations.taking_part import people_stored


@pytest.fixture
async def anna(chat: Chat) -> Person:
    return chat.person("Анна", "Королёва")


async def test_the_greeting_comes_with_a_menu_and_asks_for_nothing(chat: Chat, anna: Person) -> None:
    await anna.begins()
    anna.sees("Здравствуйте! Акция «УГУ».")
    assert anna.menu[:2] == ["Голосовать", "Топ-20"]
    assert await people_stored(chat) == 0


async def test_looking_things_up_needs_no_consent_and_keeps_nobody(chat: Chat, anna: Person) -> None:
    for asked in ("топ-20", "помощь", "счёт", "настройки", "проверить голос"):
        await anna.writes(asked)
        assert "Согласие на участие" not in "".join(anna.news)
        await anna.writes("меню")
    assert await people_stored(chat) == 0


async def test_the_consent_names_operator_purpose_term_and_the_way_out(anna: Person) -> None:
    await anna.writes("баланс")
    anna.sees("Кто хранит данные: ", "Зачем: ", "до 14 марта 2018 года", "«Удалить мои данные»")
    anna.sees_buttons("Согласен", "Не согласен", "Политика обработки данных")


async def test_a_consent_keeps_its_version_its_time_and_a_short_name(chat: Chat, anna: Person) -> None:
    await anna.writes("баланс")
    await anna.presses("Согласен")
    anna.sees("✅ Согласие дано 8 ноября, 09:00.", "у вас ещё нет номера")

    def stored(conn: Connection) -> tuple[object, ...]:
        columns = (schema.people.c.first_name, schema.people.c.last_initial, schema.consents.c.version)
        joined = schema.people.join(schema.consents)
        return tuple(conn.execute(select(*columns, schema.consents.c.given_at).select_from(joined)).one())

    assert await chat.stored(stored) == ("Анна", "К", "1", chat.clock.now())


async def test_a_refusal_keeps_nothing_and_may_be_thought_over(chat: Chat, anna: Person) -> None:
    await anna.writes("баланс")
    await anna.presses("Не согласен")
    anna.sees("ничего о вас не сохранено")
    assert await people_stored(chat) == 0
    await anna.presses("Текст согласия")
    await anna.presses("Согласен")
    anna.sees("✅ Согласие дано", "Выберите, что нужно")


async def test_a_second_press_on_agree_changes_nothing(chat: Chat, anna: Person) -> None:
    await anna.writes("баланс")
    await anna.presses("Согласен")
    await anna.forges('{"kind": "consent", "version": "1"}')
    anna.sees("✅ Согласие дано 8 ноября, 09:00.")
    assert await people_stored(chat) == 1


async def test_agreeing_to_a_text_that_has_changed_shows_the_new_one(chat: Chat, anna: Person) -> None:
    await anna.begins()
    await anna.forges('{"kind": "consent", "version": "0"}')
    anna.sees("Согласие на участие")
    assert await people_stored(chat) == 0


async def test_an_older_consent_is_asked_for_again_in_the_menu(chat: Chat, anna: Person) -> None:
    await anna.writes("баланс")
    await anna.presses("Согласен")
    await chat.stored(lambda conn: conn.execute(update(schema.consents).values(version="0")))
    await anna.writes("меню")
    anna.sees("Согласие на участие")
    await anna.presses("Согласен")
    await anna.writes("меню")
    anna.reads("Выберите, что нужно, на кнопках внизу.")


async def test_erased_data_leave_no_name_no_account_and_no_consent(chat: Chat, anna: Person) -> None:
    await anna.writes("баланс")
    await anna.presses("Согласен")
    await anna.writes("Отозвать согласие")
    anna.sees("Удалить ваши данные и отозвать согласие?")
    await anna.presses("Да, удалить навсегда")

    def left(conn: Connection) -> list[object]:
        standing = select(schema.consents.c.id).where(schema.consents.c.withdrawn_at.is_(None))
        names = conn.execute(
            select(schema.people.c.first_name, schema.accounts.c.user_id).select_from(
                schema.people.join(schema.accounts)
            )
        ).one()
        return [*names, conn.execute(standing).first()]

    assert await chat.stored(left) == [None, None, None]
    await anna.forges('{"kind": "consent", "version": "1"}')
    anna.sees("Данные этого аккаунта удалены по вашей просьбе")


async def test_my_data_lists_what_is_stored_and_nothing_else(anna: Person) -> None:
    await anna.writes("мои данные")
    await anna.presses("Согласен")
    anna.sees("Возраст: не спрашивали", "Согласие на участие: 8 ноября, 09:00, текст 1")
    await anna.writes("мои данные")
    anna.sees("Имя: Анна К.", f"Аккаунт: vk, {anna.id}")


async def test_a_hidden_name_is_hidden_in_the_next_vote_as_well(anna: Person) -> None:
    await anna.writes("скрыть имя")
    await anna.presses("Согласен")
    anna.sees("вас видят так: Голосующий")
    await anna.presses("Показывать моё имя")
    anna.sees("вас видят так: Анна К.")


async def test_the_language_is_switched_there_and_back(anna: Person) -> None:
    await anna.writes("настройки")
    await anna.presses("English")
    anna.reads("Speaking English now.")
    assert anna.menu[0] == "Vote"
    await anna.writes("BALANCE")
    anna.sees("Consent to take part")
    await anna.writes("по-русски")
    anna.reads("Говорим по-русски.")
