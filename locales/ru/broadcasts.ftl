# «Рассылка»: whom, what, the preview, and how far it has come.

phrase-broadcast = рассылка | новая рассылка | сделать рассылку | разослать | написать всем
phrase-broadcasts = мои рассылки
phrase-broadcast-teachers = учителям | написать учителям | рассылка учителям
phrase-broadcast-participants = участникам | написать участникам | рассылка участникам
phrase-broadcast-coordinators = координаторам | написать координаторам | рассылка координаторам

label-broadcast = Рассылка
label-broadcasts = Мои рассылки

broadcast-to-which-role = Кому написать? Выберите, кого касается сообщение. Дальше можно взять один район или одну школу.
# $role - teachers, participants, coordinators
button-broadcast-role = { $role ->
    [teachers] Учителям
    [participants] Участникам
   *[coordinators] Координаторам
}

# $place - everywhere, scope, municipality, school · $name - of the municipality or school · $reports - in domain/broadcasts.py
broadcast-whom = { $role ->
    [teachers] учителям
    [participants] участникам
   *[coordinators] координаторам
}{ $reports ->
    [no_documents] {" "}без отметки «Документы получены»
    [not_ready] {" "}без отметки «Готовность к уроку»
    [not_held] {" "}без отметки «Урок проведен»
    [held] {" "}с отметкой «Урок проведен»
   *[any] {""}
}, { $place ->
    [everywhere] вся акция
    [scope] вся ваша зона
   *[named] { $name }
}
# $earlier (number) - of the broadcast that did not reach them
broadcast-whom-again = тем, кому не дошла рассылка № { $earlier }

# $whom - broadcast-whom · $reach - broadcast-reach
broadcast-addressed =
    Кому: { $whom }
    { $reach }
broadcast-reach = Получат: { $people ->
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}
# numbers of people · $unreachable - take no messages · $muted - switched broadcasts off · $erased - had their data erased
broadcast-left-out = Не получат: { $people }{ $unreachable ->
    [0] {""}
   *[other] {"\u000A"}• закрыли сообщения: { $unreachable }
}{ $muted ->
    [0] {""}
   *[other] {"\u000A"}• отключили рассылки: { $muted }
}{ $erased ->
    [0] {""}
   *[other] {"\u000A"}• удалили свои данные: { $erased }
}
broadcast-to-nobody = Сейчас получать некому: выберите других.

button-broadcast-write-first = Написать текст
button-broadcast-to-preview = К предпросмотру
button-broadcast-municipality = Район
button-broadcast-school = Школа
button-broadcast-everywhere = Вся зона
button-broadcast-reports = По отчёту
button-broadcast-other-role = Другая роль

broadcast-which-municipality = Какому району написать?
broadcast-which-school = Какой школе написать? Напишите номер или название, можно с населённым пунктом.
broadcast-which-reports = Каким учителям написать? Считаются классы, у которых отчёт есть или его ещё нет.
# $so_far - in domain/broadcasts.py
button-broadcast-by-reports = { $so_far ->
    [no_documents] Нет «Документы получены»
    [not_ready] Нет «Готовность к уроку»
    [not_held] Нет «Урок проведен»
    [held] Есть «Урок проведен»
   *[any] Всем
}

# $most (number) - signs
broadcast-write = Напишите текст сообщения, до { $most } знаков. Все получат его таким, каким вы его пришлёте.
broadcast-write-anew = Сейчас в рассылке написано:
broadcast-write-anew-what =
    Пришлите новый текст, до { $most } знаков. Пока вы его не прислали, остаётся прежний.
broadcast-no-text = Разослать можно только текст: стикеры, файлы и голосовые не передаются. Напишите сообщение словами.
# $signs, $most (numbers)
broadcast-too-long = В тексте { $signs } знаков, а поместится { $most }. Сократите и пришлите ещё раз. Присланное осталось выше в переписке, его можно скопировать.
broadcast-files-left-out = Вложения не рассылаются, остался только текст.

