vote-for-whom = За кого голосуете? Напишите номер участника, 12 цифр, например 1234-5678-9012.

# $name - shown name of the participant · $number - the ID · $municipality · $voter - by-profile: the voter's name is
# still on its way; as-shown · $seen_as - how the participant will see the voter
vote-confirm =
    Ваш голос — за участника:
    { $name }
    { $number }, { $municipality }

    Голос один на всю акцию, изменить или отозвать его нельзя.
    { $voter ->
        [by-profile] Участник увидит ваше имя и первую букву фамилии из профиля.
       *[as-shown] Участник увидит вас так: { $seen_as }
    }

    Голосовать бесплатно. Предлагают деньги за голос? Сообщите кнопкой ниже.

# $state - counts, set-aside · $name, $number - of the participant · $moment - when it was cast · $code - the receipt
vote-receipt =
    { $state ->
        [set-aside] ⏸ Голос отложен на проверку.
       *[counts] ✅ Голос засчитан.
    }
    { $name }, { $number }
    { $moment }

    Квитанция: { $code }
    Проверить её можно в любой день: «Проверить голос { $code }».

# $name, $number - of the participant voted for first · $moment - when · $code - the receipt
vote-for-another =
    Вы уже голосовали { $moment }: { $name }, { $number }. Голос один на всю акцию, изменить его нельзя.

    Квитанция: { $code }
vote-counted-pop-up = Голос засчитан
vote-own-number = Это ваш собственный номер: за себя голосовать нельзя. Отправьте свою ссылку тем, кто вас поддержит.

# $number - the ID
vote-unclaimed = Номер { $number } выдан, но ученик его ещё не занял, поэтому голосовать за него пока нельзя. Если это номер с вашей карточки, займите его.
vote-not-confirmed = В этой акции голосуют только подтверждённые аккаунты. Как подтвердить — скажут в центре обслуживания, адреса на карте.
link-centres = Карта центров

# $day - the first day
vote-not-yet = Голосование начнётся { $day }. Ссылка сработает и тогда.

# $day - the last day
vote-closed = Голосование закончилось { $day }. Итоги — в топ-20.

offer-noted = Спасибо, сообщение сохранено, его увидит координатор. Голос продавать не нужно: голосование бесплатное.

check-which-receipt = Напишите код квитанции, 9 знаков, например K7M-2PX-94A.
receipt-mistyped = Это не код квитанции: в нём 9 знаков, как K7M-2PX-94A. Проверьте и напишите ещё раз.

# $code - as typed
receipt-unknown = Квитанции { $code } нет. Проверьте код: он стоит в сообщении о вашем голосе.

# $code · $day - when it was cast · $state - counts, set-aside
receipt-of-another = { $state ->
    [set-aside] Голос { $code } от { $day } отложен на проверку.
   *[counts] Голос { $code } от { $day } учтён.
}

label-vote-for = Голосовать
label-cast-vote = Подтвердить
label-money-offer = Предлагают деньги — сообщить
label-vote-as-masked = Голосовать без имени
label-vote-as-name = Показать моё имя
