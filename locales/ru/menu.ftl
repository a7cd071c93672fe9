# $title - of the campaign
greeting =
    Здравствуйте! { $title }.

    Здесь голосуют за участников, участники следят за своими голосами, а преподаватели отчитываются об уроках. Выберите, что нужно, на кнопках внизу.
menu = Выберите, что нужно, на кнопках внизу.
back = Вернулись в меню. Выберите, что нужно, на кнопках внизу.
language-changed = Говорим по-русски.

# $operator, $contact - who runs the campaign and how to reach them
help =
    Что здесь можно:

    Всем: «Топ-20» и счёт любого участника — напишите «Счёт» и номер из 12 цифр.
    Проголосовать: откройте ссылку участника или напишите «Голосовать» и его номер. У каждого один голос на всю акцию.
    Участнику: «Я участник» — занять номер с карточки. Потом «Баланс», «Моя ссылка», «Кто за меня голосовал».
    Преподавателю: «Я учитель» — заявка, номера для класса, «Отчётность».
    О себе: «Настройки», «Мои данные», «Удалить мои данные».

    «Меню» и «Назад» работают всегда. Вопросы по акции: { $operator }, { $contact }.
link-about = Об акции

label-menu = Меню
label-help = Помощь
label-settings = Настройки
label-applications = Заявки
label-not-reported = Кто не отчитался
label-summary = Сводка
label-invitations = Приглашения
label-reports = Отчётность
label-my-classes = Мои классы
label-teacher = Моя заявка
label-become-teacher = Я учитель
label-become-participant = Я участник
label-enter-code = У меня есть код
label-balance = Баланс
label-my-link = Моя ссылка
label-my-voters = Кто за меня голосовал
label-vote-for-whom = Голосовать
label-top = Топ-20
label-count = Счёт участника
label-check-vote = Проверить голос
