count-of-whom = Чей счёт показать? Напишите номер участника, 12 цифр.

# $name - shown name · $number - the ID · $municipality · $votes (number)
count =
    { $name }
    { $number }, { $municipality }

    { $votes ->
        [one] { $votes } голос
        [few] { $votes } голоса
       *[many] { $votes } голосов
    }

# $number - the ID
number-free-to-claim = Номер { $number } свободен: ученик его ещё не занял. Он с вашей карточки?
number-revoked = Номер { $number } отозван.
number-unknown = Номера { $number } нет среди выданных. Проверьте цифры.

# $lines - the places
top =
    Топ-20 сейчас:

    { $lines }

# $place (number) · $name - as agreed to be published · $votes (number)
top-line = { $place }. { $name } — { $votes ->
    [one] { $votes } голос
    [few] { $votes } голоса
   *[many] { $votes } голосов
}
top-empty = Голосов пока нет ни у кого. Первое место свободно.
