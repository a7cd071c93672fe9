# Strategic sessions, for those who lead: agenda, teams, members, the desk, works, screen, protocol.

phrase-sessions = sessions | my sessions | strategic sessions
phrase-session-new = new session | session | start a session | strategic session
phrase-session-desk = desk | moderator's desk

label-sessions = Sessions
label-session-new = New session
button-session-home = To the session
button-session-desk = Moderator's desk
button-session-agenda = Agenda
button-session-teams = Teams
button-session-members = Members
button-session-works = Works
button-session-screen = Screen
button-session-settings = Settings
button-session-protocol = Protocol

session-how-to-open =
    A strategic session is held in a group conversation.

    1. Add me to the conversation. I need no administrator's rights.
    2. Press “New session” there or write “/session”.
    3. The settings and the desk come here.
session-switched-off = No sessions are held in this campaign.
session-open-already = A session is open in this conversation already. Finish it first.
session-opened-pop-up = The session is open. The settings and the desk are in your private dialogue.
session-opened = The session “{ $title }” is open: people can join in the conversation already.
# $day - «12 ноября»
session-usual-title = Session of { $day }
session-not-leader = This button is for the session's moderator.
sessions = Your sessions
# $state - preparing, running, finished
button-session = { $state ->
    [finished] Over
    [running] Running
   *[preparing] In preparation
}: { $title }

# numbers: $stages, $teams, $joined, $placed, $jurors, $helpers · yes or no: $has_conversation, $gathered, $hidden
session-home =
    “{ $title }”{ $has_conversation ->
        [yes] , conversation “{ $conversation }”
       *[no] {""}
    }{ $state ->
        [finished] . Over.
        [dropped] . Called off.
        [running] . Running.
       *[preparing] . In preparation.
    }

    Agenda: { $stages ->
        [0] empty so far
        [one] { $stages } stage
       *[other] { $stages } stages
    }
    Teams: { $teams }{ $gathered ->
        [yes] {" "}(set)
       *[no] {""}
    }
    Members: { $joined }, of them in teams { $placed }
    Jury: { $jurors }, helpers: { $helpers }
    Tallies: { $hidden ->
        [yes] hidden until the vote is closed
       *[no] on view at once
    }

# --- settings

# $tie_rule - shared, jury · yes or no: $hidden, $has_link
session-settings =
    Settings: “{ $title }”

    Tallies in the next vote: { $hidden ->
        [yes] hidden while the vote is open, from you as well
       *[no] on view for everybody at once
    }
    With equal votes: { $tie_rule ->
        [jury] the team with more of the jury's votes goes first
       *[shared] teams share the place
    }
    The QR code on the screen leads: { $has_link ->
        [yes] to the conversation, { $link }
       *[no] to me, to the private dialogue
    }
button-session-hidden = { $hidden ->
    [yes] Hide the tallies
   *[no] Show the tallies
}
button-session-ties = With equal votes: { $rule ->
    [jury] the jury decides
   *[shared] place shared
}
button-session-title = Title
button-session-link = Conversation link
button-session-drop = Call the session off
button-session-drop-sure = Yes, call it off
session-drop-sure = Call the session “{ $title }” off? It cannot be brought back.
session-has-begun = The session is running already. Finish it at the desk: “Announce the results”.
# $most (number) - signs
session-ask-title = The session is called “{ $title }” now. Send a new title, up to { $most } characters.
session-title-refused = That does not look like a title. Send one line, up to { $most } characters.
session-ask-link = Send the link that invites into the conversation: in VK it is “Пригласить по ссылке”, and it begins with https://vk.me/join/. The QR code on the screen will lead there.
session-link-refused = That is no invitation link. One looks like this: https://vk.me/join/…

# --- the agenda

