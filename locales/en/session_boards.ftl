# What a session's conversation is told; everybody reads along.

# $leader - who leads · $days, $joined, $placed (numbers) · $state - preparing, running, finished, dropped
session-card = { $state ->
    [finished] The strategic session “{ $title }” is over.
    [dropped] The strategic session “{ $title }” has been called off.
   *[live]
        The strategic session “{ $title }”
        Moderator: { $leader }

        By pressing “Join” you agree that the bot keeps the first name and the initial of the last name from your profile, your team and what you do in this session. The name is seen by those who take part: on the screen, in lists, in the protocol. Who voted for whom is shown to nobody. The data are deleted after { $days ->
            [one] { $days } day
           *[other] { $days } days
        }, or earlier if you ask: write “forget me” to me privately.

        Joined: { $joined }, in teams: { $placed }.
}
# $lines - teams with sizes
session-teams-choose =
    Choose a team. To name one of your own: /team Eagles

    { $lines }
session-teams-chosen =
    The teams are set:

    { $lines }
# $team - numbered · $people (number)
session-team-size = { $team } — { $people ->
    [0] nobody yet
    [one] { $people } person
   *[other] { $people } people
}
session-gathered = The teams are set: { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
}. From now on only the moderator moves people between them.

# $number, $of - texts · $title - of the stage · $phase - quiz, work, presentation, vote, talk · $team - numbered
session-step = Stage { $number } of { $of }. “{ $title }”{ $phase ->
    [work] : team work
    [presentation] : the team “{ $team }” presents
    [vote] : vote
   *[other] {""}
}
# $state - running, paused, over, closed · $until - «14:05» · $minutes (number)
session-timer = { $state ->
    [running] Time: until { $until }.
    [paused] Paused, { $minutes ->
        [one] { $minutes } minute left
       *[other] { $minutes } minutes left
    }.
    [closed] The vote is closed.
   *[over] Time is up.
}
# $open - yes, no · $step - session-step · $timer - session-timer · $has_task - yes, no
session-begun =
    { $step }
    { $timer }{ $has_task ->
        [yes] {"\u000A"}{"\u000A"}{ $task }
       *[no] {""}
    }{ $phase ->
        [quiz] {"\u000A"}{"\u000A"}Everybody answers alone: press a button below the question. One answer a question.
        [work] {"\u000A"}{"\u000A"}When it is done, send a photo here with the caption “/work” or press “Hand in work”.
       *[other] {""}
    }
# $deed - warned, pause, resume, extend, end, end-vote, over · $until - «14:05» · $minutes (number) · $running - yes, no
session-said = { $deed ->
    [warned] 5 minutes left.
    [pause] Paused, { $minutes ->
        [one] { $minutes } minute left
       *[other] { $minutes } minutes left
    }.
    [resume] We go on: until { $until }.
    [extend] { $running ->
        [yes] More time: until { $until }.
       *[no] More time is given.
    }
    [end-vote] The vote closes in a minute. If you have not voted, now is the time.
    [end] We end this part early.
   *[over] { $phase ->
        [vote] The vote is closed.
       *[other] Time is up.
    }
}

# --- a vote

session-vote =
    { $step }, round { $round }
    { $timer }

    { $open ->
        [yes] Which team gets your vote? One person, one vote: not for your own team, and it cannot be changed.
       *[no] The teams of this round:
    }
session-vote-teams = { $lines }
# $team - numbered · $ballots, $jury (numbers) · $with_jury - yes, no
session-vote-live = { $team } — { $ballots ->
    [one] { $ballots } vote
   *[other] { $ballots } votes
}{ $with_jury ->
    [yes] , jury: { $jury }
   *[no] {""}
}
# $left (number) - have not voted · $of - of so many, a text
session-vote-turnout = { $left ->
    [0] Everybody has voted: { $of } of { $of }.
    [one] { $left } of { $of } has not voted yet.
   *[other] { $left } of { $of } have not voted yet.
}
# $voted (number) · $of - a text
session-vote-closed = { $voted ->
    [one] { $voted } of { $of } has voted.
   *[other] { $voted } of { $of } have voted.
}
# $first, $last - places, texts · $kind - single, shared · $could, $jury_could - how many could have voted, texts
session-place = { $kind ->
    [shared] Places { $first }–{ $last } (shared):
   *[single] Place { $first }:
} “{ $team }” — { $ballots ->
    [one] { $ballots } vote
   *[other] { $ballots } votes
} of { $could } possible{ $with_jury ->
    [yes] ; jury { $jury } of { $jury_could }
   *[no] {""}
}
session-result =
    Results of the vote. “{ $stage }”, round { $round }

    { $lines }

    { $voted ->
        [0] Nobody has voted, so this round has no places.
        [one] { $voted } of { $of } has voted.
       *[other] { $voted } of { $of } have voted.
    } Hash of the log of ballots: { $hash }
# $voted - whether there was any vote: yes, no
session-final = { $voted ->
    [yes]
        The session “{ $title }” is over. Overall results:

        { $lines }

        Hash of the log of ballots: { $hash }. The moderator has the protocol. Thank you all!
   *[no] The session “{ $title }” is over. The moderator has the protocol. Thank you all!
}
session-dropped = The session “{ $title }” has been called off.

# --- the quiz

# $number, $of - texts · $text - of the question
session-question =
    Question { $number } of { $of }
    { $text }
session-option = { $number }. { $text }
session-answered = Answered: { $people }
# $right - yes, no
session-option-counted = { $right ->
    [yes] ✅ { $text } — { $people }
   *[no] • { $text } — { $people }
}
session-question-right = Right answers: { $share }%.

# --- coming and going

conversation-returned = Here again. The session “{ $title }” goes on from where it was: its messages are below, the timer waits for “Resume”.
# $why - removed, gone, moved, shut
conversation-session-left = The session “{ $title }”: { $why ->
    [removed] the bot was removed from the conversation.
    [gone] the bot is not in the conversation, or the conversation is not there any more.
    [moved] the conversation has moved to another messenger.
   *[shut] the community is not let write in the conversation.
} The timer is stopped, nothing is lost. If the bot is brought back into the conversation, the session goes on from where it was; the protocol can be had even now.
