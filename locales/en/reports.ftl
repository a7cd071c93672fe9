# “Reports”: three reports on a class, the lesson's questions, undoing.

stage-documents = Documents received
stage-ready = Ready for the lesson
stage-held = Lesson held

reports-which-class = Reports. For which class?
# $due - documents, ready, held, practice, none · $lines - a line per report
reports-board =
    Reports: { $label }, { $school }
    { $lines }

    { $due ->
        [documents] Do you have the files and the numbers? Press “Documents received”.
        [ready] Are the files read and clear, is there a computer room or does the practice go home? Press “Ready for the lesson”.
        [held] After the lesson press “Lesson held”.
        [practice] All reports are made, thank you! What is left is who has done the practical task: press “Practice”.
       *[none] All reports are made, thank you!
    }
report-line-due = ▫️ { $stage }
# $late, $waits - true, false
report-line-done = ✅ { $stage } - { $day }{ $late ->
    [true] {" "}(late)
   *[false] {""}
}{ $waits ->
    [true] , waits for the coordinator's yes
   *[false] {""}
}
button-stage-done = ✅ { $stage }
report-made = { $late ->
    [true] “{ $stage }” is reported, late
   *[false] ✅ “{ $stage }” is reported
}
report-already = “{ $stage }” was reported { $at }
report-first = First report “{ $stage }”
report-not-yet = Reports open on { $day }
report-over = The campaign ended on { $day }, reports are no longer taken
button-undo = Undo the report
report-undone = “{ $stage }” is undone
report-nothing-to-undo = There is no such report: it was undone before.
report-undo-later-first = First “{ $stage }” has to be undone: it came later.
report-undo-too-late = You can undo “{ $stage }” for 15 minutes. Now the coordinator can.
button-ask-undo = Ask the coordinator
undo-asked = I asked the coordinator to undo it, and will write when it is done.
button-question = I have a question
question-write = Write your question to the coordinator. I will add class and school.
question-passed-on = I passed the question on to the coordinator, who will answer in a private message.

# --- the lesson

lesson-which-day = { $label }: on which day was the lesson?
lesson-today = Today
lesson-yesterday = Yesterday
button-other-day = Another day
lesson-other-day = Choose the lesson's day or write it, for example: 12 November.
lesson-day-unclear = I did not understand the day. Write, for example: 12 November, or press a button.
lesson-in-future = That day has not come yet. On which day was the lesson?
lesson-outside = Lessons are held from { $first } to { $last }. On which day was the lesson?
# $least, $most (numbers)
lesson-how-many = The lesson of { $day }. How many pupils came? Write a number from { $least } to { $most }.
lesson-attendance-wrong = A number from { $least } to { $most } is needed: no fewer than pupils with a number, no more than in the class.
button-everybody-came = All { $count }
lesson-practice = { $attended ->
    [one] { $attended } pupil was
   *[other] { $attended } pupils were
} at the lesson. Where was the practice done?
button-practice-in_class = In class
button-practice-homework = At home

# --- from the coordinator

attendance-accepted-notice = { $label }: the coordinator accepted the number of pupils at the lesson; the report is taken.
undo-done-notice =
    { $label }: the coordinator undid “{ $stage }”.
    Reason: { $reason }
