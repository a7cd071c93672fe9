# Strategic sessions, for everybody: joining, teams, ballots, the quiz, handing work in. Pop-ups have 90 signs at most.

phrase-session-team = команда | новая команда
phrase-session-forget = забыть меня | забудь меня | забудьте меня
phrase-session-work = работа | работа команды | сдать работу

button-session-join = Вступить
button-session-join-unnamed = Вступить без имени
button-session-work = Сдать работу
button-session-forget = Забыть меня
button-session-forget-sure = Да, забыть меня
link-conversation = Открыть беседу

session-none-here = Здесь нет сессии. Её открывает координатор или преподаватель кнопкой «Новая сессия».
session-elsewhere = Эта кнопка не отсюда или уже не действует.
session-is-over = Эта сессия уже завершена.
session-link-over = Эта сессия уже завершена, вступить в неё нельзя. Если вас ждут в другой, попросите у ведущего новую ссылку.
session-join-first = Сначала нажмите «Вступить» под сообщением о сессии.

# $number - of the team, a text · $name - of the team
session-team-numbered = { $number }. { $name }
# $number - of the member, a text
session-member-masked = Участник { $number }

# $title - of the session · $days (number) - until the data go
session-notice =
    Стратегическая сессия «{ $title }».

    Нажимая «Вступить», вы соглашаетесь: бот хранит имя и первую букву фамилии из вашего профиля, команду и ваши действия в этой сессии. Имя видят участники: на экране, в списках, в протоколе. Кто за кого голосовал, не показывается никому. Данные удаляются через { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }, раньше — по вашей просьбе: «Забыть меня».

# $gathered - whether teams are fixed already: yes, no
session-joined = { $gathered ->
    [yes] Вы в сессии. Команды уже собраны: ведущий определит вас в одну из них.
   *[no] Вы в сессии. Теперь выберите команду кнопкой ниже.
}
# $team - its name
session-joined-in-team = Вы уже в сессии, команда «{ $team }».
# $role - juror, helper, moderator
session-joined-role = { $role ->
    [juror] Вы в жюри: команды у вас нет, голосуете отдельно.
    [helper] Вы помогаете вести сессию: команды у вас нет, и вы не голосуете.
   *[moderator] Вы ведёте эту сессию: команды у вас нет, и вы не голосуете.
}
session-erased = Вы удалили свои данные, поэтому участвовать в этой сессии снова нельзя.
session-team-chosen = Вы в команде «{ $team }».
session-team-late = Команды уже собраны. Ведущий определит вас в одну из них.
session-team-fixed = Вы в команде «{ $team }». Команды собраны, переводит ведущий.
session-team-gone = Такой команды больше нет. Выберите другую.
session-team-made = Команда «{ $team }» создана, вы в ней. Другие выбирают её кнопкой.
session-team-how-to-make = Напишите название после слова «команда», например: /команда Орлы
session-team-no-name = Пришлите названия, каждое с новой строки. Или просто число команд.
# $name - its beginning · $most (number)
session-team-too-long = «{ $name }…» слишком длинно: в названии не больше { $most ->
    [one] { $most } знака
   *[other] { $most } знаков
}.
session-team-twice = Команда «{ $name }» уже есть. Придумайте другое название.
# $count - how many there would be, a text · $most (number)
session-teams-too-many = Получилось бы { $count }, а команд может быть не больше { $most }.
session-teams-gathered-already = Команды уже собраны: новые не создаются.

# $name · $role - member, juror, helper, moderator · $team · $placed, $gathered - yes, no
session-entered = { $role ->
    [juror] { $name }, вы в жюри сессии «{ $title }»: голосуете в беседе, отдельно от команд.
    [helper] { $name }, вы помогаете вести сессию «{ $title }».
    [moderator] { $name }, вы ведёте сессию «{ $title }».
   *[member] { $name }, вы в сессии «{ $title }»{ $placed ->
        [yes] , команда «{ $team }»
       *[no] {""}
    }. { $gathered ->
        [yes] { $placed ->
            [yes] Задания и голосования — в беседе сессии.
           *[no] Команды уже собраны: ведущий определит вас в одну из них.
        }
       *[no] { $placed ->
            [yes] До «Команды собраны» её можно сменить.
           *[no] Выберите команду; до «Команды собраны» её можно менять.
        }
    }
}

session-forget-sure = Забыть вас во всех сессиях? Имя и ссылка на вас удаляются; поданные голоса остаются в подсчёте без имени. Вступить в эти же сессии снова не получится.
session-forgotten = Готово: ваше имя и ссылка на вас удалены из сессий.

# --- ballots

session-ballot-taken = Голос принят: «{ $team }».
session-ballot-taken-before = Ваш голос уже принят: «{ $team }».
session-ballot-closed = Это голосование закрыто.
session-ballot-other = Вы уже проголосовали: «{ $team }». Изменить голос нельзя.
session-ballot-not-entitled = Голосуют те, кто был в команде, когда голосование открылось.
session-ballot-own-team = За свою команду голосовать нельзя. Выберите другую.

# $verdict - taken, closed, already-voted, not-entitled, own-team; everybody reads it, so it names no team
session-ballot-answered-openly = { $verdict ->
    [taken] Голос принят. Обновите приложение: тогда ответ будете видеть только вы.
    [closed] Это голосование закрыто.
    [already-voted] Вы уже проголосовали, изменить голос нельзя.
    [own-team] За свою команду голосовать нельзя.
   *[not-entitled] Голосуют те, кто был в команде, когда голосование открылось.
}

# --- the quiz

# $option - its number, a text
session-answer-taken = Ответ принят: { $option }.
session-answer-before = Вы уже ответили: { $option }. Изменить ответ нельзя.
session-answer-taken-openly = Ответ принят. Обновите приложение: тогда это будете видеть только вы.
session-answer-closed = Ответы на этот вопрос уже не принимаются.
session-answer-leads = Ведущий и помощники не отвечают на вопросы.

# --- works

session-work-how = Пришлите сюда фото с подписью «/работа». Или напишите боту лично.
session-work-ask = Пришлите фото работы вашей команды или её текст одним сообщением. На экран работа попадёт, когда её покажет ведущий.
session-work-no-team = Работу сдаёт участник команды, а вы пока ни в одной.
session-work-no-stage = Работы принимаются, когда идёт этап. Сейчас сдавать ещё нечего.
session-work-empty = Пришлите фото или текст: например, фото с подписью «/работа» или «/работа Наш план: …»
session-work-taken = Работа команды «{ $team }» принята.
session-work-lost = Не получилось загрузить файл. Пришлите, пожалуйста, фото ещё раз.
