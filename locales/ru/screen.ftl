# The session's screen on a projector, and the refusals of the web pages.

screen-lost = нет связи, обновляется…
screen-gone = Этот адрес больше не действует. Новый есть у ведущего сессии.
screen-not-found = Такой страницы нет.
screen-crowded = Этот экран открыт слишком много раз. Закройте лишние окна и обновите страницу.
screen-failed = Что-то пошло не так. Обновите страницу через минуту.
screen-theme = Светлая или тёмная тема: клавиша T
screen-full = Во весь экран: клавиша F

# Joining

screen-join = Чтобы вступить, наведите на код камеру телефона
screen-join-code = Вступить в сессию
# $count (number) - of people in the session, those without a team included
screen-joined = { $count ->
    [0] Пока никто не вступил
    [one] Вступил { $count } человек
    [few] Вступили { $count } человека
   *[many] Вступили { $count } человек
}
screen-gathering = Собираем команды
screen-gathered = Команды собраны
screen-no-teams = Здесь появятся команды.
screen-team-size = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}
screen-team-empty = пока никого
screen-team-gone = Команды больше нет
# Somebody who chose not to be shown by name. $number - theirs in this session
screen-member-masked = Участник { $number }
# $teams, $people (numbers) - people who sit in one of the teams
screen-teams = { $teams ->
    [one] { $teams } команда
    [few] { $teams } команды
   *[many] { $teams } команд
}, в них { $people ->
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}

# The stage and its timer

# $number, $of - of the agenda
screen-stage = Этап { $number } из { $of }
# $phase - quiz, work, presentation, vote, talk
screen-phase = { $phase ->
    [quiz] Вопросы
    [work] Работа в командах
    [presentation] Выступления
    [vote] Голосование
   *[talk] Общая часть
}
# $time - when the timer ends: «14:35»
screen-until = до { $time }
screen-paused = Пауза
screen-time-over = Время вышло
screen-vote-over = Голосование закрыто
# Above or before the name of a team
screen-presenting = Выступает
screen-works = Работы команд
screen-work-picture = Фотография работы

# A vote

# $number - from 2 on: the vote is held again
screen-round = Раунд { $number }
# $left - how many have not voted · $of - how many may
screen-turnout = { $left ->
    [0] Проголосовали все
    [one] { $left } из { $of } ещё не голосовал
   *[many] { $left } из { $of } ещё не голосовали
}
# $voted, $of - of those who could
screen-voted = { $voted ->
    [one] Проголосовал { $voted } из { $of }
   *[many] Проголосовали { $voted } из { $of }
}
screen-hidden = Кто сколько голосов получил, будет видно после закрытия
# Above the numbers of `screen-ballots`
screen-legend = Голоса из возможных
screen-legend-jury = Голоса жюри и участников из возможных
# $could - how many could have voted for the team; 0: nobody
screen-ballots = { $could ->
    [0] { $ballots }
   *[other] { $ballots } из { $could }
}
# $place - from 1
screen-place = { $place } место
# Teams that nothing tells apart. $first, $last - the places that they share
screen-place-shared = { $first }–{ $last } место делят
screen-place-short-shared = { $first }–{ $last }

# The quiz

# $number, $of - of the stage's questions
screen-question = Вопрос { $number } из { $of }
# $count - of people who have answered
screen-answered = { $count ->
    [0] Пока никто не ответил
    [one] Ответил { $count } человек
    [few] Ответили { $count } человека
   *[many] Ответили { $count } человек
}
# At the right option
screen-right = верно
# $share - per cent of the answers
screen-right-share = Верных ответов { $share } %
# $count - of answers · $share - per cent of all
screen-answers = { $count } · { $share } %

# The end

screen-results = Итоги
screen-no-results = Голосований в этой сессии не было.
