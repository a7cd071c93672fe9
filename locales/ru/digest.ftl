# «Сводка», its picture, and what comes to coordinators by the clock: the digest, applications that wait.

phrase-summary = сводка | статистика | итоги дня

# --- summary

# $documents, $ready, $held (numbers) with their per cent · $unreachable (number) - teachers who take no messages
summary =
    Сводка на { $at }
    Классов с преподавателем: { $registered }
    Документы получены: { $documents } ({ $documents-percent } %)
    Готовы к уроку: { $ready } ({ $ready-percent } %)
    Урок проведен: { $held } ({ $held-percent } %)
    Практика отмечена: { $practice }
    Участников: { $participants }
    Голосов: { $votes }
    Заявок ждут решения: { $waiting }{ $unreachable ->
        [0] {""}
       *[other] {"\u000A"}Преподавателей, которым не доходят сообщения: { $unreachable }
    }
button-picture = Картинкой
button-by-place = По муниципалитетам
summary-no-classes = Пока ни у одного класса нет преподавателя, рисовать нечего.
summary-picture = Сводка на { $at }
# $lines - one municipality a line
summary-by-place =
    По муниципалитетам: классов → документы → готовы → урок проведен
    { $lines }
summary-by-place-none = Пока ни в одном муниципалитете нет класса с преподавателем.
summary-place = { $name }: { $registered } → { $documents } → { $ready } → { $held }
button-to-summary = К сводке

# --- its picture

funnel-file = svodka.png
funnel-heading = Обучающие уроки
funnel-everywhere = Вся акция
# $step - registered, or the report's word in domain/reports.py
funnel-step = { $step ->
    [registered] Классов с преподавателем
    [documents] Документы получены
    [ready] Готовы к уроку
   *[held] Урок проведен
}
funnel-share = { $percent } %
funnel-failed = Картинку сейчас сделать не получилось.

# --- schools without a teacher

# $found (number) · $lines - one school a line
schools-without =
    { $found ->
        [one] { $found } школа
        [few] { $found } школы
       *[many] { $found } школ
    } без подтверждённого преподавателя
    { $lines }
schools-without-none = В каждой школе есть подтверждённый преподаватель.
school-without = { $name }, { $settlement }
button-schools-without = Школы без преподавателя

# --- the digest

# $parts - the digest's lines, an empty one between what changed, what stands, who is late and what failed
digest =
    Итоги на { $day }

    { $parts }
# One line a change; the numbers may be 0, then the whole line is left out.
digest-classes = Новых классов: { $count }
digest-documents = Документы получены: +{ $count }
digest-ready = Готовы к уроку: +{ $count }
digest-held = Урок проведен: +{ $count }
digest-participants = Новых участников: { $count }
digest-votes = Новых голосов: { $count }
digest-owing = Ещё не отчитались, классов: документы — { $documents }, готовность — { $ready }, урок — { $held }
digest-schools-without = Школ без подтверждённого преподавателя: { $count }
# $duty - the key of what is late · $names - up to three, longest late first · $more (number) - how many besides
digest-late = { $duty ->
    [documents] Опаздывают с отметкой «Документы получены»
    [ready] Опаздывают с отметкой «Готовность к уроку»
    [held] Опаздывают с отметкой «Урок проведен»
    [practice] Опаздывают с практикой
    [claims] Не все номера заняты
   *[other] Опаздывают с отчётом
}: { $count } ({ $names }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
})
digest-late-name = { $name }, { $label }, { $school }
digest-refused = Не приняли сообщение: { $count ->
    [one] { $count } преподаватель
    [few] { $count } преподавателя
   *[many] { $count } преподавателей
}
digest-unreachable = Сообщения не доходят до { $count ->
    [one] { $count } преподавателя
   *[other] { $count } преподавателей
}. Попросите написать боту или разрешить сообщения от сообщества.

# --- applications that wait

# $day - when it was made
application-unanswered = Заявка ждёт решения с { $day }: { $label }, { $school }
button-application = Заявка: { $label }, { $school }
# $count (number), more than three · $day - when the oldest was made
applications-unanswered = { $count ->
    [one] { $count } заявка ждёт решения
    [few] { $count } заявки ждут решения
   *[many] { $count } заявок ждут решения
}, самая давняя — с { $day }.
