# --- what comes by the clock

# $lines - the debts, one a line, each with a bullet · $more (number) - how many more there are that do not fit
reminder-of-several =
    Напоминаю:
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
put-off-nothing = Откладывать нечего: я вам ни о чём не напоминал.
put-off-too-late = Срок уже подошёл: дальше отложить нельзя.
put-off-unknown = Это напоминание отложить уже нельзя.

# --- «Напоминания»

label-reminders = Напоминания
# $lines - what comes, one kind a line
reminders-list =
    Что я присылаю сам:
    { $lines }
# $role - teacher or coordinator
reminders-duties = { $role ->
    [teacher] • Отчёты, практика и номера класса: напоминаю, пока не сделано. Отложить можно кнопкой под напоминанием.
   *[coordinator] • Заявки без ответа: напоминаю, пока не решено. Отложить можно кнопкой под напоминанием.
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
news-last-days = Последние дни голосования
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
    }: { $moment }.{ $had_one ->
        [0] {""}
       *[other] {"\u000A"}Уже получили напоминание в этот день: { $had_one }.
    }{ $unreachable ->
        [0] {""}
       *[other] {"\u000A"}Не принимают сообщений: { $unreachable }.
    }
    Напомнить по этому списку можно раз в рабочий день.
remind-all-nobody = Напоминать сегодня некому: все из списка уже получили сегодняшнее напоминание или не принимают сообщений.
remind-all-closed = Акция закончилась, отчёты больше не принимаются: напоминать поздно.
