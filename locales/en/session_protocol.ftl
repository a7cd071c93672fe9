# The protocol of a strategic session: a spreadsheet and a PDF. No-break spaces keep “no.” with its number.

protocol-heading = Protocol of a strategic session
# $session - what the session is called
protocol-heading-named = Protocol of a strategic session: { $session }
# $day - "12 November" · $year - four digits
protocol-held-on = { $day } { $year }
# At the foot of a page. $session - what the session is called · $date - of the session · $page, $pages - numbers
protocol-page = Page { $page } of { $pages }
protocol-foot = { $session } · { $date }

# Sheets of the spreadsheet and sections of the PDF alike: at most 31 signs.
protocol-results = Results
protocol-stages = Stages
protocol-votes = Votes
protocol-teams = Teams
protocol-acts = Acts
protocol-log = Log of ballots

# $fact - what is named beside it
protocol-fact = { $fact ->
    [date] Date
    [conversation] Conversation
    [moderator] Moderator
    [helpers] Helpers
    [jury] Jury
    [opened] Opened
    [finished] Finished
    [took-part] Took part
    [hash] Hash of the log
   *[recount] How to recount
}

# $column - of a table
protocol-column = { $column ->
    [place] Place
    [team] Team
    [team-number] Team no.
    [ballots] Ballots
    [could-vote] Could vote
    [jury] Jury's ballots
    [jury-could] Jury could vote
    [stage] Stage
    [round] Round
    [round-id] Round in the log
    [kind] What
    [title] Title
    [words] Text
    [began] Began
    [ended] Ended
    [outcome] Outcome
    [member-number] Member no.
    [member] Member
    [number] No.
    [time] Time
    [who] Who
    [act] Act
    [voter] Voter
    [team-id] Team in the log
    [voter-kind] Whose ballot
    [instant] Instant (UTC)
    [line] Line
    [cast] Ballots
   *[hash] Hash
}

# $teams, $members (numbers)
protocol-took-part = { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
}, { $members ->
    [one] { $members } member
   *[other] { $members } members
}

# $name - of a team · $number - by which its button is known
protocol-team = { $name } (no. { $number })
# $members (number)
protocol-team-heading = No. { $number }. { $name } — { $members ->
    [one] { $members } member
   *[other] { $members } members
}
protocol-team-empty = No. { $number }. { $name } — no members

# $first, $last - places that teams share
protocol-place-shared = { $first }–{ $last }
# $teams - "Rocket (no. 1), Falcon (no. 4)"
protocol-tied = Places { $first }–{ $last } are shared by { $teams }.
protocol-no-votes = There were no votes in this session.
# $ballots, $could - of jurors
protocol-jury-share = { $ballots } of { $could }

# $number - of the stage in the agenda
protocol-stage = Stage { $number }. { $title }
# $kind - quiz, task, talk, question, work
protocol-kind = { $kind ->
    [quiz] Quiz
    [task] Team work
    [talk] Talk or break
    [question] Question
   *[work] A team's work
}
# $kind - in words · $began, $ended - "12 November, 14:05"
protocol-stage-held = { $kind }. Began: { $began }. Ended: { $ended }.
protocol-stage-open = { $kind }. Began: { $began }. Its end is not on record.
protocol-stage-not-held = { $kind }. The stage was not held.
protocol-not-held = not held
protocol-task = Task: { $task }

# $text - of the question
protocol-question = Question { $number }. { $text }
# $text - of the option · $answers (number) · $share - per cent of all answers
protocol-option = { $text } — { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
} ({ $share }%)
protocol-option-right = ✓ { $text } — { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
} ({ $share }%)
protocol-share-right = Right answers: { $share }%.

# A team's work. $by - who sent it · $at - "12 November, 14:05" · $shown, $picture - yes, no
protocol-work = { $name } (no. { $number }) · { $by } · { $at } · { $shown ->
    [yes] shown on the screen{ $picture ->
        [yes] , with a photo
       *[no] {""}
    }
   *[no] not shown{ $picture ->
        [yes] , with a photo
       *[no] {""}
    }
}
protocol-work-state = { $shown ->
    [yes] shown on the screen{ $picture ->
        [yes] , with a photo
       *[no] {""}
    }
   *[no] not shown{ $picture ->
        [yes] , with a photo
       *[no] {""}
    }
}

# A round of a vote. $number - within its stage · $standing - only, last, earlier
protocol-round = { $standing ->
    [only] Vote
    [last] Vote, round { $number } (it counts)
   *[earlier] Vote, round { $number } (it does not count: the vote was repeated)
}
# $opened, $closed - "12 November, 14:05" · $tallies - hidden, live · $rule - shared, jury
protocol-round-rules = Opened: { $opened }. Closed: { $closed }. While it was open, the tallies were { $tallies ->
    [hidden] hidden
   *[live] on view
}. With equal ballots, { $rule ->
    [jury] the team with more of the jury's ballots goes first
   *[shared] teams share the place
}.
# $voted, $electors, $members, $jurors (numbers): members of teams and jurors make up the electors
protocol-round-turnout = Entitled: { $members ->
    [one] { $members } member
   *[other] { $members } members
}{ $jurors ->
    [0] {""}
    [one] { " " }and { $jurors } juror
   *[other] { " " }and { $jurors } jurors
}. Voted: { $voted } of { $electors }.
# presses by reason (numbers) · $total - all of them
protocol-round-refused = { $total ->
    [0] No presses were refused.
   *[other] Refused presses: vote closed — { $closed }, ballot cast already — { $already }, not entitled — { $entitled }, own team — { $own }.
}

# Who did what happened by itself: a timer ended.
protocol-by-itself = the bot

protocol-log-empty = The log is empty: there were no votes.
# $sheet - of the spreadsheet · $column - of that sheet
protocol-recount = The log is in the protocol's spreadsheet, sheet “{ $sheet }”, column “{ $column }”, from top to bottom. Each round begins with the hash of the one before (64 zeros for the first), and its ballots follow in order: round, number, voter, team, member or jury, instant in UTC. Take the line with the hash and the round's lines below it, end each with a line feed (LF) and compute the SHA-256 of this text in UTF-8: it is the round's hash, which stands in the next line. If a single ballot is altered, the hash of its round and all later ones change.
protocol-sign-missing = The sign □ stands for signs that this file's font lacks. The protocol's spreadsheet has them.
