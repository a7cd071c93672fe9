# Strategic sessions, for those who lead: agenda, teams, members, the desk, works, screen, protocol.

phrase-sessions = сессии | мои сессии | стратегические сессии
phrase-session-new = новая сессия | сессия | начать сессию | стратегическая сессия
phrase-session-desk = пульт | пульт ведущего

label-sessions = Сессии
label-session-new = Новая сессия
button-session-home = К сессии
button-session-desk = Пульт ведущего
button-session-agenda = Повестка
button-session-teams = Команды
button-session-members = Участники
button-session-works = Работы
button-session-screen = Экран
button-session-settings = Настройки
button-session-protocol = Протокол

session-how-to-open =
    Стратегическая сессия проходит в беседе.

    1. Добавьте меня в беседу. Права администратора не нужны.
    2. Нажмите там «Новая сессия» или напишите «/сессия».
    3. Настройка и пульт придут сюда.
session-switched-off = В этой акции сессии не проводятся.
session-open-already = В этой беседе сессия уже открыта. Сначала завершите её.
session-opened-pop-up = Сессия открыта. Настройка и пульт — в вашем личном диалоге.
session-opened = Сессия «{ $title }» открыта: люди уже могут вступать в беседе.
# $day - «12 ноября»
session-usual-title = Сессия { $day }
session-not-leader = Это кнопка ведущего сессии.
sessions = Ваши сессии
# $state - preparing, running, finished
button-session = { $state ->
    [finished] Завершена
    [running] Идёт
   *[preparing] Готовится
}: { $title }

# numbers: $stages, $teams, $joined, $placed, $jurors, $helpers · yes or no: $has_conversation, $gathered, $hidden
session-home =
    «{ $title }»{ $has_conversation ->
        [yes] , беседа «{ $conversation }»
       *[no] {""}
    }{ $state ->
        [finished] . Завершена.
        [dropped] . Отменена.
        [running] . Идёт.
       *[preparing] . Готовится.
    }

    Повестка: { $stages ->
        [0] пока пусто
        [one] { $stages } этап
        [few] { $stages } этапа
       *[many] { $stages } этапов
    }
    Команды: { $teams }{ $gathered ->
        [yes] {" "}(собраны)
       *[no] {""}
    }
    Участники: { $joined }, из них в командах { $placed }
    Жюри: { $jurors }, помощники: { $helpers }
    Подсчёт: { $hidden ->
        [yes] скрыт до закрытия голосования
       *[no] виден сразу
    }

# --- settings

# $tie_rule - shared, jury · yes or no: $hidden, $has_link
session-settings =
    Настройки: «{ $title }»

    Подсчёт в следующем голосовании: { $hidden ->
        [yes] скрыт, пока голосование открыто, — и от вас тоже
       *[no] виден всем сразу
    }
    При равенстве: { $tie_rule ->
        [jury] выше команда, у которой больше голосов жюри
       *[shared] команды делят место
    }
    QR на экране ведёт: { $has_link ->
        [yes] в беседу, { $link }
       *[no] ко мне, в личный диалог
    }
button-session-hidden = { $hidden ->
    [yes] Скрыть подсчёт
   *[no] Показывать подсчёт
}
button-session-ties = При равенстве: { $rule ->
    [jury] решает жюри
   *[shared] делят место
}
button-session-title = Название
button-session-link = Ссылка на беседу
button-session-drop = Отменить сессию
button-session-drop-sure = Да, отменить
session-drop-sure = Отменить сессию «{ $title }»? Вернуть её будет нельзя.
session-has-begun = Сессия уже идёт. Завершить её можно на пульте: «Подвести итоги».
# $most (number) - signs
session-ask-title = Сейчас сессия называется «{ $title }». Пришлите новое название, до { $most } знаков.
session-title-refused = Не похоже на название. Пришлите одну строку, до { $most } знаков.
session-ask-link = Пришлите ссылку-приглашение в беседу: в VK это «Пригласить по ссылке», она начинается с https://vk.me/join/. QR на экране будет вести по ней.
session-link-refused = Это не ссылка-приглашение. Она выглядит так: https://vk.me/join/…

# --- the agenda

