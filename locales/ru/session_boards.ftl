# What a session's conversation is told; everybody reads along.

# $leader - who leads · $days, $joined, $placed (numbers) · $state - preparing, running, finished, dropped
session-card = { $state ->
    [finished] Стратегическая сессия «{ $title }» завершена.
    [dropped] Стратегическая сессия «{ $title }» отменена.
   *[live]
        Стратегическая сессия «{ $title }»
        Ведёт: { $leader }

        Нажимая «Вступить», вы соглашаетесь: бот хранит имя и первую букву фамилии из вашего профиля, команду и ваши действия в этой сессии. Имя видят участники: на экране, в списках, в протоколе. Кто за кого голосовал, не показывается никому. Данные удаляются через { $days ->
            [one] { $days } день
            [few] { $days } дня
           *[many] { $days } дней
        }, раньше — по вашей просьбе: напишите мне лично «забыть меня».

        Вступили: { $joined }, в командах: { $placed }.
}
# $lines - teams with sizes
session-teams-choose =
    Выберите команду. Свою можно назвать так: /команда Орлы

    { $lines }
session-teams-chosen =
    Команды собраны:

    { $lines }
# $team - numbered · $people (number)
session-team-size = { $team } — { $people ->
    [0] пока никого
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}
session-gathered = Команды собраны: { $teams ->
    [one] { $teams } команда
    [few] { $teams } команды
   *[many] { $teams } команд
}. Дальше переводит между командами только ведущий.

# $number, $of - texts · $title - of the stage · $phase - quiz, work, presentation, vote, talk · $team - numbered
session-step = Этап { $number } из { $of }. «{ $title }»{ $phase ->
    [work] : работа команд
    [presentation] : выступает команда «{ $team }»
    [vote] : голосование
   *[other] {""}
}
# $state - running, paused, over, closed · $until - «14:05» · $minutes (number)
session-timer = { $state ->
    [running] Время: до { $until }.
    [paused] Пауза, { $minutes ->
        [one] осталась { $minutes } минута
        [few] осталось { $minutes } минуты
       *[many] осталось { $minutes } минут
    }.
    [closed] Голосование закрыто.
   *[over] Время вышло.
}
# $open - yes, no · $step - session-step · $timer - session-timer · $has_task - yes, no
session-begun =
    { $step }
    { $timer }{ $has_task ->
        [yes] {"\u000A"}{"\u000A"}{ $task }
       *[no] {""}
    }{ $phase ->
        [quiz] {"\u000A"}{"\u000A"}Каждый отвечает за себя: нажимайте кнопку под вопросом. Один ответ на вопрос.
        [work] {"\u000A"}{"\u000A"}Готово — пришлите фото сюда с подписью «/работа» или нажмите «Сдать работу».
       *[other] {""}
    }
# $deed - warned, pause, resume, extend, end, end-vote, over · $until - «14:05» · $minutes (number) · $running - yes, no
session-said = { $deed ->
    [warned] Осталось 5 минут.
    [pause] Пауза, { $minutes ->
        [one] осталась { $minutes } минута
        [few] осталось { $minutes } минуты
       *[many] осталось { $minutes } минут
    }.
    [resume] Продолжаем: до { $until }.
    [extend] { $running ->
        [yes] Время продлено: до { $until }.
       *[no] Время продлено.
    }
    [end-vote] Голосование закроется через минуту. Кто не проголосовал — самое время.
    [end] Заканчиваем эту часть раньше времени.
   *[over] { $phase ->
        [vote] Голосование закрыто.
       *[other] Время вышло.
    }
}

# --- a vote

session-vote =
    { $step }, раунд { $round }
    { $timer }

    { $open ->
        [yes] За какую команду ваш голос? Один человек — один голос: за свою команду голосовать нельзя, изменить голос нельзя.
       *[no] Команды этого раунда:
    }
session-vote-teams = { $lines }
# $team - numbered · $ballots, $jury (numbers) · $with_jury - yes, no
session-vote-live = { $team } — { $ballots ->
    [one] { $ballots } голос
    [few] { $ballots } голоса
   *[many] { $ballots } голосов
}{ $with_jury ->
    [yes] , жюри: { $jury }
   *[no] {""}
}
# $left (number) - have not voted · $of - of so many, a text
session-vote-turnout = { $left ->
    [0] Проголосовали все: { $of } из { $of }.
    [one] { $left } из { $of } ещё не голосовал.
   *[many] { $left } из { $of } ещё не голосовали.
}
# $voted (number) · $of - a text
session-vote-closed = { $voted ->
    [one] Проголосовал { $voted } из { $of }.
   *[many] Проголосовали { $voted } из { $of }.
}
# $first, $last - places, texts · $kind - single, shared · $could, $jury_could - how many could have voted, texts
session-place = { $kind ->
    [shared] { $first }–{ $last } место (делят):
   *[single] { $first } место:
} «{ $team }» — { $ballots ->
    [one] { $ballots } голос
    [few] { $ballots } голоса
   *[many] { $ballots } голосов
} из возможных { $could }{ $with_jury ->
    [yes] ; жюри { $jury } из { $jury_could }
   *[no] {""}
}
session-result =
    Итоги голосования. «{ $stage }», раунд { $round }

    { $lines }

    { $voted ->
        [0] Никто не проголосовал, мест в этом раунде нет.
        [one] Проголосовал { $voted } из { $of }.
       *[many] Проголосовали { $voted } из { $of }.
    } Хеш журнала голосов: { $hash }
# $voted - whether there was any vote: yes, no
session-final = { $voted ->
    [yes]
        Сессия «{ $title }» завершена. Общие итоги:

        { $lines }

        Хеш журнала голосов: { $hash }. Протокол — у ведущего. Спасибо всем!
   *[no] Сессия «{ $title }» завершена. Протокол — у ведущего. Спасибо всем!
}
session-dropped = Сессия «{ $title }» отменена.

# --- the quiz

# $number, $of - texts · $text - of the question
session-question =
    Вопрос { $number } из { $of }
    { $text }
session-option = { $number }. { $text }
session-answered = Ответили: { $people }
# $right - yes, no
session-option-counted = { $right ->
    [yes] ✅ { $text } — { $people }
   *[no] • { $text } — { $people }
}
session-question-right = Правильно ответили { $share } %.

# --- coming and going

conversation-returned = Снова здесь. Сессия «{ $title }» продолжается с того же места: её сообщения — ниже, таймер ждёт «Продолжить».
# $why - removed, gone, moved, shut
conversation-session-left = Сессия «{ $title }»: { $why ->
    [removed] бота удалили из беседы.
    [gone] бота нет в беседе, или её самой больше нет.
    [moved] беседа переехала в другой мессенджер.
   *[shut] писать в беседу сообществу не разрешено.
} Таймер остановлен, ничего не потеряно. Если вернуть бота в беседу, сессия продолжится с того же места; протокол можно получить и сейчас.
