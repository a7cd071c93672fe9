# --- what comes by the clock

# $lines - the debts, one a line, each with a bullet · $more (number) - how many more there are that do not fit
reminder-of-several =
    A reminder:
    { $lines }{ $more ->
        [0] {""}
       *[other]
        {""}
        And { $more } more - the menu shows all of it.
    }
# $days (number) - 1 or 3
button-put-off = { $days ->
    [1] Tomorrow
   *[other] In { $days } days
}

# --- putting off; each is a pop-up of at most 90 characters

# $day - the local day on which it comes again
put-off-until = All right, I will remind you on { $day }.
put-off-nothing = There is nothing to put off: I have not reminded you of anything.
put-off-too-late = It is due already: it cannot be put off any further.
put-off-unknown = This reminder cannot be put off any more.

# --- «Reminders»

label-reminders = Reminders
# $lines - what comes, one kind a line
reminders-list =
    What I send by myself:
    { $lines }
# $role - teacher or coordinator
reminders-duties = { $role ->
    [teacher] • Reports, practice and the class's numbers: I remind until it is done. A button below the reminder puts it off.
   *[coordinator] • Applications without an answer: I remind until it is decided. A button below the reminder puts it off.
}
# $news - the kind's name · $state - on or off
reminders-news = { $state ->
    [on] • { $news }: on
   *[off] • { $news }: off
}
# $news - the kind's name
button-news-on = Switch on: { $news }
button-news-off = Switch off: { $news }
news-weekly-balance = Weekly balance
news-last-days = The last days of voting
news-digest = Daily digest
news-broadcasts = Broadcasts

# --- «Remind everybody»

button-remind-all = Remind everybody
button-to-list = To the list
# $moment - when it goes · $gets, $had_one, $unreachable (numbers) - teachers
remind-all-goes =
    A reminder to { $gets ->
        [one] { $gets } teacher
       *[other] { $gets } teachers
    }: { $moment }.{ $had_one ->
        [0] {""}
       *[other] {"\u000A"}Had a reminder on that day already: { $had_one }.
    }{ $unreachable ->
        [0] {""}
       *[other] {"\u000A"}Take no messages: { $unreachable }.
    }
    This list can be reminded once per working day.
remind-all-nobody = There is nobody to remind today: everybody on the list has had today's reminder or takes no messages.
remind-all-closed = The campaign is over and takes no more reports: it is too late for reminders.