# $lines - the stages
session-agenda = { $stages ->
    [0] Повестка пуста. Возьмите готовую (вопросы, два задания с презентациями и голосованием) или добавьте свои этапы.
   *[other]
        Повестка

        { $lines }
}
session-agenda-line = { $number }. { $title } — { $time }
# $kind - quiz, task, talk · $main, $presentation, $vote (numbers) - minutes, 0: left out
session-stage-time = { $kind ->
    [task] { $main ->
        [0] {""}
       *[other] работа { $main } мин
    }{ $presentation ->
        [0] {""}
       *[other] { $main ->
            [0] {""}
           *[other] ,{" "}
        }презентации по { $presentation } мин
    }{ $vote ->
        [0] {""}
       *[other] { $main ->
            [0] { $presentation ->
                [0] {""}
               *[other] ,{" "}
            }
           *[other] ,{" "}
        }голосование { $vote } мин
    }
   *[other] { $main } мин
}
button-session-preset = Готовая повестка
button-session-stage-add = Добавить этап
button-session-stage-kind = { $kind ->
    [quiz] Вопросы: каждый за себя
    [task] Задание: работа, презентации, голос
   *[talk] Слово или перерыв
}
session-stage-which = Какой этап добавить?
session-stages-most = Больше { $most } этапов не бывает.
session-stage-usual-title = { $kind ->
    [quiz] Вопрос – Ответ
    [task] Задание командам
   *[talk] Слово ведущему
}
# $has_task - yes, no
session-stage =
    Этап { $number }. «{ $title }»
    { $kind ->
        [quiz] Вопросы
        [task] Задание командам
       *[talk] Слово или перерыв
    }: { $time }{ $has_task ->
        [yes] {"\u000A"}{"\u000A"}{ $task }
       *[no] {""}
    }
session-stage-gone = Этого этапа больше нет в повестке.
session-stage-begun = Этот этап уже начался: его не меняют.
# $part - title, task, minutes
button-session-stage-part = { $part ->
    [title] Название
    [task] Текст
   *[minutes] Минуты
}
button-session-stage-up = Выше
button-session-stage-remove = Убрать
button-session-stage-back = К этапу
# $title, $task (numbers) - signs
session-ask-stage = { $part ->
    [title] Пришлите название этапа, до { $title } знаков.
    [task] Пришлите текст, который я отправлю в беседу в начале этапа, до { $task } знаков.
   *[minutes] { $kind ->
        [task] Пришлите минуты тремя числами: работа, презентация каждой команды, голосование. Например: 25 5 5. Ноль — без этой части.
       *[other] Сколько минут длится этап? Пришлите одно число.
    }
}
session-stage-refused = { $part ->
    [title] Не похоже на название. Пришлите одну строку, до { $title } знаков.
    [task] Текст пуст или длиннее { $task } знаков. Пришлите его ещё раз.
   *[minutes] { $kind ->
        [task] Нужны три числа от 0 до 240, и хотя бы одно не ноль. Например: 25 5 5.
       *[other] Нужно одно число от 1 до 240.
    }
}
session-preset-1-title = Вопрос – Ответ
session-preset-1-task = Несколько вопросов для разминки.
session-preset-2-title = Что мешает и что делать?
session-preset-2-task = Определите проблемы и барьеры, которые мешают внедрять электронный журнал и Сферум, и пути их преодоления — для всех, кто ими пользуется. Назовите риски и способы их снизить.
session-preset-3-title = Планируем работу
session-preset-3-task = Составьте план работ (дорожную карту) на сентябрь – декабрь: он должен преодолеть барьеры, привести к нужным показателям и действовать дальше.

# --- questions

session-questions = { $questions ->
    [0] Вопросов пока нет. Без них этап — просто таймер.
   *[other]
        Вопросы

        { $lines }
}
button-session-questions = Вопросы
button-session-question-add = Добавить вопрос
button-session-question-remove = Убрать { $number }
button-session-questions-done = Готово
# $most (number) - options
session-ask-question =
    Пришлите вопрос и варианты, каждый с новой строки (до { $most }). Правильный отметьте плюсом:

    Где живёт журнал класса?
    + В электронном дневнике
    В чате родителей
    На доске
# $right - the right option · $has_right - yes, no · $number (number)
session-question-taken = Вопрос { $number } добавлен{ $has_right ->
    [yes] , правильный ответ: «{ $right }»
   *[no] , без правильного ответа — как опрос
}. Пришлите следующий или нажмите «Готово».
# $why - no-options, too-many-options, two-right, too-long, option-twice, too-many · numbers: the limits
session-question-refused = { $why ->
    [no-options] Нужны вопрос и хотя бы два варианта, каждый с новой строки.
    [too-many-options] Вариантов не больше { $options }. Уберите лишние и пришлите ещё раз.
    [two-right] Плюсом отмечено несколько вариантов, а правильный может быть только один. Пришлите вопрос ещё раз.
    [too-long] Слишком длинно: вопрос до { $question } знаков, вариант до { $option }.
    [option-twice] Два варианта одинаковы. Пришлите вопрос ещё раз.
   *[too-many] Больше { $most } вопросов в одном этапе не бывает.
}

