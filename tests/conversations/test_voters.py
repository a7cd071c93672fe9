import re
import secrets
from datetime import timedelta

import pytest

from bot.config import Campaign
from bot.domain.participant_ids import new_number
from bot.domain.votes import VoterPolicy
from bot.storage import people, votes
from tests.conversations.chat import Chat, Person, campaign
from tests.conversations.taking_part import claimed, issued, tally, voted


def code_in(person: Person) -> str:
    """The receipt in what the person has just read."""
    found = re.search(r"Квитанция: (\S+)", "\n".join(person.news))
    assert found is not None, person.news
    return found[1]


async def test_from_the_link_to_the_receipt_a_new_voter_presses_twice(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = chat.person("Анна", "Королёва")
    await anna.opens(maria.voting_link)
    anna.sees("Согласие на участие")
    await anna.presses("Согласен")
    anna.sees("Мария П.", maria.shown, "Город Ставрополь", "Голос один на всю акцию")
    await anna.presses("Подтвердить")
    anna.sees_pop_up("Голос засчитан")
    anna.reads(
        f"✅ Голос засчитан.\nМария П., {maria.shown}\n8 ноября, 09:00\n\nКвитанция: {code_in(anna)}\n"
        f"Проверить её можно в любой день: «Проверить голос {code_in(anna)}»."
    )
    anna.sees_buttons("Топ-20", "Меню")
    assert await tally(chat) == {maria.number: 1}


async def test_the_same_press_repeated_shows_the_same_receipt(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = await voted(chat, "Анна", "Королёва", maria)
    code = code_in(anna)
    chat.clock.advance(timedelta(days=1))
    await anna.forges(f'{{"kind": "cast-vote", "number": "{maria.number}", "shown_as": "masked"}}')
    anna.sees("✅ Голос засчитан.", "8 ноября, 09:00", code)
    assert await tally(chat) == {maria.number: 1}


async def test_a_second_vote_is_refused_and_names_the_first(chat: Chat) -> None:
    first, second = await issued(chat, 2)
    maria = await claimed(chat, first, "Мария", "Петрова")
    oleg = await claimed(chat, second, "Олег", "Иванов")
    anna = await voted(chat, "Анна", "Королёва", maria)
    code = code_in(anna)
    chat.clock.advance(timedelta(days=1))
    await anna.opens(oleg.voting_link)
    anna.reads(
        f"Вы уже голосовали 8 ноября, 09:00: Мария П., {maria.shown}. Голос один на всю акцию, изменить его нельзя."
        f"\n\nКвитанция: {code}"
    )
    await anna.forges(f'{{"kind": "cast-vote", "number": "{oleg.number}", "shown_as": "name"}}')
    anna.sees("Вы уже голосовали 8 ноября")
    assert await tally(chat) == {maria.number: 1}


async def test_the_voter_chooses_how_the_participant_sees_them(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    await voted(chat, "Анна", "Королёва", maria)
    oleg = chat.person("Олег", "Иванов")
    await oleg.opens(maria.voting_link)
    await oleg.presses("Согласен")
    await oleg.presses("Голосовать без имени")
    oleg.sees("Участник увидит вас так: Голосующий")
    await oleg.presses("Показать моё имя")
    oleg.sees("Участник увидит вас так: Олег И.")
    await oleg.presses("Голосовать без имени")
    chat.clock.advance(timedelta(minutes=5))
    await oleg.presses("Подтвердить")
    await maria.person.writes("Кто за меня голосовал?")
    maria.person.reads("За вас голосовали:\n8 ноября, 09:05 — Голосующий\n8 ноября, 09:00 — Анна К.")


async def test_a_typed_number_shows_the_count_and_leads_to_the_vote(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = chat.person("Анна")
    await anna.writes(f"{maria.number[:4]} {maria.number[4:8]}—{maria.number[8:]}")
    anna.reads(f"Мария П.\n{maria.shown}, Город Ставрополь\n\n0 голосов")
    anna.sees_buttons("Голосовать", "Топ-20", "Меню")
    await anna.presses("Голосовать")
    await anna.presses("Согласен")
    await anna.presses("Подтвердить")
    assert await tally(chat) == {maria.number: 1}


async def test_voting_without_a_link_asks_for_the_number_until_it_is_right(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = chat.person("Анна")
    await anna.writes("Голосовать")
    await anna.presses("Согласен")
    anna.sees("За кого голосуете?")
    await anna.writes("12345")
    anna.sees("12 цифр, а здесь 5")
    await anna.writes("1234-5678-9010")
    anna.sees("одна из цифр неверна")
    await anna.writes(f"вот: {maria.shown}")
    anna.sees("Ваш голос — за участника:\nМария П.")


async def test_a_participant_cannot_vote_for_the_own_number(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    await maria.person.opens(maria.voting_link)
    maria.person.sees("за себя голосовать нельзя")
    await maria.person.forges(f'{{"kind": "cast-vote", "number": "{maria.number}", "shown_as": "name"}}')
    maria.person.sees("за себя голосовать нельзя")
    assert await tally(chat) == {}


async def test_nobody_can_vote_for_a_number_that_is_free_or_unknown(chat: Chat) -> None:
    [free] = await issued(chat, 1)
    anna = chat.person("Анна")
    await anna.begins(f"v-{free}")
    await anna.presses("Согласен")
    anna.sees("ученик его ещё не занял")
    await anna.begins(f"v-{new_number(secrets.randbelow)}")
    anna.sees("нет среди выданных")
    await anna.forges(f'{{"kind": "cast-vote", "number": "{free}", "shown_as": "name"}}')
    anna.sees("ученик его ещё не занял")
    assert await tally(chat) == {}


async def test_after_the_last_day_no_vote_is_taken_any_more(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = chat.person("Анна")
    await anna.opens(maria.voting_link)
    await anna.presses("Согласен")
    chat.clock.advance(timedelta(days=26))
    await anna.presses("Подтвердить")
    anna.sees("Голосование закончилось 3 декабря.")
    assert await tally(chat) == {}


async def test_a_receipt_tells_its_owner_everything_and_others_only_the_day(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = await voted(chat, "Анна", "Королёва", maria)
    code = code_in(anna)
    await anna.writes(f"проверить голос {code.lower()}")
    anna.sees("✅ Голос засчитан.", "Мария П.", code)
    stranger = chat.person("Иван")
    await stranger.writes(f"Проверить голос: {code}")
    stranger.reads(f"Голос {code} от 8 ноября учтён.")
    await stranger.writes("проверить голос ABC")
    stranger.sees("Это не код квитанции")
    await stranger.writes(code.replace("-", " "))
    stranger.reads(f"Голос {code} от 8 ноября учтён.")


async def test_a_reported_offer_of_money_is_kept_and_does_not_stop_the_vote(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = chat.person("Анна")
    await anna.opens(maria.voting_link)
    await anna.presses("Согласен")
    await anna.presses("Предлагают деньги — сообщить")
    anna.sees("сообщение сохранено")
    known = await chat.stored(people.identify, "vk", anna.id)
    assert [offer.number for offer in await chat.stored(votes.offers_reported, known.person)] == [maria.number]
    await anna.presses("Подтвердить")
    assert await tally(chat) == {maria.number: 1}


async def test_a_forged_vote_for_no_number_at_all_is_an_old_button(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.begins()
    await anna.forges('{"kind": "cast-vote", "number": "123456789010", "shown_as": "name"}')
    anna.sees_pop_up("Эта кнопка устарела")
    await anna.forges('{"kind": "cast-vote", "number": 1, "shown_as": "king"}')
    anna.sees_pop_up("Эта кнопка устарела")
    assert await tally(chat) == {}


async def test_an_erased_voter_can_neither_vote_again_nor_be_named(chat: Chat) -> None:
    maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    anna = await voted(chat, "Анна", "Королёва", maria)
    await anna.writes("Удалить мои данные")
    await anna.presses("Да, удалить навсегда")
    anna.sees("имя и связь с аккаунтом стёрты")
    await anna.begins(f"v-{maria.number}")
    await anna.writes("голосовать")
    anna.sees("Данные этого аккаунта удалены")
    await maria.person.writes("кто за меня голосовал")
    maria.person.sees("8 ноября, 09:00 — Голосующий")
    assert await tally(chat) == {maria.number: 1}


class TestWhereOnlyConfirmedAccountsVote:
    @pytest.fixture
    def example(self) -> Campaign:
        return campaign(voters=VoterPolicy.CONFIRMED)

    async def test_an_unconfirmed_voter_is_shown_where_accounts_are_confirmed(self, chat: Chat) -> None:
        maria = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
        anna = chat.person("Анна")
        await anna.opens(maria.voting_link)
        await anna.presses("Согласен")
        anna.sees("только подтверждённые аккаунты")
        anna.sees_buttons("Карта центров", "Меню")
        assert await tally(chat) == {}


async def test_a_link_opened_again_leads_to_its_participant_again(chat: Chat) -> None:
    number = (await issued(chat, 1))[0]
    anna = chat.person("Анна")
    await anna.opens(f"https://vk.me/ugu_local?ref=v-{number}")
    await anna.presses("Согласен")
    anna.sees("голосовать за него пока нельзя")
    await anna.opens(f"https://vk.me/ugu_local?ref=v-{number}")
    anna.sees("голосовать за него пока нельзя")


async def test_a_ref_repeated_with_every_message_does_not_hijack_what_is_typed(chat: Chat) -> None:
    number = (await issued(chat, 1))[0]
    anna = chat.person("Анна")
    await anna.opens(f"https://vk.me/ugu_local?ref=v-{number}")
    await anna.presses("Согласен")
    await anna.writes("топ-20", ref=f"v-{number}")
    anna.sees("Голосов пока нет ни у кого")
