# What a coordinator reads and presses: applications, decisions about classes, who has not reported.

phrase-applications = заявки | новые заявки
phrase-not-reported = кто не отчитался | не отчитались | кто не сдал | напомнить всем

coordinators-only = Этот раздел для координаторов. Если вас пригласили, введите код.
# $why - the reason's word in domain/roles.py
may-not = { $why ->
    [out_of_scope] Это не в вашей зоне: решает координатор другой школы или района.
    [own_application] Свою заявку рассматривает другой координатор.
    [own_class] О своём классе решает другой координатор.
    [own_number] О своём номере решает другой координатор.
    [own_school] О своей школе решает другой координатор.
    [scope_not_narrower] Координатора можно пригласить только в зону уже вашей.
    [municipality_needed] Выдающих подарки приглашают координаторы района и региона.
    [role_does_not_fit_scope] Такой роли здесь не бывает.
    [not_your_class] Это не ваш класс.
    [no_coordinator] Это может только координатор акции.
    [no_moderator] Сессию открывает координатор или подтверждённый преподаватель.
    [participant_cannot_teach] Вы участвуете в акции как ученик, поэтому преподавателем стать нельзя.
    [teacher_cannot_participate] Преподаватель не может занять номер участника.
   *[other] Это вам недоступно.
}
button-cancel = Отмена
button-confirm = Подтвердить
button-refuse = Отклонить

# --- applications

# $who - name and profile · $listed (number) - pupils of the class in the imported list, 0 if it does not say ·
# $issued, $of (numbers) - IDs issued in the school, pupils of it in the list
application-card =
    Заявка преподавателя
    { $who }
    { $school }
    Класс { $label }, { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    }{ $listed ->
        [0] {""}
       *[other] {" "}(по списку { $listed })
    }
    Номеров выдано школе: { $issued }{ $of ->
        [0] {""}
       *[other] {" "}из { $of } по списку
    }
    Подана { $at }
applications-none = Заявок, которые ждут решения, нет.
# $waiting (number)
applications-waiting = { $waiting ->
    [one] { $waiting } заявка ждёт решения
    [few] { $waiting } заявки ждут решения
   *[many] { $waiting } заявок ждут решения
}. Откройте, чтобы решить:
application-line = { $label }, { $school }
application-gone = Такой заявки нет.
refusal-reason = Почему отклонить заявку на { $label }? Напишите причину, преподаватель её прочитает.
# $state - confirmed, refused · $who decided · $applicant · $at
application-decided = { $state ->
    [confirmed] ✅ Заявка подтверждена: { $applicant }, { $label }, { $school }. Решение: { $who }, { $at }.
   *[refused] Заявка отклонена: { $applicant }, { $label }, { $school }. Решение: { $who }, { $at }. Причина: { $reason }
}

# --- notices

school-missing-notice =
    Преподаватель не нашёл свою школу: { $who }
    Пишет: { $described }
hand-over-notice =
    Просят передать класс { $label }, { $school }
    Кто просит: { $who }
    Сейчас преподаватель: { $teacher }
question-notice =
    Вопрос преподавателя: { $who }
    Класс { $label }, { $school }

    { $asked }
undo-notice =
    Просят снять отметку «{ $stage }»: { $label }, { $school }
    Кто просит: { $who }
low-attendance-notice =
    На уроке было меньше половины класса: { $attended } из { $pupils }
    { $label }, { $school }
    Преподаватель: { $who }
numbers-wanted-notice =
    Просят номера сверх { $most }: сейчас { $pupils }, нужно { $wanted }
    { $label }, { $school }
    Преподаватель: { $who }

# --- decisions about a class

button-accept = Согласиться
button-send-back = Вернуть отчёт
attendance-accepted = ✅ Отчёт принят: { $label }.
attendance-nothing-to-decide = { $label }: решать нечего, отчёт уже принят или снят.
undo-reason = Почему снять отметку «{ $stage }» ({ $label })? Напишите причину, преподаватель её прочитает.
undo-done = Отметка «{ $stage }» снята: { $label }. Преподавателю я написал.
button-grant = Дать номера
numbers-granted = ✅ { $label }: теперь номеров { $pupils }. Преподавателю я написал.
numbers-granted-already = { $label }: номеров уже { $pupils }, решать нечего.
numbers-denial-reason = Почему не дать номера ({ $label })? Напишите причину, преподаватель её прочитает.
numbers-denied = Отказ записан: { $label }. Преподавателю я написал.

# --- who has not reported

# $registered (number)
owing-which-stage = Кто не отчитался? Классов с преподавателем: { $registered }. Выберите отчёт:
owing-stage = { $stage }: { $owing }
owing-nobody = «{ $stage }»: отчитались все.
# $owing (number) · $lines - one class a line, longest silence first
owing-list =
    «{ $stage }»: не { $owing ->
        [one] отчитался { $owing } класс
        [few] отчитались { $owing } класса
       *[many] отчитались { $owing } классов
    }
    { $lines }
owing-line = { $label }, { $school }, { $settlement } — { $teacher }, молчит с { $day }
owing-which-municipality = «{ $stage }»: не отчитались по районам
owing-which-school = «{ $stage }»: не отчитались по школам
owing-place = { $name }: { $owing }
button-other-stage = Другой отчёт
button-by-municipality = По районам
button-by-school = По школам
button-everywhere = Все
