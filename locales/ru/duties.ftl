# What the clock says: one kind sentence a debt, and its button. Several at once stand in one message, a line each.

# $label - of the class
duty-documents = { $label }: материалы урока и номера участников у вас? Нажмите «Документы получены».
button-duty-documents = Документы получены · { $label }
duty-ready = { $label }: готовы к уроку? Если материалы понятны и есть компьютерный класс или практику зададите на дом, нажмите «Готовность к уроку».
button-duty-ready = Готовность к уроку · { $label }
# $day - the last day of lessons
duty-held = { $label }: урок уже прошёл? Отметьте его, пожалуйста. Последний день уроков — { $day }.
button-duty-held = Урок проведен · { $label }
# $day - of the lesson · $where - in_class, homework
duty-practice = { $where ->
    [in_class] { $label }: сохраните, пожалуйста, кто выполнил практику на уроке { $day }.
   *[homework] { $label }: отметьте, пожалуйста, кто выполнил практику, заданную на уроке { $day }.
}
button-duty-practice = Практика · { $label }
# $count (number) · $places - № drawn together: «1-3, 7»
duty-claims = { $count ->
    [1] { $label }: один номер участника ещё свободен, № { $places }. Напомните, пожалуйста, ученику про карточку.
    [one] { $label }: { $count } номер участника ещё свободен, № { $places }. Напомните, пожалуйста, ученикам про карточки.
    [few] { $label }: { $count } номера участников ещё свободны, № { $places }. Напомните, пожалуйста, ученикам про карточки.
   *[many] { $label }: { $count } номеров участников ещё свободны, № { $places }. Напомните, пожалуйста, ученикам про карточки.
}
button-duty-claims = Номера участников · { $label }

# $votes, $ahead - participants with more votes (numbers)
duty-weekly-balance = Итог недели. { $votes ->
    [one] За вас { $votes } голос, на балансе { $votes } УГУ.
    [few] За вас { $votes } голоса, на балансе { $votes } УГУ.
   *[many] За вас { $votes } голосов, на балансе { $votes } УГУ.
} { $ahead ->
    [0] Больше, чем у вас, голосов нет ни у кого.
    [one] Голосов больше, чем у вас, — у { $ahead } участника.
   *[other] Голосов больше, чем у вас, — у { $ahead } участников.
}
duty-weekly-balance-empty = Итог недели. За вас пока не голосовали: отправьте свою ссылку родным и друзьям.
# $days (number) - left after today · $votes (number) · $link - the voting link
duty-last-days = { $days ->
    [0] Сегодня последний день голосования
    [one] До конца голосования { $days } день
    [few] До конца голосования { $days } дня
   *[many] До конца голосования { $days } дней
}, за вас { $votes ->
    [0] пока нет голосов
    [one] { $votes } голос
    [few] { $votes } голоса
   *[many] { $votes } голосов
}. Ваша ссылка: { $link }