# $lines - the stages
session-agenda = { $stages ->
    [0] The agenda is empty. Take the ready one (questions, two tasks with presentations and votes) or add stages of your own.
   *[other]
        Agenda

        { $lines }
}
session-agenda-line = { $number }. { $title } — { $time }
# $kind - quiz, task, talk · $main, $presentation, $vote (numbers) - minutes, 0: left out
session-stage-time = { $kind ->
    [task] { $main ->
        [0] {""}
       *[other] work { $main } min
    }{ $presentation ->
        [0] {""}
       *[other] { $main ->
            [0] {""}
           *[other] ,{" "}
        }presentations { $presentation } min each
    }{ $vote ->
        [0] {""}
       *[other] { $main ->
            [0] { $presentation ->
                [0] {""}
               *[other] ,{" "}
            }
           *[other] ,{" "}
        }vote { $vote } min
    }
   *[other] { $main } min
}
button-session-preset = Ready agenda
button-session-stage-add = Add a stage
button-session-stage-kind = { $kind ->
    [quiz] Questions: everybody alone
    [task] Task: work, presentations, vote
   *[talk] Talk or break
}
session-stage-which = Which stage to add?
session-stages-most = There are { $most } stages at most.
session-stage-usual-title = { $kind ->
    [quiz] Questions and answers
    [task] Task for the teams
   *[talk] The moderator speaks
}
# $has_task - yes, no
session-stage =
    Stage { $number }. “{ $title }”
    { $kind ->
        [quiz] Questions
        [task] Task for the teams
       *[talk] Talk or break
    }: { $time }{ $has_task ->
        [yes] {"\u000A"}{"\u000A"}{ $task }
       *[no] {""}
    }
session-stage-gone = This stage is not in the agenda any more.
session-stage-begun = This stage has begun already: it cannot be changed.
# $part - title, task, minutes
button-session-stage-part = { $part ->
    [title] Title
    [task] Text
   *[minutes] Minutes
}
button-session-stage-up = Up
button-session-stage-remove = Remove
button-session-stage-back = To the stage
# $title, $task (numbers) - signs
session-ask-stage = { $part ->
    [title] Send the stage's title, up to { $title } characters.
    [task] Send the text that I write into the conversation when the stage begins, up to { $task } characters.
   *[minutes] { $kind ->
        [task] Send the minutes as three numbers: work, each team's presentation, vote. For example: 25 5 5. Zero leaves a part out.
       *[other] How many minutes does the stage take? Send one number.
    }
}
session-stage-refused = { $part ->
    [title] That does not look like a title. Send one line, up to { $title } characters.
    [task] The text is empty or longer than { $task } characters. Send it again.
   *[minutes] { $kind ->
        [task] Three numbers from 0 to 240 are needed, at least one of them not zero. For example: 25 5 5.
       *[other] One number from 1 to 240 is needed.
    }
}
session-preset-1-title = Questions and answers
session-preset-1-task = A few questions to warm up. Everybody answers alone.
session-preset-2-title = What is in the way, and what to do?
session-preset-2-task = Find the problems and barriers in the way of introducing the electronic register and Sferum, and ways around them, for everybody who uses them. Name the risks and how to lower them.
session-preset-3-title = We plan the work
session-preset-3-task = Draw up a plan of work (a road map) for September to December: it has to overcome the barriers, bring the figures that are needed and work on afterwards.

# --- questions

session-questions = { $questions ->
    [0] No questions yet. Without them the stage is just a timer.
   *[other]
        Questions

        { $lines }
}
button-session-questions = Questions
button-session-question-add = Add a question
button-session-question-remove = Remove { $number }
button-session-questions-done = Done
# $most (number) - options
session-ask-question =
    Send the question and its options, each on a new line (up to { $most }). Mark the right one with a plus:

    Where is the class register kept?
    + In the electronic journal
    In the parents' chat
    On the blackboard
# $right - the right option · $has_right - yes, no · $number (number)
session-question-taken = Question { $number } is added{ $has_right ->
    [yes] , the right answer: “{ $right }”
   *[no] , without a right answer, as a poll
}. Send the next one or press “Done”.
# $why - no-options, too-many-options, two-right, too-long, option-twice, too-many · numbers: the limits
session-question-refused = { $why ->
    [no-options] A question and at least two options are needed, each on a new line.
    [too-many-options] There are { $options } options at most. Leave some out and send it again.
    [two-right] Several options are marked with a plus, and only one can be right. Send the question again.
    [too-long] Too long: a question has up to { $question } characters, an option up to { $option }.
    [option-twice] Two options are the same. Send the question again.
   *[too-many] A stage has { $most } questions at most.
}

