# «Рассылка»: whom, what, the preview, and how far it has come.

phrase-broadcast = broadcast | write to all
phrase-broadcasts = my broadcasts
phrase-broadcast-teachers = to teachers | write to teachers
phrase-broadcast-participants = to participants | write to participants
phrase-broadcast-coordinators = to coordinators | write to coordinators

label-broadcast = Broadcast
label-broadcasts = My broadcasts

broadcast-to-which-role = Whom do you want to write to? Choose whom the message concerns. Then you can take one municipality or one school.
# $role - teachers, participants, coordinators
button-broadcast-role = { $role ->
    [teachers] To teachers
    [participants] To participants
   *[coordinators] To coordinators
}

# $place - everywhere, scope, municipality, school · $name - of the municipality or school · $reports - in domain/broadcasts.py
broadcast-whom = { $role ->
    [teachers] teachers
    [participants] participants
   *[coordinators] coordinators
}{ $reports ->
    [no_documents] {" "}without the report “Documents received”
    [not_ready] {" "}without the report “Ready for the lesson”
    [not_held] {" "}without the report “Lesson held”
    [held] {" "}with the report “Lesson held”
   *[any] {""}
}, { $place ->
    [everywhere] the whole campaign
    [scope] your whole scope
   *[named] { $name }
}
# $earlier (number) - of the broadcast that did not reach them
broadcast-whom-again = those whom broadcast No. { $earlier } did not reach

# $whom - broadcast-whom · $reach - broadcast-reach
broadcast-addressed =
    To: { $whom }
    { $reach }
broadcast-reach = Gets it: { $people ->
    [one] { $people } person
   *[other] { $people } people
}
# numbers of people · $unreachable - take no messages · $muted - switched broadcasts off · $erased - had their data erased
broadcast-left-out = Will not get it: { $people }{ $unreachable ->
    [0] {""}
   *[other] {"\u000A"}• closed their messages: { $unreachable }
}{ $muted ->
    [0] {""}
   *[other] {"\u000A"}• switched broadcasts off: { $muted }
}{ $erased ->
    [0] {""}
   *[other] {"\u000A"}• deleted their data: { $erased }
}
broadcast-to-nobody = Nobody would get it now: choose others.

button-broadcast-write-first = Write the text
button-broadcast-to-preview = To the preview
button-broadcast-municipality = Municipality
button-broadcast-school = School
button-broadcast-everywhere = Whole scope
button-broadcast-reports = By report
button-broadcast-other-role = Another role

broadcast-which-municipality = Which municipality?
broadcast-which-school = Which school? Write its number or name, with the settlement if you like.
broadcast-which-reports = Which teachers? Classes count whose report is there, or not there yet.
# $so_far - in domain/broadcasts.py
button-broadcast-by-reports = { $so_far ->
    [no_documents] No “Documents received”
    [not_ready] No “Ready for the lesson”
    [not_held] No “Lesson held”
    [held] With “Lesson held”
   *[any] All
}

# $most (number) - signs
broadcast-write = Write the text of the message, up to { $most } characters. Everybody gets it as you send it.
broadcast-write-anew = The broadcast now says:
broadcast-write-anew-what =
    Send a new text, up to { $most } characters. Until you do, the old one stays.
broadcast-no-text = Only text can be sent to many: stickers, files and voice messages are not passed on. Write the message in words.
# $signs, $most (numbers)
broadcast-too-long = The text has { $signs } characters, { $most } fit. Shorten it and send it again. What you sent is still above, so you can copy it.
broadcast-files-left-out = Attachments are not sent, only the text is left.

broadcast-preview = Recipients will see:
# $timing - broadcast-goes-…
broadcast-preview-means =
    · · ·
    To: { $whom }
    { $reach }
    { $timing }
broadcast-takes = { $minutes ->
    [0] within a minute
    [1] within a minute
   *[other] in about { $minutes } minutes
}
# $takes - broadcast-takes · $at, $until - «12 ноября, 08:00»
broadcast-goes-now = Goes at once, { $takes }. Writing is allowed until { $until }.
broadcast-goes-later = Writing is not allowed now: it goes { $at }, { $takes }.
broadcast-goes-in-parts = Goes { $takes }, but writing is allowed only until { $until }: the others get it { $at }.

button-broadcast-send = Send
button-broadcast-try = Try it on myself
button-broadcast-text = Change the text
button-broadcast-whom = To whom
button-broadcast-discard = Discard
broadcast-tried = This is how recipients get it
broadcast-discarded = The draft is gone, nobody got anything.
broadcast-gone = You have no such broadcast.
broadcast-no-draft = This broadcast was sent off, it cannot be changed any more.

# $number - of the broadcast
broadcast-title = Broadcast No. { $number } to { $role ->
    [teachers] teachers
    [participants] participants
   *[coordinators] coordinators
}
# $state - in domain/broadcasts.py, or night · $until - «12 ноября, 08:00»
broadcast-stands = { $state ->
    [draft] Draft
    [listing] Listing its recipients
    [sending] On its way
    [night] Writing is not allowed now, I will send it { $until }
    [paused] Paused
    [cancelled] Stopped
   *[finished] Finished
}
# $people (number)
broadcast-count-delivered = Delivered: { $people }
broadcast-count-left = Left: { $people }
broadcast-count-refused = Not delivered: { $people }
broadcast-count-uncertain = Unknown whether delivered: { $people }
broadcast-count-muted = Switched broadcasts off: { $people }
broadcast-count-cancelled = Not sent: { $people }
button-broadcast-preview = To the preview
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-cancel = Stop
button-broadcast-missed = Whom it did not reach
button-broadcast-again = Once more to these
# $progress - what is known of it
broadcast-asks-to-go-on =
    The bot was not running, and the broadcast stopped. Go on?
    { $progress }

# $made (number) · $lines - one broadcast a line
broadcasts-listed = { $made ->
    [0] No broadcasts yet.
   *[other] Your broadcasts:
    { $lines }
}
# $at - when it was begun · $delivered, $listed (numbers)
broadcast-line = No. { $number }, { $at }, to { $role ->
    [teachers] teachers
    [participants] participants
   *[coordinators] coordinators
}: { $state ->
    [draft] draft
    [listing] listing recipients
    [sending] { $delivered } of { $listed } delivered
    [paused] paused, { $delivered } of { $listed } delivered
    [cancelled] stopped, { $delivered } of { $listed } delivered
   *[finished] { $delivered } of { $listed } delivered
}
button-broadcast-show = No. { $number }

# $people (number) · $lines - one person a line
broadcast-missed-list =
    Broadcast No. { $number }, not reached: { $people }
    { $lines }
broadcast-missed-nobody = Broadcast No. { $number }: there are no such recipients.
# $who - a name with the school, or the № and class of a participant · $why - unreachable, refused, uncertain
broadcast-missed-line = { $who } — { $why ->
    [unreachable] takes no messages from the community
    [uncertain] unknown whether it arrived
   *[refused] the message was not accepted
}
broadcast-missed-pupil = No. { $place }, { $label }, { $school }
broadcast-missed-adult = { $name }, { $school }