broadcast-preview = Так увидят получатели:
# $timing - broadcast-goes-…
broadcast-preview-means =
    · · ·
    Кому: { $whom }
    { $reach }
    { $timing }
broadcast-takes = { $minutes ->
    [0] меньше чем за минуту
    [1] меньше чем за минуту
    [one] примерно за { $minutes } минуту
    [few] примерно за { $minutes } минуты
   *[many] примерно за { $minutes } минут
}
# $takes - broadcast-takes · $at, $until - «12 ноября, 08:00»
broadcast-goes-now = Уйдёт сразу, { $takes }. Писать можно до { $until }.
broadcast-goes-later = Сейчас писать нельзя: уйдёт { $at }, { $takes }.
broadcast-goes-in-parts = Уйдёт { $takes }, но писать можно только до { $until }: остальные получат { $at }.

button-broadcast-send = Отправить
button-broadcast-try = Проверить на себе
button-broadcast-text = Изменить текст
button-broadcast-whom = Кому
button-broadcast-discard = Отменить
broadcast-tried = Так это придёт получателям
broadcast-discarded = Черновик удалён, никто ничего не получил.
broadcast-gone = Такой рассылки у вас нет.
broadcast-no-draft = Эта рассылка уже отправлена, изменить её нельзя.

# $number - of the broadcast
broadcast-title = Рассылка № { $number } { $role ->
    [teachers] учителям
    [participants] участникам
   *[coordinators] координаторам
}
# $state - in domain/broadcasts.py, or night · $until - «12 ноября, 08:00»
broadcast-stands = { $state ->
    [draft] Черновик
    [listing] Составляю список получателей
    [sending] Отправляется
    [night] Сейчас писать нельзя, отправлю { $until }
    [paused] На паузе
    [cancelled] Остановлена
   *[finished] Закончена
}
# $people (number)
broadcast-count-delivered = Дошло: { $people }
broadcast-count-left = Осталось: { $people }
broadcast-count-refused = Не дошло: { $people }
broadcast-count-uncertain = Неизвестно, дошло ли: { $people }
broadcast-count-muted = Отключили рассылки: { $people }
broadcast-count-cancelled = Не отправлено: { $people }
button-broadcast-preview = К предпросмотру
button-broadcast-pause = Пауза
button-broadcast-resume = Продолжить
button-broadcast-cancel = Остановить
button-broadcast-missed = Кому не дошло
button-broadcast-again = Ещё раз этим
# $progress - what is known of it
broadcast-asks-to-go-on =
    Бот не работал, и рассылка остановилась. Продолжить?
    { $progress }

# $made (number) · $lines - one broadcast a line
broadcasts-listed = { $made ->
    [0] Рассылок пока нет.
   *[other] Ваши рассылки:
    { $lines }
}
# $at - when it was begun · $delivered, $listed (numbers)
broadcast-line = № { $number }, { $at }, { $role ->
    [teachers] учителям
    [participants] участникам
   *[coordinators] координаторам
}: { $state ->
    [draft] черновик
    [listing] составляется список
    [sending] дошло { $delivered } из { $listed }
    [paused] на паузе, дошло { $delivered } из { $listed }
    [cancelled] остановлена, дошло { $delivered } из { $listed }
   *[finished] дошло { $delivered } из { $listed }
}
button-broadcast-show = № { $number }

# $people (number) · $lines - one person a line
broadcast-missed-list =
    Рассылка № { $number }, не дошло: { $people }
    { $lines }
broadcast-missed-nobody = Рассылка № { $number }: таких получателей нет.
# $who - a name with the school, or the № and class of a participant · $why - unreachable, refused, uncertain
broadcast-missed-line = { $who } — { $why ->
    [unreachable] не принимает сообщения от сообщества
    [uncertain] неизвестно, дошло ли
   *[refused] сообщение не принято
}
broadcast-missed-pupil = № { $place }, { $label }, { $school }
broadcast-missed-adult = { $name }, { $school }
