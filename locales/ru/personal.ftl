# $seen_as - as a voter · $part - voter, participant · $participant - as a participant · $publication - yes, no
settings =
    Настройки

    Когда вы голосуете, вас видят так: { $seen_as }
    { $part ->
        [participant]
            Как участника вас видят так: { $participant }
            { $publication ->
                [yes] В топ-20 и итогах — так же.
               *[no] В топ-20 и итогах — без имени.
            }
       *[voter] Это можно изменить и перед самим голосом.
    }
settings-before-consent = Здесь можно сменить язык. Остальные настройки появятся, когда вы согласитесь участвовать.

# $age - adult, minor · $seen_as - shown name of the participant
age-answered = { $age ->
    [adult] Спасибо! Голосующие видят вас так: «{ $seen_as }». В топ-20 имя появится, если разрешить это в настройках.
   *[minor] Спасибо! Голосующие видят вас так: «{ $seen_as }». Если родители согласны, чтобы показывали имя, учитель отметит бумажное согласие, оно остаётся в школе.
}

# $lines
my-data =
    Что хранится о вас:

    { $lines }

    Голоса учитываются отдельно, под псевдонимом. Тексты ваших сообщений стираются сразу после ответа.

# $name
my-name = Имя: { $name }
my-name-none = не сохранено

# $messenger, $user
my-account = Аккаунт: { $messenger }, { $user }

# $age - unknown, adult, minor
my-age = Возраст: { $age ->
    [adult] есть 18
    [minor] нет 18
   *[unknown] не спрашивали
}

# $choice - name, masked
my-shown-as = Показывать другим: { $choice ->
    [name] имя
   *[masked] без имени
}

# $kind - participation, publication · $version - of the text · $moment
my-consent = { $kind ->
    [publication] Согласие на имя в топ-20 и итогах: { $moment }, текст { $version }
   *[participation] Согласие на участие: { $moment }, текст { $version }
}

# $number - the own ID
my-number = Номер участника: { $number }

# $number - whom for · $moment · $code - the receipt
my-vote = Ваш голос: { $number }, { $moment }, квитанция { $code }

# $number - about whom · $moment
my-offer = Сообщение о деньгах за голос: { $number }, { $moment }

erase-sure =
    Удалить ваши данные и отозвать согласие?

    Сотрутся имя и связь с аккаунтом. Отданный голос и голоса за вас останутся в подсчёте под псевдонимом. Участвовать и голосовать с этого аккаунта больше будет нельзя. Классы преподавателя останутся ждать передачи. Вернуть ничего не получится.
erased = Готово: имя и связь с аккаунтом стёрты, согласие отозвано.

label-my-data = Мои данные
label-erase = Удалить мои данные
label-erase-for-good = Да, удалить навсегда
label-show-name = Показывать моё имя
label-show-masked = Не показывать моё имя
label-publish-yes = Разрешить имя в топ-20
label-publish-no = Убрать имя из топ-20
label-other-language = English
