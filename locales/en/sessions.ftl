# Strategic sessions, for everybody: joining, teams, ballots, the quiz, handing work in. Pop-ups have 90 signs at most.

phrase-session-team = team | new team
phrase-session-forget = forget me
phrase-session-work = work | our work | hand in work

button-session-join = Join
button-session-join-unnamed = Join without a name
button-session-work = Hand in work
button-session-forget = Forget me
button-session-forget-sure = Yes, forget me
link-conversation = Open the conversation

session-none-here = There is no session here. A coordinator or a teacher opens one by “New session”.
session-elsewhere = This button is not from here, or is out of date.
session-is-over = This session is over.
session-link-over = This session is over, so nobody can join it any more. If you are expected in another one, ask its moderator for a new link.
session-join-first = First press “Join” below the message about the session.

# $number - of the team, a text · $name - of the team
session-team-numbered = { $number }. { $name }
# $number - of the member, a text
session-member-masked = Participant { $number }

# $title - of the session · $days (number) - until the data go
session-notice =
    The strategic session “{ $title }”.

    By pressing “Join” you agree that the bot keeps the first name and the initial of the last name from your profile, your team and what you do in this session. The name is seen by those who take part: on the screen, in lists, in the protocol. Who voted for whom is shown to nobody. The data are deleted after { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, or earlier if you ask: “Forget me”.

# $gathered - whether teams are fixed already: yes, no
session-joined = { $gathered ->
    [yes] You are in. The teams are set already: the moderator will put you in one of them.
   *[no] You are in. Now choose a team by a button below.
}
# $team - its name
session-joined-in-team = You are in the session already, in the team “{ $team }”.
# $role - juror, helper, moderator
session-joined-role = { $role ->
    [juror] You are on the jury: you have no team and vote separately.
    [helper] You help to lead the session: you have no team and do not vote.
   *[moderator] You lead this session: you have no team and do not vote.
}
session-erased = You deleted your data, so you cannot take part in this session again.
session-team-chosen = You are in the team “{ $team }”.
session-team-late = The teams are set already. The moderator will put you in one of them.
session-team-fixed = You are in “{ $team }”. Teams are set: only the moderator moves you.
session-team-gone = This team is no more. Choose another.
session-team-made = Team “{ $team }” is made, you are in it. Others join by its button.
session-team-how-to-make = Write the name after the word “team”, for example: /team Eagles
session-team-no-name = Send the names, each on a new line. Or just the number of teams.
# $name - its beginning · $most (number)
session-team-too-long = “{ $name }…” is too long: a name has at most { $most ->
    [one] { $most } sign
   *[other] { $most } signs
}.
session-team-twice = There is a team “{ $name }” already. Choose another name.
# $count - how many there would be, a text · $most (number)
session-teams-too-many = That would make { $count } teams, and there may be { $most } at most.
session-teams-gathered-already = The teams are set already: no new ones are made.

# $name · $role - member, juror, helper, moderator · $team · $placed, $gathered - yes, no
session-entered = { $role ->
    [juror] { $name }, you are on the jury of the session “{ $title }”: you vote in the conversation, apart from the teams.
    [helper] { $name }, you help to lead the session “{ $title }”.
    [moderator] { $name }, you lead the session “{ $title }”.
   *[member] { $name }, you are in the session “{ $title }”{ $placed ->
        [yes] , team “{ $team }”
       *[no] {""}
    }. { $gathered ->
        [yes] { $placed ->
            [yes] Tasks and votes are in the session's conversation.
           *[no] The teams are set already: the moderator will put you in one of them.
        }
       *[no] { $placed ->
            [yes] You can change it until the teams are set.
           *[no] Choose a team; you can change it until the teams are set.
        }
    }
}

session-forget-sure = Shall I forget you in all sessions? Your name and the link to you are deleted; the ballots you cast stay in the count without a name. You will not be able to join these sessions again.
session-forgotten = Done: your name and the link to you are deleted from the sessions.

# --- ballots

session-ballot-taken = Your vote counts: “{ $team }”.
session-ballot-taken-before = Your vote counts already: “{ $team }”.
session-ballot-closed = This vote is closed.
session-ballot-other = You have voted already: “{ $team }”. It cannot be changed.
session-ballot-not-entitled = Only those vote who were in a team when the vote opened.
session-ballot-own-team = You cannot vote for your own team. Choose another.

# $verdict - taken, closed, already-voted, not-entitled, own-team; everybody reads it, so it names no team
session-ballot-answered-openly = { $verdict ->
    [taken] Your vote is taken. Update the app, and only you will see the answer.
    [closed] This vote is closed.
    [already-voted] You have voted already, and a vote cannot be changed.
    [own-team] Nobody votes for their own team.
   *[not-entitled] Those vote who were in a team when the vote opened.
}

# --- the quiz

# $option - its number, a text
session-answer-taken = Your answer counts: { $option }.
session-answer-before = You have answered already: { $option }. It cannot be changed.
session-answer-taken-openly = Your answer is taken. Update the app, and only you will see this.
session-answer-closed = Answers to this question are not taken any more.
session-answer-leads = The moderator and the helpers do not answer questions.

# --- works

session-work-how = Send a photo here with the caption “/work”. Or write to the bot privately.
session-work-ask = Send a photo of your team's work, or its text in one message. It comes onto the screen when the moderator shows it.
session-work-no-team = Works are handed in by members of a team, and you are in none yet.
session-work-no-stage = Works are taken while a stage goes on. There is nothing to hand in yet.
session-work-empty = Send a photo or a text, for example a photo captioned “/work”, or “/work Our plan: …”
session-work-taken = The work of the team “{ $team }” is handed in.
session-work-lost = The file could not be loaded. Please send the photo again.
