# The summary, its picture, and what comes to coordinators by the clock: the digest, applications that wait.

phrase-summary = summary | statistics

# --- summary

# $documents, $ready, $held (numbers) with their per cent · $unreachable (number) - teachers who take no messages
summary =
    Summary of { $at }
    Classes with a teacher: { $registered }
    Documents received: { $documents } ({ $documents-percent } %)
    Ready for the lesson: { $ready } ({ $ready-percent } %)
    Lesson held: { $held } ({ $held-percent } %)
    Practice marked: { $practice }
    Participants: { $participants }
    Votes: { $votes }
    Applications waiting: { $waiting }{ $unreachable ->
        [0] {""}
       *[other] {"\u000A"}Teachers whom messages do not reach: { $unreachable }
    }
button-picture = As a picture
button-by-place = By municipality
summary-no-classes = No class has a teacher yet, so there is nothing to draw.
summary-picture = Summary of { $at }
# $lines - one municipality a line
summary-by-place =
    By municipality: classes → documents → ready → lesson held
    { $lines }
summary-by-place-none = No municipality has a class with a teacher yet.
summary-place = { $name }: { $registered } → { $documents } → { $ready } → { $held }
button-to-summary = To the summary

# --- its picture

funnel-file = summary.png
funnel-heading = Lessons
funnel-everywhere = The whole campaign
# $step - registered, or the report's word in domain/reports.py
funnel-step = { $step ->
    [registered] Classes with a teacher
    [documents] Documents received
    [ready] Ready for the lesson
   *[held] Lesson held
}
funnel-share = { $percent } %
funnel-failed = The picture could not be made just now.

# --- schools without a teacher

# $found (number) · $lines - one school a line
schools-without =
    { $found ->
        [one] { $found } school
       *[other] { $found } schools
    } without a confirmed teacher
    { $lines }
schools-without-none = Every school has a confirmed teacher.
school-without = { $name }, { $settlement }
button-schools-without = Schools without a teacher

# --- the digest

# $parts - the digest's lines, an empty one between what changed, what stands, who is late and what failed
digest =
    Digest of { $day }

    { $parts }
# One line a change; the numbers may be 0, then the whole line is left out.
digest-classes = New classes: { $count }
digest-documents = Documents received: +{ $count }
digest-ready = Ready for the lesson: +{ $count }
digest-held = Lesson held: +{ $count }
digest-participants = New participants: { $count }
digest-votes = New votes: { $count }
digest-owing = Not reported yet, classes: documents — { $documents }, readiness — { $ready }, lesson — { $held }
digest-schools-without = Schools without a confirmed teacher: { $count }
# $duty - the key of what is late · $names - up to three, longest late first · $more (number) - how many besides
digest-late = { $duty ->
    [documents] Late with “Documents received”
    [ready] Late with “Ready for the lesson”
    [held] Late with “Lesson held”
    [practice] Late with practice
    [claims] IDs not yet claimed
   *[other] Late with a report
}: { $count } ({ $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
})
digest-late-name = { $name }, { $label }, { $school }
digest-refused = Did not take a message: { $count ->
    [one] { $count } teacher
   *[other] { $count } teachers
}
digest-unreachable = Messages do not reach { $count ->
    [one] { $count } teacher
   *[other] { $count } teachers
}. Please ask them to write to the bot, or to allow the community's messages.

# --- applications that wait

# $day - when it was made
application-unanswered = An application has been waiting since { $day }: { $label }, { $school }
button-application = Application: { $label }, { $school }
# $count (number), more than three · $day - when the oldest was made
applications-unanswered = { $count ->
    [one] { $count } application waits
   *[other] { $count } applications wait
} for a decision, the oldest since { $day }.