# --- teams

# $teams, $teamless (numbers) · $lines - teams with sizes · $gathered - yes, no
session-teams = { $teams ->
    [0] No teams yet. Name them yourself, or let people write in the conversation: /team Eagles
   *[other]
        Teams{ $gathered ->
            [yes] {" "}are set
           *[no] {""}
        }

        { $lines }
}{ $teamless ->
    [0] {""}
    [one] {"\u000A"}{"\u000A"}Without a team: { $teamless } person
   *[other] {"\u000A"}{"\u000A"}Without a team: { $teamless } people
}
button-session-teams-add = Add teams
button-session-teams-back = To the teams
# $people (number)
button-session-split = Share out: { $people }
# $longest, $most (numbers)
session-ask-teams = Send the teams' names, each on a new line (up to { $longest } characters, up to { $most } teams). Or just a number: I will call them “Team 1”, “Team 2” and so on.
session-team-usual = Team { $number }
# $names - of members
session-team = { $people ->
    [0] { $team }: nobody yet
   *[other]
        { $team }: { $people ->
            [one] { $people } person
           *[other] { $people } people
        }
        { $names }
}
button-session-team-rename = Rename
button-session-team-remove = Delete the team
session-ask-team-name = Send a new name, up to { $longest } characters.

# --- members

# $only - all, teamless, roles · $lines - members
session-members = { $only ->
    [teamless] Without a team: { $people }
    [roles] Jury and moderators: { $people }
   *[all] Members: { $people }
}{ $people ->
    [0] {""}
   *[other] {"\u000A"}{"\u000A"}{ $lines }
}
# $name · $role - member, juror, helper, moderator · $placed - yes, no
session-member-line = { $name } — { $role ->
    [juror] jury
    [helper] helper
    [moderator] moderator
   *[member] { $placed ->
        [yes] { $team }
       *[no] no team
    }
}
session-member = { $name } — { $role ->
    [juror] jury: votes separately, has no team.
    [helper] helper: leads the session together with you, does not vote.
    [moderator] moderator.
   *[member] { $placed ->
        [yes] team “{ $team }”.
       *[no] no team.
    }
}
button-session-members-only = { $only ->
    [teamless] Without a team
    [roles] Jury, moderators
   *[all] All
}
button-session-move = Move
button-session-appoint = { $role ->
    [juror] Make a juror
    [helper] Make a helper
   *[member] Make a member
}
session-move-where = { $name }: move to which team?
session-move-vote-open = A vote is open: people can be moved after it.
session-move-voted-for = Not possible: this person has voted for this team in this session.
session-move-leads = Those who lead are in no team and do not vote.
session-move-juror = Jurors are in no team. First make this person a member again.
session-appoint-vote-open = A vote is open: roles can be changed after it.
session-only-moderator-appoints = Helpers are appointed by the moderator.

# --- the desk

# $standing - the step · numbers: $joined, $placed, $teams · $hint - none, agenda, teams · $gathered - yes, no
session-desk =
    { $state ->
        [finished] The session “{ $title }” is over.
       *[live] Desk: “{ $title }”
    }
    { $standing }

    Members: { $joined }, in teams { $placed }; teams with people: { $teams }{ $gathered ->
        [yes] {" "}(set)
       *[no] {""}
    }{ $hint ->
        [agenda] {"\u000A"}First make the agenda: “To the session” → “Agenda”.
        [teams] {"\u000A"}Tasks need at least two teams with people.
       *[none] {""}
    }
session-desk-before = Not begun yet.
session-desk-stale = The desk is up to date now: something has changed meanwhile.
# $phase - of the step that comes next · $stage - its title · $team - numbered
button-session-begin = { $phase ->
    [work] Work: { $stage }
    [presentation] Presentation: { $team }
    [vote] Open the vote
   *[other] Begin: { $stage }
}
# $act - in domain/sessions/course.py · $vote - whether a vote is open: yes, no
button-session-act = { $act ->
    [gather] The teams are set
    [begin] Next
    [to-vote] Straight to the vote
    [pause] Pause
    [resume] Resume
    [extend] { $vote ->
        [yes] +2 minutes (once)
       *[no] +5 minutes
    }
    [end] { $vote ->
        [yes] Close in a minute
       *[no] End
    }
    [new-round] New round
    [ask] Next question
    [reveal] Show the answers
   *[finish] Announce the results
}
session-finish-sure = Announce the results and finish the session? Nothing can be changed afterwards.
button-session-finish-sure = Yes, announce them
button-session-finish-not = Not yet

