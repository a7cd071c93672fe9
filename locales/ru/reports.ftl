# «Отчётность»: three reports on a class, the lesson's questions, undoing.

stage-documents = Документы получены
stage-ready = Готовность к уроку
stage-held = Урок проведен

reports-which-class = Отчётность. По какому классу?
# $due - documents, ready, held, practice, none · $lines - a line per report
reports-board =
    Отчётность: { $label }, { $school }
    { $lines }

    { $due ->
        [documents] Получили материалы и номера? Нажмите «Документы получены».
        [ready] Материалы прочитаны и понятны, есть компьютерный класс или практика пойдёт на дом? Нажмите «Готовность к уроку».
        [held] После урока нажмите «Урок проведен».
        [practice] Все отчёты сделаны, спасибо! Осталось отметить, кто выполнил практику: нажмите «Практика».
       *[none] Все отчёты сделаны, спасибо!
    }
report-line-due = ▫️ { $stage }
# $late, $waits - true, false
report-line-done = ✅ { $stage } — { $day }{ $late ->
    [true] {" "}(с опозданием)
   *[false] {""}
}{ $waits ->
    [true] , ждёт согласия координатора
   *[false] {""}
}
button-stage-done = ✅ { $stage }
report-made = { $late ->
    [true] «{ $stage }» отмечено, с опозданием
   *[false] ✅ «{ $stage }» отмечено
}
report-already = «{ $stage }» отмечено { $at }
report-first = Сначала отметьте «{ $stage }»
report-not-yet = Отчётность откроется { $day }
report-over = Акция закончилась { $day }, отчёты больше не принимаются
button-undo = Отменить отметку
report-undone = Отметка «{ $stage }» снята
report-nothing-to-undo = Такой отметки нет: её уже сняли.
report-undo-later-first = Сначала нужно снять отметку «{ $stage }»: она сделана позже.
report-undo-too-late = Снять отметку «{ $stage }» самому можно 15 минут. Теперь это может сделать координатор.
button-ask-undo = Попросить координатора
undo-asked = Попросил координатора снять отметку. Когда он это сделает, я напишу.
button-question = Есть вопрос
question-write = Напишите вопрос координатору. Класс и школу я укажу сам.
question-passed-on = Передал вопрос координатору, он ответит вам в личных сообщениях.

# --- the lesson

lesson-which-day = { $label }: в какой день прошёл урок?
lesson-today = Сегодня
lesson-yesterday = Вчера
button-other-day = Другой день
lesson-other-day = Выберите день урока или напишите его, например: 12 ноября.
lesson-day-unclear = Не понял день. Напишите, например: 12 ноября, или выберите на кнопках.
lesson-in-future = Этот день ещё не наступил. В какой день прошёл урок?
lesson-outside = Уроки проходят с { $first } по { $last }. В какой день прошёл урок?
# $least, $most (numbers)
lesson-how-many = Урок { $day }. Сколько учеников было? Напишите число от { $least } до { $most }.
lesson-attendance-wrong = Нужно число от { $least } до { $most }: не меньше, чем учеников с номером, и не больше, чем в классе.
button-everybody-came = Все, { $count }
lesson-practice = На уроке { $attended ->
    [one] был { $attended } ученик
    [few] было { $attended } ученика
   *[many] было { $attended } учеников
}. Где делали практику?
button-practice-in_class = На уроке
button-practice-homework = На дом

# --- from the coordinator

attendance-accepted-notice = { $label }: координатор согласился с числом учеников на уроке, отчёт принят.
undo-done-notice =
    { $label }: координатор снял отметку «{ $stage }».
    Причина: { $reason }
