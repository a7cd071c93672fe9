# $ending - the end of the ID, as «…9012»
masked-participant = Участник { $ending }
masked-voter = Голосующий

# $digits (number) - how many digits were typed, 0 for none
number-wrong-length = { $digits ->
    [0] В номере участника 12 цифр, например 1234-5678-9012. Напишите его с карточки, пробелы и дефисы не важны.
   *[other] В номере участника 12 цифр, а здесь { $digits }. Проверьте цифры на карточке и напишите ещё раз.
}
number-wrong-digits = Такого номера быть не может: одна из цифр неверна. Проверьте цифры на карточке и напишите ещё раз.