# --- teams

# $teams, $teamless (numbers) · $lines - teams with sizes · $gathered - yes, no
session-teams = { $teams ->
    [0] Команд пока нет. Назовите их сами, или участники напишут в беседе: /команда Орлы
   *[other]
        Команды{ $gathered ->
            [yes] {" "}собраны
           *[no] {""}
        }

        { $lines }
}{ $teamless ->
    [0] {""}
    [one] {"\u000A"}{"\u000A"}Без команды: { $teamless } человек
    [few] {"\u000A"}{"\u000A"}Без команды: { $teamless } человека
   *[many] {"\u000A"}{"\u000A"}Без команды: { $teamless } человек
}
button-session-teams-add = Добавить команды
button-session-teams-back = К командам
# $people (number)
button-session-split = Распределить: { $people }
# $longest, $most (numbers)
session-ask-teams = Пришлите названия команд, каждое с новой строки (до { $longest } знаков, команд до { $most }). Или просто число: назову их «Команда 1», «Команда 2» и так далее.
session-team-usual = Команда { $number }
# $names - of members
session-team = { $people ->
    [0] { $team }: пока никого
   *[other]
        { $team }: { $people ->
            [one] { $people } человек
            [few] { $people } человека
           *[many] { $people } человек
        }
        { $names }
}
button-session-team-rename = Переименовать
button-session-team-remove = Удалить команду
session-ask-team-name = Пришлите новое название, до { $longest } знаков.

# --- members

# $only - all, teamless, roles · $lines - members
session-members = { $only ->
    [teamless] Без команды: { $people }
    [roles] Жюри и ведущие: { $people }
   *[all] Участники: { $people }
}{ $people ->
    [0] {""}
   *[other] {"\u000A"}{"\u000A"}{ $lines }
}
# $name · $role - member, juror, helper, moderator · $placed - yes, no
session-member-line = { $name } — { $role ->
    [juror] жюри
    [helper] помощник
    [moderator] ведущий
   *[member] { $placed ->
        [yes] { $team }
       *[no] без команды
    }
}
session-member = { $name } — { $role ->
    [juror] жюри: голосует отдельно, команды нет.
    [helper] помощник: ведёт сессию вместе с вами, не голосует.
    [moderator] ведущий.
   *[member] { $placed ->
        [yes] команда «{ $team }».
       *[no] без команды.
    }
}
button-session-members-only = { $only ->
    [teamless] Без команды
    [roles] Жюри, ведущие
   *[all] Все
}
button-session-move = Перевести
button-session-appoint = { $role ->
    [juror] В жюри
    [helper] В помощники
   *[member] В участники
}
session-move-where = { $name }: в какую команду перевести?
session-move-vote-open = Идёт голосование: переводить можно после него.
session-move-voted-for = Нельзя: этот человек уже голосовал за эту команду в этой сессии.
session-move-leads = Ведущие не состоят в командах и не голосуют.
session-move-juror = Жюри не состоит в командах. Сначала верните человека в участники.
session-appoint-vote-open = Идёт голосование: роли меняются после него.
session-only-moderator-appoints = Помощников назначает ведущий.

# --- the desk

# $standing - the step · numbers: $joined, $placed, $teams · $hint - none, agenda, teams · $gathered - yes, no
session-desk =
    { $state ->
        [finished] Сессия «{ $title }» завершена.
       *[live] Пульт: «{ $title }»
    }
    { $standing }

    Участники: { $joined }, в командах { $placed }; команд с людьми: { $teams }{ $gathered ->
        [yes] {" "}(собраны)
       *[no] {""}
    }{ $hint ->
        [agenda] {"\u000A"}Сначала составьте повестку: «К сессии» → «Повестка».
        [teams] {"\u000A"}Для заданий нужны хотя бы две команды с людьми.
       *[none] {""}
    }