# --- works, screen, protocol

session-works = { $works ->
    [0] No works yet. Members send photos to the conversation with the caption “/work”, or to me privately.
   *[other]
        The teams' works, newest first

        { $lines }
}
# yes or no: $has_text, $has_picture, $shown
session-work-line = { $number }) { $team } · { $time }, { $sender } · “{ $stage }”{ $has_picture ->
    [yes] {" "}· photo
   *[no] {""}
}{ $shown ->
    [yes] {" "}· on the screen
   *[no] {""}
}{ $has_text ->
    [yes] {"\u000A"}{ $text }
   *[no] {""}
}
button-session-work-show = { $shown ->
    [yes] Show { $number }
   *[no] Take { $number } off the screen
}
button-session-works-again = Refresh
session-screen =
    The page for the projector is for you only, do not send it to the conversation:
    { $address }
session-screen-none = The screen is not set up: whoever installed the bot sets the pages' address (UGUBOT_WEB_URL).
link-session-screen = Open the screen
button-session-screen-renew = New address
# $kind - xlsx, pdf
session-protocol = { $kind ->
    [xlsx] The protocol as a spreadsheet, with the log of ballots.
   *[pdf] The protocol for printing.
}
session-protocol-file = Protocol. { $title }.{ $kind }
session-protocol-failed = The file could not be made. Press “Protocol” once more.
session-protocol-vote-open = A vote is open: the protocol comes when it is closed.
session-protocol-nothing = The session has not begun: there is nothing to record.

# $deed - what was done; the other variables as it needs them, "" where it does not
session-deed = { $deed ->
    [open] The session was opened.
    [retitle] New title: “{ $title }”.
    [link] The link to the conversation was set.
    [rules] Rules of the vote: the tallies are { $hidden ->
        [0] on view at once
       *[1] hidden
    }; with equal votes { $tie_rule ->
        [jury] the jury decides
       *[shared] the place is shared
    }.
    [drop] The session was called off.
    [agenda] The agenda was changed: “{ $stage }”.
    [question] A question was added: “{ $text }”.
    [question-removed] A question was taken out: “{ $text }”.
    [teams] Teams added: { $teams }.
    [team-made] The team “{ $team }” was made.
    [team-renamed] The team “{ $before }” was renamed “{ $team }”.
    [team-removed] The team “{ $team }” was deleted.
    [split] Members shared out among the teams: { $people }.
    [move] { $who }: moved to the team “{ $team }”{ $moved ->
        [yes] {" "}from “{ $before }”
       *[no] {""}
    }.
    [appoint] { $who }: { $role ->
        [juror] appointed to the jury
        [helper] appointed a helper
       *[member] a member again
    }.
    [gather] The teams were set ({ $teams }).
    [begin] Begun: “{ $stage }”{ $phase ->
        [work] , team work
        [presentation] , presentation of “{ $team }”
        [vote] , the vote is open
       *[other] {""}
    }.
    [to-vote] The vote was opened without the presentations that were left: “{ $stage }”.
    [new-round] A new round of the vote was opened: “{ $stage }”.
    [warned] Announced: 5 minutes left.
    [pause] Paused, minutes left: { $left }.
    [resume] Resumed until { $until }.
    [extend] { $running ->
        [yes] Extended until { $until }.
       *[no] Extended.
    }
    [end] Ended early.
    [end-vote] Announced: the vote closes in a minute, at { $until }.
    [over] Time was up.
    [ask] A question was asked: “{ $text }”.
    [reveal] The answers were shown.
    [show] The work of the team “{ $team }” was shown on the screen.
    [hide] The work of the team “{ $team }” was taken off the screen.
    [screen] The screen got a new address.
    [left] The bot lost the conversation, the timer was stopped.
    [returned] The bot is back in the conversation.
   *[finish] The results were announced.
}
