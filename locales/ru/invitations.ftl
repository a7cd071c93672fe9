# One-time invitation codes: accepting, issuing, revoking.

phrase-enter-code = у меня есть код | ввести код | код | приглашение
phrase-invitations = приглашения | пригласить

# $role - coordinator, teacher, issuer, school_reporter · $place
grant-region = { $role ->
    [coordinator] координатор региона
   *[other] роль в регионе
}
grant-municipality = { $role ->
    [coordinator] координатор: { $place }
   *[other] роль: { $place }
}
grant-school = { $role ->
    [coordinator] координатор школы { $place }
    [teacher] преподаватель школы { $place }
    [school_reporter] ответственный за отчётность школы { $place }
   *[other] роль в школе { $place }
}

invitation-enter = Напишите код приглашения, например: A2C3-E4H5-K6M7-P8T9.
invitation-mistyped = Код не подходит: проверьте знаки и напишите ещё раз. В нём 16 букв и цифр.
invitation-unknown = Такого кода нет. Проверьте знаки и напишите ещё раз или попросите новый у того, кто пригласил.
# $grant - role and place · $inviter · $until
invitation-shown =
    Вас приглашают: { $grant }
    Кто приглашает: { $inviter }
    Код действует до { $until }

    Принять?
button-accept-invitation = Принять
invitation-accepted = ✅ Готово: вы { $grant }. { $role ->
    [teacher] Добавьте класс, и номера придут сразу.
   *[other] Начните с заявок.
}
invitation-taken-notice = Приглашение принято: { $who } — { $grant }.
invitation-taken = Этот код уже использован { $at }. Попросите новый.
invitation-just-taken = Этот код только что использовал другой человек. Попросите новый.
invitation-yours-already = Вы уже приняли это приглашение { $at }.
invitation-revoked = Это приглашение отозвали. Попросите новый код.
invitation-expired = Срок кода истёк { $at }. Попросите новый.
invitation-own = Пригласить самого себя нельзя.

# --- issuing

# $issued (number) · $lines - one invitation a line, newest first
invitations-listed = { $issued ->
    [0] Приглашений пока нет. Кого пригласить?
   *[other] Ваши приглашения ({ $issued }):
}
    { $lines }
# $number - of the invitation · $state - waiting, taken, revoked, expired · $who took it
invitation-line = { $number }. { $grant } — { $state ->
    [taken] принял(а) { $who }
    [revoked] отозвано
    [expired] срок истёк
   *[waiting] ждёт до { $until }
}
button-invite-teacher = Пригласить преподавателя
button-invite-municipality = Координатор района
button-invite-school = Координатор школы
button-revoke = Отозвать { $number }
# $role - coordinator, teacher
invite-which-school = { $role ->
    [coordinator] Координатор какой школы?
   *[teacher] Преподаватель какой школы?
} Напишите номер или название и населённый пункт.
invite-which-municipality = Координатор какого района?
# $code, $link
invitation-issued =
    Приглашение: { $grant }
    Код: { $code }
    Ссылка: { $link }

    Передайте код или ссылку одному человеку: сработает один раз, до { $until }. Когда примут, я напишу кто.
invitation-is-revoked = Приглашение отозвано, код больше не действует.
invitation-revoked-too-late = Отозвать нельзя: приглашение уже приняли или отозвали раньше.
