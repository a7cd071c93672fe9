# «Практика»: who of the class has done the practical task, by №.

phrase-practice = practice | practical task
practice-which-class = Practice. Which class?
practice-no-lesson = { $label }: practice is marked after the lesson. First mark in “Reports” that the lesson was held.
# $where - in_class, homework · $state - draft, saved, late · $done, $attended (numbers) · $places - № drawn together
practice-list =
    Practice: { $label }, { $where ->
        [in_class] in class
       *[homework] at home
    }{ $state ->
        [draft] {""}
        [late] . ✅ Saved, late
       *[saved] . ✅ Saved
    }
    Done: { $done } of { $attended }{ $done ->
        [0] {""}
       *[other] , № { $places }
    }
practice-not-done = Not done: № { $places }
# $attended (number)
practice-some-missed = { $attended ->
    [one] { $attended } pupil
   *[other] { $attended } pupils
} attended, not the whole class. Mark those who were away as not done.
# $next - class_draft, home_draft, saved
practice-what-next = { $next ->
    [class_draft] At first everybody is marked. Tap a № or write who has not done it, for example: not done: 3, 7, 12-15. Then press “Save”.
    [home_draft] Tap a № or write who has done it, for example: done: 3, 7, 12-15. You can go on another day.
   *[saved] To correct it, tap a № or write, for example: done: 3.
}
button-practice = Practice
button-practice-save = Save
# $whom - everybody, others
button-practice-all-done = { $whom ->
    [everybody] All have done it
   *[others] The others have done it
}
button-practice-rest-not-done = The others have not
practice-saved = ✅ Practice saved
# $done, $attended (numbers)
practice-too-many = { $done } marked, but { $attended } attended: mark who was away
# $at - when
practice-already-saved = The list was saved on { $at }, you can still correct it
practice-typed-wrong = Write № of the class list, 1 to { $most }, for example: not done: 3, 7, 12-15. Or tap them in the list.
# $places - № drawn together · $most - № of the last pupil · $known (number) - how many № besides were taken
practice-unknown-places = The class has no such №: { $places }. Its list has № 1 to { $most }{ $known ->
    [0] .
   *[other] , the rest is marked.
}
# $sheet - the list as it stands
practice-other-lesson =
    That button belongs to an earlier report of the lesson, which was undone. This is the list as it stands now.

    { $sheet }
# $practice - none, unseen (nothing marked), open, saved · $done, $attended (numbers)
practice-line = { $practice ->
    [unseen] ▫️ Practice is not marked
    [open] ▫️ Practice: { $done } of { $attended }
   *[saved] ✅ Practice: { $done } of { $attended }
}
