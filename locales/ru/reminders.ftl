# --- what comes by the clock

# $lines - the debts, one a line, each with a bullet · $more (number) - how many more there are that do not fit
reminder-of-several =
    На сегодня:
    { $lines }{ $more ->
        [0] {""}
       *[other]
        {""}
        И ещё { $more } — всё видно в меню.
    }
# $days (number) - 1 or 3
button-put-off = { $days ->
    [1] Завтра
   *[other] Через { $days } дня
}

# --- putting off; each is a pop-up of at most 90 characters

# $day - the local day on which it comes again
put-off-until = Хорошо, напомню { $day }.
put-off-too-late = Срок уже подошёл: дальше отложить нельзя.
put-off-unknown = Это напоминание уже не отложить.

# --- «Напоминания»

label-reminders = Напоминания
# $lines - what comes, one kind a line
reminders-list =
    Что приходит само:
    { $lines }
# $role - teacher or coordinator
reminders-duties = { $role ->
    [teacher] • Отчёты, практика и номера класса: приходят, пока не сделано; можно отложить.
   *[coordinator] • Заявки без ответа: приходят, пока не решено; можно отложить.
}
# $news - the kind's name · $state - on or off
reminders-news = { $state ->
    [on] • { $news }: включено
   *[off] • { $news }: выключено
}
# $news - the kind's name
button-news-on = Включить: { $news }
button-news-off = Выключить: { $news }
news-weekly-balance = Итоги недели
news-last-days = Последние дни
news-digest = Итоги дня
news-broadcasts = Рассылки

# --- «Напомнить всем»

button-remind-all = Напомнить всем
button-to-list = К списку
# $moment - when it goes · $gets, $had_one, $unreachable (numbers) - teachers
remind-all-goes =
    Напоминание { $gets ->
        [one] { $gets } учителю
       *[other] { $gets } учителям
    }: { $moment }.
    Уже получили сегодняшнее: { $had_one }.
    Не принимают сообщений: { $unreachable }.
    Напомнить по этому списку можно раз в рабочий день.
remind-all-nobody = Напоминать сегодня некому: все из списка уже получили сегодняшнее напоминание или не принимают сообщений.
remind-all-closed = Акция закончилась, отчёты больше не принимаются: напоминать поздно.
