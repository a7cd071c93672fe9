claim-which-number = Напишите номер с вашей карточки, 12 цифр. Карточки раздаёт учитель.

# $number - the ID · $link - the voting link
claimed =
    ✅ Номер { $number } теперь ваш.

    • Ваша ссылка для голосования, отправьте её родным и друзьям: { $link }
    • Голоса, УГУ и место — по кнопке «Баланс».
    • По пятницам я пишу, сколько у вас голосов, а в последние три дня голосования напомню о нём.

    Вам есть 18 лет? От этого зависит, как вас видят другие.
claim-unknown = Номера { $number } нет среди выданных. Проверьте цифры на карточке и напишите ещё раз.
claim-taken = Номер { $number } уже занят. Если он с вашей карточки, скажите учителю. Или проверьте цифры и напишите ещё раз.
claim-revoked = Номер { $number } отозван. Спросите у учителя новый и напишите его.

# $time - when it opens again
claim-locked = Слишком много неверных номеров подряд. Занять номер снова можно в { $time }: возьмите карточку и проверьте цифры.

# $number - the own ID
claim-has-another = У вас уже есть номер: { $number }. Второй занять нельзя. Если номер не ваш, скажите учителю.
claim-teacher = Вы участвуете как преподаватель, поэтому номер участника занять нельзя.

# $day - the first day
claim-not-yet = Номера участников можно будет занять с { $day }.

# $day - the last day
claim-closed = Регистрация участников закончилась { $day }.
not-a-participant = Это для участников, а у вас ещё нет номера. Есть карточка с номером из 12 цифр? Нажмите «Я участник».

# $number - the ID · $votes (number) · $place, $above (number) - mine and the one before it · $moment - of the latest
# vote · $next (number) - votes to the place above, 0 in the first place
balance =
    Баланс: { $votes } УГУ

    { $place }-е место: { $votes ->
        [one] { $votes } голос, получен { $moment }
        [few] { $votes } голоса, набраны { $moment }
       *[many] { $votes } голосов, набраны { $moment }
    }; { $next ->
        [0] впереди никого
        [one] до { $above }-го — { $next } голос
        [few] до { $above }-го — { $next } голоса
       *[many] до { $above }-го — { $next } голосов
    }.
    Ваш номер: { $number }
balance-empty =
    Баланс: 0 УГУ

    Голосов пока нет, поэтому нет и места. Отправьте свою ссылку родным и друзьям.
    Ваш номер: { $number }

# $days (number) - after today · $day - the last one
voting-open = { $days ->
    [0] Сегодня последний день голосования.
    [one] До конца голосования { $days } день: оно идёт по { $day }.
    [few] До конца голосования { $days } дня: оно идёт по { $day }.
   *[many] До конца голосования { $days } дней: оно идёт по { $day }.
}

# $day - the first day
voting-not-yet = Голосование начнётся { $day }.

# $day - the last day
voting-closed = Голосование закончилось { $day }.

my-link = Следующее сообщение можно переслать родным, соседям, друзьям — в нём ваша ссылка. У каждого взрослого один голос, он бесплатный.

# $title - of the campaign · $link - the voting link · $day - the last day of voting
link-to-forward =
    Поддержите меня: { $title }. Откройте ссылку и нажмите «Подтвердить», это бесплатно и займёт минуту:
    { $link }

    Голосовать можно по { $day }.

no-voters-yet = За вас пока не голосовали. Отправьте свою ссылку родным и друзьям.

# $page, $pages (number) · $lines - the votes
my-voters =
    За вас голосовали{ $pages ->
        [1] {":"}
       *[other] {" "}(страница { $page } из { $pages }):
    }
    { $lines }

# $moment · $voter - as they chose to be shown
voter-line = { $moment } — { $voter }

label-claim = Это мой номер
label-newer = ‹ Новее
label-older = Раньше ›
label-age-adult = Мне есть 18
label-age-minor = Мне нет 18
