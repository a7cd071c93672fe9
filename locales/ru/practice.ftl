# «Практика»: who of the class has done the practical task, by №.

phrase-practice = практика | отметить практику | практическая работа
practice-which-class = Практика. В каком классе?
practice-no-lesson = { $label }: практику отмечают после урока. Сначала отметьте в «Отчётности», что урок проведен.
# $where - in_class, homework · $state - draft, saved, late · $done, $attended (numbers) · $places - № drawn together
practice-list =
    Практика: { $label }, { $where ->
        [in_class] на уроке
       *[homework] на дом
    }{ $state ->
        [draft] {""}
        [late] . ✅ Сохранено, с опозданием
       *[saved] . ✅ Сохранено
    }
    Выполнили { $done } из { $attended }{ $done ->
        [0] {""}
       *[other] : № { $places }
    }
practice-not-done = Не выполнили: № { $places }
# $attended (number)
practice-some-missed = На уроке было { $attended ->
    [one] { $attended } ученик
    [few] { $attended } ученика
   *[many] { $attended } учеников
}, не весь класс. Кого не было, отметьте как не выполнивших.
# $next - class_draft, home_draft, saved
practice-what-next = { $next ->
    [class_draft] Сначала отмечены все. Нажмите № или напишите, кто не выполнил, например: не выполнили: 3, 7, 12-15. Потом нажмите «Сохранить».
    [home_draft] Нажмите № или напишите, кто выполнил, например: выполнили: 3, 7, 12-15. Отмечать можно в разные дни.
   *[saved] Поправить можно так же: нажмите № или напишите, например: выполнили: 3.
}
button-practice = Практика
button-practice-save = Сохранить
# $whom - everybody, others
button-practice-all-done = { $whom ->
    [everybody] Все выполнили
   *[others] Остальные выполнили
}
button-practice-rest-not-done = Остальные не выполнили
practice-saved = ✅ Практика сохранена
# $done, $attended (numbers)
practice-too-many = Отмечено { $done }, а на уроке было { $attended }: отметьте, кого не было
# $at - when
practice-already-saved = Список сохранён { $at }, его можно поправить
practice-typed-wrong = Напишите № из списка класса, от 1 до { $most }, например: не выполнили: 3, 7, 12-15. Или нажмите их в списке.
# $places - № drawn together · $most - № of the last pupil · $known (number) - how many № besides were taken
practice-unknown-places = Таких № в классе нет: { $places }. В списке № от 1 до { $most }{ $known ->
    [0] .
   *[other] , остальное отмечено.
}
# $sheet - the list as it stands
practice-other-lesson =
    Та кнопка — от прежней отметки урока, её сняли. Вот нынешний список.

    { $sheet }
# $practice - none, unseen (nothing marked), open, saved · $done, $attended (numbers)
practice-line = { $practice ->
    [unseen] ▫️ Практика не отмечена
    [open] ▫️ Практика: { $done } из { $attended }
   *[saved] ✅ Практика: { $done } из { $attended }
}
