# The session's screen on a projector, and the refusals of the web pages.

screen-lost = no connection, trying again…
screen-gone = This address is no longer valid. The session's moderator has the new one.
screen-not-found = There is no such page.
screen-crowded = This screen is open too many times. Close some of the windows and reload the page.
screen-failed = Something went wrong. Reload the page in a minute.
screen-theme = Light or dark: key T
screen-full = Full screen: key F

# Joining

screen-join = To join, point your phone's camera at the code
screen-join-code = Join the session
# $count (number) - of people in the session, those without a team included
screen-joined = { $count ->
    [0] Nobody has joined yet
    [one] { $count } person has joined
   *[other] { $count } people have joined
}
screen-gathering = Teams are gathering
screen-gathered = The teams are set
screen-no-teams = Teams will appear here.
screen-team-size = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
screen-team-empty = nobody yet
screen-team-gone = The team is no more
# Somebody who chose not to be shown by name. $number - theirs in this session
screen-member-masked = Participant { $number }
# $teams, $people (numbers) - people who sit in one of the teams
screen-teams = { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
} with { $people ->
    [one] { $people } person
   *[other] { $people } people
}

# The stage and its timer

# $number, $of - of the agenda
screen-stage = Stage { $number } of { $of }
# $phase - quiz, work, presentation, vote, talk
screen-phase = { $phase ->
    [quiz] Questions
    [work] Team work
    [presentation] Presentations
    [vote] Vote
   *[talk] All together
}
# $time - when the timer ends: «14:35»
screen-until = until { $time }
screen-paused = Paused
screen-time-over = Time is up
screen-vote-over = The vote is closed
# Above or before the name of a team
screen-presenting = Presenting
screen-works = The teams' works
screen-work-picture = Photo of the work

# A vote

# $number - from 2 on: the vote is held again
screen-round = Round { $number }
# $left - how many have not voted · $of - how many may
screen-turnout = { $left ->
    [0] All { $of } have voted
    [one] { $left } of { $of } has not voted yet
   *[other] { $left } of { $of } have not voted yet
}
# $voted, $of - of those who could
screen-voted = { $voted ->
    [one] { $voted } of { $of } has voted
   *[other] { $voted } of { $of } have voted
}
screen-hidden = Who got how many votes will be shown when the vote is closed
# Above the numbers of `screen-ballots`
screen-legend = Votes of those possible
screen-legend-jury = Votes of jury and members, of those possible
# $could - how many could have voted for the team; 0: nobody
screen-ballots = { $could ->
    [0] { $ballots }
   *[other] { $ballots } of { $could }
}
# $place - from 1
screen-place = Place { $place }
# Teams that nothing tells apart. $first, $last - the places that they share
screen-place-shared = Places { $first }–{ $last }, shared
screen-place-short-shared = { $first }–{ $last }

# The quiz

# $number, $of - of the stage's questions
screen-question = Question { $number } of { $of }
# $count - of people who have answered
screen-answered = { $count ->
    [0] Nobody has answered yet
    [one] { $count } person has answered
   *[other] { $count } people have answered
}
# At the right option
screen-right = right
# $share - per cent of the answers
screen-right-share = Right answers: { $share }%
# $count - of answers · $share - per cent of all
screen-answers = { $count } · { $share }%

# The end

screen-results = Results
screen-no-results = There were no votes in this session.
