# What a teacher reads and presses: the application, the classes, the numbers, the parents' consents.

phrase-become-teacher = я учитель | я преподаватель | стать учителем | учитель | преподаватель
phrase-add-class = добавить класс | ещё класс
phrase-my-classes = мои классы | мой класс | классы | номера участников | номера класса
phrase-reports = отчётность | отчёт | отчеты | отчитаться | документы получены | готовность к уроку | урок проведен

# $name, $settlement, $municipality
school-line = { $name }, { $settlement } ({ $municipality })
# $name · $profile - address of the messenger's profile
person-with-profile = { $name } ({ $profile })
person-nameless = человек без имени в профиле
person-operator = организаторы акции

# --- application

apply-find-school =
    Найдём вашу школу. Напишите её номер или название и населённый пункт, например: школа 5 Ставрополь.
apply-find-school-again = Напишите номер или название школы и населённый пункт, например: лицей 2 Невинномысск.
apply-school-in-words = Напишите школу словами: номер или название и населённый пункт.
# $words - what was looked for
schools-none = По запросу «{ $words }» ничего не нашлось. Попробуйте короче: только номер школы и населённый пункт.
# $found (number) · $lines - the schools of this page, one a line
schools-found =
    { $found ->
        [one] Нашлась { $found } школа
        [few] Нашлись { $found } школы
       *[many] Нашлось { $found } школ
    }. Выберите свою:
    { $lines }
button-school-missing = Моей школы нет
button-find-again = Искать ещё раз
button-other-school = Другая школа
school-missing-describe = Напишите район, населённый пункт и название школы. Я передам координатору, он добавит школу в список.
school-missing-told = Передал координатору. Когда школа появится в списке, начните заявку снова: «Я учитель».
# $contact - of the operator
nobody-to-tell = Координатора здесь пока нет. Напишите организаторам: { $contact }.
# $school · $kind - school, college, university, preschool, extracurricular
apply-which-class =
    { $school }

    { $kind ->
        [school] Какой класс? Напишите, например: 9А.
        [college] Какая группа? Напишите, например: ИС-21.
        [university] Какая группа? Напишите, например: ИС-21.
       *[other] Напишите группу.
    }
apply-not-a-class = { $kind ->
    [school] Не похоже на класс. Напишите цифру и букву, например: 9А.
   *[other] Не похоже на группу. Напишите её название, например: ИС-21.
}
# $grade (number)
apply-grade-refused = В акции участвуют 9-11 классы, а это { $grade } класс. Напишите другой класс.
apply-organisation-refused = Эта организация не участвует в акции: участвуют школы, колледжи и вузы. Выберите другую.
# $label - of the class · $most (number)
apply-how-many = { $label }. Сколько учеников? Напишите число от 1 до { $most }.
apply-pupils-wrong = Нужно число от { $least } до { $most }. Если учеников больше, дополнительные номера согласует координатор после подтверждения.
# $school, $label · $pupils (number) · $state - waiting (a coordinator decides), confirmed (at once)
apply-check =
    Проверьте:
    { $school }
    Класс: { $label }
    { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    }

    { $state ->
        [confirmed] Вы приглашены в эту школу: номера придут сразу.
       *[waiting] Заявку рассмотрит координатор. Он увидит ваше имя и ссылку на профиль.
    }
button-apply = { $state ->
    [confirmed] Получить номера
   *[waiting] Отправить заявку
}
button-other-class = Другой класс
button-change-pupils = Изменить число
button-apply-again = Подать новую заявку
button-add-class = Добавить класс
apply-sent = ✅ Заявка отправлена: { $label }, { $school }. Когда координатор ответит, я сразу напишу.
apply-sent-to-nobody = ✅ Заявка принята: { $label }, { $school }. Координатора у школы пока нет; если ответа долго не будет, напишите организаторам: { $contact }.
apply-participant = Вы участвуете в акции как ученик, поэтому преподавателем стать нельзя.
apply-closed-for-you = Ваши заявки отклонили три раза, новую подать нельзя. Координатор может пригласить вас кодом. Вопросы: { $contact }.
apply-not-yet = Регистрация преподавателей откроется { $day }.
apply-over = Регистрация преподавателей закончилась { $day }.
# $state - confirmed, waiting
apply-already = { $state ->
    [confirmed] { $label } — уже ваш класс.
   *[waiting] Заявка на { $label } уже отправлена, ждём ответа координатора.
}
apply-class-taken = У класса { $label } уже есть преподаватель. Если класс теперь ваш, попросите координатора передать его.
apply-class-requested = Заявку на { $label } уже подал другой преподаватель, её рассматривает координатор.
button-ask-hand-over = Попросить передать класс
hand-over-asked = Передал координатору вашу просьбу. Он свяжется с вами или с нынешним преподавателем.
# $reason - as the coordinator wrote it · $left (number) - applications that may still be made
application-refused =
    Заявка отклонена: { $label }, { $school }.
    Причина: { $reason }

    { $left ->
        [0] Новую заявку подать нельзя. Вопросы: { $contact }.
        [one] Можно подать ещё { $left } заявку.
        [few] Можно подать ещё { $left } заявки.
       *[many] Можно подать ещё { $left } заявок.
    }

# --- the beginning of a class