session-desk-before = Ещё не началась.
session-desk-stale = Пульт обновлён: что-то уже изменилось.
# $phase - of the step that comes next · $stage - its title · $team - numbered
button-session-begin = { $phase ->
    [work] Работа: { $stage }
    [presentation] Презентация: { $team }
    [vote] Открыть голосование
   *[other] Начать: { $stage }
}
# $act - in domain/sessions/course.py · $vote - whether a vote is open: yes, no
button-session-act = { $act ->
    [gather] Команды собраны
    [begin] Дальше
    [to-vote] Сразу к голосованию
    [pause] Пауза
    [resume] Продолжить
    [extend] { $vote ->
        [yes] +2 минуты (один раз)
       *[no] +5 минут
    }
    [end] { $vote ->
        [yes] Закрыть через минуту
       *[no] Закончить
    }
    [new-round] Новый раунд
    [ask] Следующий вопрос
    [reveal] Показать ответы
   *[finish] Подвести итоги
}
session-finish-sure = Подвести итоги и завершить сессию? После этого ничего изменить будет нельзя.
button-session-finish-sure = Да, подвести итоги
button-session-finish-not = Ещё нет

# --- works, screen, protocol

session-works = { $works ->
    [0] Работ пока нет. Участники присылают фото в беседу с подписью «/работа» или мне лично.
   *[other]
        Работы команд, новые сверху

        { $lines }
}
# yes or no: $has_text, $has_picture, $shown
session-work-line = { $number }) { $team } · { $time }, { $sender } · «{ $stage }»{ $has_picture ->
    [yes] {" "}· фото
   *[no] {""}
}{ $shown ->
    [yes] {" "}· на экране
   *[no] {""}
}{ $has_text ->
    [yes] {"\u000A"}{ $text }
   *[no] {""}
}
button-session-work-show = { $shown ->
    [yes] Показать { $number }
   *[no] Убрать { $number } с экрана
}
button-session-works-again = Обновить
session-screen =
    Страница для проектора — только для вас, не пересылайте её в беседу:
    { $address }
session-screen-none = Экран не настроен: адрес страниц задаёт тот, кто установил бота (UGUBOT_WEB_URL).
link-session-screen = Открыть экран
button-session-screen-renew = Новый адрес
# $kind - xlsx, pdf
session-protocol = { $kind ->
    [xlsx] Протокол таблицей, с журналом голосов.
   *[pdf] Протокол для печати.
}
session-protocol-file = Протокол. { $title }.{ $kind }
session-protocol-failed = Файл не получился. Нажмите «Протокол» ещё раз.
session-protocol-vote-open = Идёт голосование: протокол будет, когда оно закроется.
session-protocol-nothing = Сессия ещё не началась: записывать нечего.

# $deed - what was done; the other variables as it needs them, "" where it does not
session-deed = { $deed ->
    [open] Открыта сессия.
    [retitle] Новое название: «{ $title }».
    [link] Задана ссылка на беседу.
    [rules] Правила голосования: подсчёт { $hidden ->
        [0] виден сразу
       *[1] скрыт
    }, при равенстве { $tie_rule ->
        [jury] решает жюри
       *[shared] место делят
    }.
    [drop] Сессия отменена.
    [agenda] Изменена повестка: «{ $stage }».
    [question] Добавлен вопрос: «{ $text }».
    [question-removed] Убран вопрос: «{ $text }».
    [teams] Добавлено команд: { $teams }.
    [team-made] Создана команда «{ $team }».
    [team-renamed] Команда «{ $before }» переименована в «{ $team }».
    [team-removed] Удалена команда «{ $team }».
    [split] Распределено участников по командам: { $people }.
    [move] { $who }: переведён в команду «{ $team }»{ $moved ->
        [yes] {" "}из «{ $before }»
       *[no] {""}
    }.
    [appoint] { $who }: { $role ->
        [juror] назначен в жюри
        [helper] назначен помощником
       *[member] снова участник
    }.
    [gather] Команды собраны ({ $teams }).
    [begin] Начато: «{ $stage }»{ $phase ->
        [work] , работа команд
        [presentation] , презентация «{ $team }»
        [vote] , голосование открыто
       *[other] {""}
    }.
    [to-vote] Открыто голосование без оставшихся презентаций: «{ $stage }».
    [new-round] Открыт новый раунд голосования: «{ $stage }».
    [warned] Объявлено: осталось 5 минут.
    [pause] Пауза, осталось минут: { $left }.
    [resume] Продолжено до { $until }.
    [extend] { $running ->
        [yes] Продлено до { $until }.
       *[no] Продлено.
    }
    [end] Закончено раньше времени.
    [end-vote] Объявлено закрытие голосования через минуту, в { $until }.
    [over] Время вышло.
    [ask] Задан вопрос: «{ $text }».
    [reveal] Показаны ответы.
    [show] На экране показана работа команды «{ $team }».
    [hide] С экрана убрана работа команды «{ $team }».
    [screen] Экран получил новый адрес.
    [left] Бот потерял беседу, таймер остановлен.
    [returned] Бот вернулся в беседу.
   *[finish] Подведены итоги.
}
