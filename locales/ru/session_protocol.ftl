# The protocol of a strategic session: a spreadsheet and a PDF. No-break spaces keep № and % with their numbers.

protocol-heading = Протокол стратегической сессии
# $session - what the session is called
protocol-heading-named = Протокол стратегической сессии: { $session }
# $day - «12 ноября» · $year - four digits
protocol-held-on = { $day } { $year } года
# At the foot of a page. $session - what the session is called · $date - of the session · $page, $pages - numbers
protocol-page = Страница { $page } из { $pages }
protocol-foot = { $session } · { $date }

# Sheets of the spreadsheet and sections of the PDF alike: at most 31 signs.
protocol-results = Итоги
protocol-stages = Этапы
protocol-votes = Голосования
protocol-teams = Команды
protocol-acts = Действия
protocol-log = Журнал голосов

# $fact - what is named beside it
protocol-fact = { $fact ->
    [date] Дата
    [conversation] Беседа
    [moderator] Модератор
    [helpers] Помощники
    [jury] Жюри
    [opened] Начало
    [finished] Завершение
    [took-part] Участвовали
    [hash] Хеш журнала
   *[recount] Как пересчитать
}

# $column - of a table
protocol-column = { $column ->
    [place] Место
    [team] Команда
    [team-number] № команды
    [ballots] Голоса
    [could-vote] Могли голосовать
    [jury] Голоса жюри
    [jury-could] Жюри могло голосовать
    [stage] Этап
    [round] Раунд
    [round-id] Раунд в журнале
    [kind] Что
    [title] Название
    [words] Текст
    [began] Начало
    [ended] Конец
    [outcome] Итог
    [member-number] № участника
    [member] Участник
    [number] №
    [time] Время
    [who] Кто
    [act] Действие
    [voter] Голосующий
    [team-id] Команда в журнале
    [voter-kind] Чей голос
    [instant] Момент (UTC)
    [line] Строка
    [cast] Голосов
   *[hash] Хеш
}

# $teams, $members (numbers)
protocol-took-part = { $teams ->
    [one] { $teams } команда
    [few] { $teams } команды
   *[many] { $teams } команд
}, { $members ->
    [one] { $members } участник
    [few] { $members } участника
   *[many] { $members } участников
}

# $name - of a team · $number - by which its button is known
protocol-team = { $name } (№ { $number })
# $members (number)
protocol-team-heading = № { $number }. { $name } — { $members ->
    [one] { $members } участник
    [few] { $members } участника
   *[many] { $members } участников
}
protocol-team-empty = № { $number }. { $name } — без участников

# $first, $last - places that teams share
protocol-place-shared = { $first }–{ $last }
# $teams - «Ракета (№ 1), Сокол (№ 4)»
protocol-tied = Места { $first }–{ $last } делят команды: { $teams }.
protocol-no-votes = Голосований в этой сессии не было.
# $ballots, $could - of jurors
protocol-jury-share = { $ballots } из { $could }

# $number - of the stage in the agenda
protocol-stage = Этап { $number }. { $title }
# $kind - quiz, task, talk, question, work
protocol-kind = { $kind ->
    [quiz] Викторина
    [task] Работа в командах
    [talk] Выступление или перерыв
    [question] Вопрос
   *[work] Работа команды
}
# $kind - in words · $began, $ended - «12 ноября, 14:05»
protocol-stage-held = { $kind }. Начало: { $began }. Конец: { $ended }.
protocol-stage-open = { $kind }. Начало: { $began }. Конец не отмечен.
protocol-stage-not-held = { $kind }. Этап не проводился.
protocol-not-held = не проводился
protocol-task = Задание: { $task }

# $text - of the question
protocol-question = Вопрос { $number }. { $text }
# $text - of the option · $answers (number) · $share - per cent of all answers
protocol-option = { $text } — { $answers ->
    [one] { $answers } ответ
    [few] { $answers } ответа
   *[many] { $answers } ответов
} ({ $share } %)
protocol-option-right = ✓ { $text } — { $answers ->
    [one] { $answers } ответ
    [few] { $answers } ответа
   *[many] { $answers } ответов
} ({ $share } %)
protocol-share-right = Верных ответов: { $share } %.

# A team's work. $by - who sent it · $at - «12 ноября, 14:05» · $shown, $picture - yes, no
protocol-work = { $name } (№ { $number }) · { $by } · { $at } · { $shown ->
    [yes] показано на экране{ $picture ->
        [yes] , с фотографией
       *[no] {""}
    }
   *[no] не показано{ $picture ->
        [yes] , с фотографией
       *[no] {""}
    }
}
protocol-work-state = { $shown ->
    [yes] показано на экране{ $picture ->
        [yes] , с фотографией
       *[no] {""}
    }
   *[no] не показано{ $picture ->
        [yes] , с фотографией
       *[no] {""}
    }
}

# A round of a vote. $number - within its stage · $standing - only, last, earlier
protocol-round = { $standing ->
    [only] Голосование
    [last] Голосование, раунд { $number } (засчитан)
   *[earlier] Голосование, раунд { $number } (не засчитан: голосование повторили)
}
# $opened, $closed - «12 ноября, 14:05» · $tallies - hidden, live · $rule - shared, jury
protocol-round-rules = Открыто: { $opened }. Закрыто: { $closed }. Подсчёт во время голосования { $tallies ->
    [hidden] был скрыт
   *[live] был виден
}. При равенстве { $rule ->
    [jury] выше та команда, за которую больше голосов жюри
   *[shared] команды делят место
}.
# $voted, $electors, $members, $jurors (numbers): members of teams and jurors make up the electors
protocol-round-turnout = Право голоса: { $members ->
    [one] { $members } участник
    [few] { $members } участника
   *[many] { $members } участников
}{ $jurors ->
    [0] {""}
    [one] { " " }и { $jurors } член жюри
    [few] { " " }и { $jurors } члена жюри
   *[many] { " " }и { $jurors } членов жюри
}. Проголосовали { $voted } из { $electors }.
# presses by reason (numbers) · $total - all of them
protocol-round-refused = { $total ->
    [0] Отклонённых нажатий не было.
   *[other] Отклонённые нажатия: голосование закрыто — { $closed }, голос уже отдан — { $already }, нет права голоса — { $entitled }, своя команда — { $own }.
}

# Who did what happened by itself: a timer ended.
protocol-by-itself = бот

protocol-log-empty = Журнал пуст: голосований не было.
# $sheet - of the spreadsheet · $column - of that sheet
protocol-recount = Журнал — в таблице протокола, лист «{ $sheet }», столбец «{ $column }», сверху вниз. Каждый раунд начинается с хеша предыдущего (у первого — 64 нуля), за ним идут голоса по порядку: раунд, номер, голосующий, команда, member (участник) или jury (жюри), момент по UTC. Возьмите строку с хешем и строки раунда под ней, закончите каждую знаком перевода строки (LF) и посчитайте SHA-256 этого текста в UTF-8: получится хеш раунда, он стоит в следующей строке. Если изменить хоть один голос, изменятся хеш его раунда и все следующие.
protocol-sign-missing = Знак □ стоит вместо знаков, которых нет в шрифте этого файла. В таблице протокола они есть.
