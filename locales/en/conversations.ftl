# Group conversations: everybody reads along.

# $title - of the campaign · $sessions - whether sessions are held: yes, no
conversation-joined =
    Hello! { $title }. Type “/top-20” or press the button to see who is ahead; a coordinator may have the list sent here every day.{ $sessions ->
        [yes] {" "}I also hold strategic sessions here: teams, a timer, votes, a screen for the projector; a coordinator or a teacher opens one by the button “New session”.
       *[no] {""}
    }
    I need no administrator's rights. I see only presses of my buttons and what is said to me: with an @mention or with “/” at the beginning; if I am given the right to see all messages, answers to mine as well. I neither read nor keep anything else.
conversation-privately = All I show here is the top 20, for everybody reads along. For the rest - a vote, a number, a balance, reports - write to me privately.
conversation-privately-pop-up = Only the top 20 here. For the rest, write to me privately.
conversation-failed = That did not work, and it is our mistake. Try again a little later.
link-private = Write privately
label-top-again = Refresh

# $at - the moment · $lines - the places
conversation-top =
    The top 20, { $at }:

    { $lines }
# $at - the moment
conversation-top-empty = The top 20, { $at }: nobody has a vote yet. The first place is free.
conversation-top-daily = The list comes here every morning.
conversation-top-on = The top 20 will come here every morning
conversation-top-on-already = The top 20 comes here every morning already
conversation-top-off = It comes no more. The list can be asked for at any time
conversation-top-off-already = The top 20 does not come here anyway
conversation-top-final = Voting is over: the list does not change any more
label-conversation-top-on = Send it every day
label-conversation-top-off = Send it no more

# $since - when it was chosen · $why - gone, moved, shut
conversation-closed = The conversation to which you asked on { $since } to have the top 20 sent every day takes no messages of the bot any more: { $why ->
    [gone] the bot is not in it, or the conversation is not there any more.
    [moved] it has moved to another messenger.
   *[shut] the community is not let write in it.
} The list is not sent there any more. If the bot is brought back, press “Send it every day” in the conversation again.
