import re
from datetime import timedelta

from bot.domain.invitations import shown_invitation_code
from bot.domain.roles import Region, Role
from tests.conversations.chat import Chat
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    code_issued,
    coordinator,
    municipality_of,
    school_listed,
)


async def test_role_and_scope_are_shown_before_anything_is_accepted(chat: Chat) -> None:
    school = await school_listed(chat)
    code = await code_issued(chat, Role.COORDINATOR, school.scope)
    anna = chat.person("Анна")
    await anna.begins(f"i-{code}")
    await anna.presses("Согласен")
    anna.sees(
        "Вас приглашают: координатор школы СОШ № 5, Ставрополь (Город Ставрополь)",
        "Кто приглашает: организаторы акции",
        "Код действует до 22 ноября, 09:00",
    )
    await anna.writes("заявки")
    anna.sees("Этот раздел для координаторов")


async def test_a_code_may_be_typed_in_any_case_alphabet_and_grouping(chat: Chat) -> None:
    code = await code_issued(chat, Role.COORDINATOR, Region())
    anna = chat.person("Анна")
    cyrillic = code.lower().translate(str.maketrans("acehkmptx", "асенкмртх"))
    await anna.writes(f"Код {cyrillic[:4]} {cyrillic[4:]}")
    await anna.presses("Согласен")
    anna.sees("Вас приглашают: координатор региона")
    await anna.writes(shown_invitation_code(code))
    anna.sees("Вас приглашают: координатор региона")


async def test_a_wrong_code_is_asked_again_and_tells_nothing(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("у меня есть код")
    await anna.presses("Согласен")
    anna.sees("Напишите код приглашения")
    await anna.writes("абракадабра")
    anna.sees("Код не подходит")
    await anna.writes("код A234")
    anna.sees("Код не подходит")


async def test_a_code_works_once_and_the_same_person_hears_it_kindly(chat: Chat) -> None:
    code = await code_issued(chat, Role.COORDINATOR, Region())
    anna, oleg = chat.person("Анна"), chat.person("Олег")
    await anna.begins(f"i-{code}")
    await anna.presses("Согласен")
    await anna.presses("Принять")
    anna.sees("✅ Готово: вы координатор региона")
    await anna.writes(f"код {code}")
    anna.sees("Вы уже приняли это приглашение")
    await oleg.writes(f"код {code}")
    await oleg.presses("Согласен")
    oleg.sees("Этот код уже использован 8 ноября, 09:00")


async def test_a_code_expires_after_two_weeks(chat: Chat) -> None:
    code = await code_issued(chat, Role.COORDINATOR, Region())
    chat.clock.advance(timedelta(days=14))
    anna = chat.person("Анна")
    await anna.writes(f"код {code}")
    await anna.presses("Согласен")
    anna.sees("Срок кода истёк")
    await anna.forges(f'{{"kind":"accept-invitation","code":"{code}"}}')
    anna.sees("Срок кода истёк")


async def test_a_coordinator_invites_below_the_own_scope_and_learns_who_came(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat, municipality_of(school))
    await irina.writes("приглашения")
    irina.sees("Приглашений пока нет")
    irina.sees_buttons("Координатор школы", "Пригласить преподавателя", "Меню")
    await irina.presses("Координатор школы")
    await irina.writes("5")
    await irina.presses("1. СОШ № 5")
    irina.sees("Приглашение: координатор школы СОШ № 5")
    link = re.search(r"https://\S+\?ref=\S+", irina.news[0])
    assert link
    oleg = chat.person("Олег", "Жуков")
    await oleg.opens(link[0])
    await oleg.presses("Согласен")
    oleg.sees("Кто приглашает: Ирина О.")
    await oleg.presses("Принять")
    irina.sees("Приглашение принято: Олег Ж.", "координатор школы СОШ № 5")
    await irina.presses("Приглашения")
    irina.sees("принял(а) Олег Ж.")


async def test_nobody_accepts_the_own_invitation(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await irina.writes("приглашения")
    await irina.presses("Координатор района")
    await irina.presses("Город Ставрополь")
    code = re.search(r"Код: (\S+)", irina.news[0])
    assert code
    await irina.writes(f"код {code[1]}")
    irina.sees("Пригласить самого себя нельзя")


async def test_a_revoked_invitation_opens_nothing_any_more(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await irina.writes("приглашения")
    await irina.presses("Координатор района")
    await irina.presses("Город Ставрополь")
    code = re.search(r"Код: (\S+)", irina.news[0])
    assert code
    await irina.presses("Приглашения")
    await irina.presses("Отозвать 2")
    irina.sees("Приглашение отозвано")
    anna = chat.person("Анна")
    await anna.writes(f"код {code[1]}")
    await anna.presses("Согласен")
    anna.sees("Это приглашение отозвали")


async def test_forged_invitations_reach_no_wider_than_the_own_scope(chat: Chat) -> None:
    school = await school_listed(chat)
    far = await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    olga = await coordinator(chat, school.scope, "Ольга")
    for payload, answer in (
        (f'{{"kind":"issue-invitation","role":"coordinator","municipality":{school.municipality_id}}}', "уже вашей"),
        (f'{{"kind":"issue-invitation","role":"coordinator","school":{school.id}}}', "уже вашей"),
        (f'{{"kind":"issue-invitation","role":"teacher","school":{far.id}}}', "не в вашей зоне"),
        ('{"kind":"issue-invitation","role":"teacher","school":999}', "не в вашей зоне"),
        ('{"kind":"issue-invitation","role":"teacher"}', "не в вашей зоне"),
        ('{"kind":"issue-invitation","role":"king","school":1}', "Эта кнопка устарела"),
        ('{"kind":"revoke-invitation","invitation":1}', "не в вашей зоне"),
    ):
        await olga.forges(payload)
        olga.sees(answer)


async def test_a_stranger_cannot_open_the_invitations(chat: Chat) -> None:
    anna = chat.person("Анна")
    await anna.writes("приглашения")
    await anna.presses("Согласен")
    anna.sees("Этот раздел для координаторов")
    await anna.forges('{"kind":"invite","role":"teacher","level":"school"}')
    anna.sees("Этот раздел для координаторов")