# $label, $school · $info - the campaign's site
class-confirmed =
    ✅ Класс подтверждён: { $label }, { $school }.

    Ниже — материалы урока и номера участников. На уроке каждый ученик приносит свои документы для регистрации на портале и вводит данные сам: собирать и пересылать их не нужно. Номера раздаются по списку класса, имена учеников сюда писать не надо.
    Подробности: { $info }
# $title - of the file
package-file = { $title }
package-file-failed = Не получилось приложить файл «{ $title }». Нажмите кнопку, пришлю ещё раз.
button-package-again = Прислать материалы ещё раз
button-package = Материалы урока
# $info - the campaign's site
what-pupils-bring =
    Что нужно на уроке: каждый ученик приносит свои документы для регистрации на портале и вводит данные сам. Вам их собирать и пересылать не нужно.
    Номера раздаются по списку класса, имена учеников сюда писать не надо.
    Подробности: { $info }
# $label · $issued (number) · $lines - one number a line
numbers-issued =
    Номера участников, { $label }: { $issued }
    { $lines }
# $place (number) - № in the class list · $number
number-new = № { $place }: { $number }
number-line = № { $place } · { $number } · { $state }
number-free = свободен
number-taken = занят ✅
number-taken-by = { $name } ✅
numbers-list =
    Номера участников, { $label }. Занято { $taken } из { $issued }:
    { $lines }
numbers-file = Номера участников, { $label }: таблица со ссылками для карточек.
numbers-file-title = Номера участников { $label }
numbers-file-heading = Номера участников: { $label }, { $school }
numbers-column-place = №
numbers-column-number = Номер участника
numbers-column-link = Ссылка
numbers-column-state = Кто занял
numbers-file-failed = Не получилось приложить таблицу. Номера — в сообщении; нажмите кнопку, пришлю таблицу ещё раз.
button-file-again = Прислать таблицу ещё раз
button-numbers = Номера участников
button-numbers-file = Прислать таблицей
button-more-numbers = Ещё номера
# $free (number) - how many can be had without asking
numbers-how-many-more = { $label }: сейчас { $pupils }. Сколько номеров добавить? { $free ->
    [0] Больше — только с согласия координатора.
   *[other] Сразу могу дать до { $free }, больше — с согласия координатора.
}
numbers-more-wrong = Напишите, сколько номеров добавить: число от 1 до { $most }.
numbers-not-yet = Номера начнут действовать { $day }, тогда и добавим.
numbers-over = Регистрация участников закончилась { $day }, новые номера не нужны.
numbers-asked = В акции на класс даётся до { $most } номеров, вам нужно { $pupils }. Спросил координатора; ответит — сразу напишу.
numbers-denied-notice =
    { $label }: дополнительные номера не согласованы.
    Причина: { $reason }

# --- my classes

not-your-class = Это не ваш класс. Свои — в «Мои классы».
classes-none = Классов пока нет. Подайте заявку: найдём школу, класс и число учеников.
classes-listed =
    Мои классы
    { $lines }
class-name = { $label }, { $school }
# $practice - none (no lesson yet), unseen (nothing marked), open, saved · $done, $attended (numbers)
class-line =
    { $label }, { $school }: занято номеров { $claimed } из { $issued }, { $votes ->
        [one] { $votes } голос
        [few] { $votes } голоса
       *[many] { $votes } голосов
    }, отчётов { $reported } из 3{ $practice ->
        [none] {""}
        [unseen] , практика не отмечена
       *[known] , практика: { $done } из { $attended }
    }
class-waiting-line = { $label }, { $school }: заявка у координатора
button-to-class = Класс { $label }
# $due - documents, ready, held, none
class-card =
    { $label }, { $school }
    Учеников: { $pupils }
    Номеров выдано: { $issued }, занято: { $claimed }
    Голосов: { $votes }
    Отчётов: { $reported } из 3{ $practice ->
        [none] {""}
        [unseen] , практика не отмечена
       *[known] , практика: { $done } из { $attended }
    }

    { $due ->
        [documents] Дальше: отметьте в «Отчётности», что документы получены.
        [ready] Дальше: отметьте готовность к уроку.
        [held] Дальше: после урока отметьте, что он проведен.
       *[none] { $practice ->
            [saved] Все отчёты сделаны, спасибо!
           *[other] Дальше: отметьте, кто выполнил практику.
        }
    }

# --- parents' consents

button-parent-consent = Согласие родителей
# $ticked, $issued (numbers) · $places - the № that have it
consents-listed =
    Согласие родителей, { $label }: { $ticked ->
        [0] пока ни одного из { $issued }.
       *[other] { $ticked } из { $issued }, № { $places }.
    }
    Пока согласия нет, ученик младше 18 лет показан без имени. Бумага остаётся в школе.

    Напишите №, у кого согласие есть, например: 3, 5, 7-9. Или нажмите.
consents-ticked = { $count ->
    [one] ✅ Отмечено согласие: № { $places }.
   *[other] ✅ Отмечены согласия: № { $places }.
} Можно написать ещё №.
consents-typed-wrong = Напишите № из списка класса, от 1 до { $most }, например: 3, 5, 7-9.
button-consents-more = Весь список
button-consent-undo = Снять отметку № { $place }
