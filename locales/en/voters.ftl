vote-for-whom = Whom do you vote for? Type the participant's number, 12 digits, such as 1234-5678-9012.

# $name - shown name of the participant · $number - the ID · $municipality · $voter - by-profile: the voter's name is
# still on its way; as-shown · $seen_as - how the participant will see the voter
vote-confirm =
    Your vote goes to:
    { $name }
    { $number }, { $municipality }

    You have one vote in the whole campaign; it cannot be changed or withdrawn.
    { $voter ->
        [by-profile] The participant will see your first name and the initial from your profile.
       *[as-shown] The participant will see you as: { $seen_as }
    }

    Voting is free. Does somebody offer money for a vote? Report it with the button below.

# $state - counts, set-aside · $name, $number - of the participant · $moment - when it was cast · $code - the receipt
vote-receipt =
    { $state ->
        [set-aside] ⏸ The vote is set aside for a check.
       *[counts] ✅ The vote counts.
    }
    { $name }, { $number }
    { $moment }

    Receipt: { $code }
    You can check it on any day: “Check vote { $code }”.

# $name, $number - of the participant voted for first · $moment - when · $code - the receipt
vote-for-another =
    You have already voted, { $moment }: { $name }, { $number }. There is one vote in the whole campaign, it cannot be changed.

    Receipt: { $code }
vote-counted-pop-up = The vote counts
vote-own-number = This is your own number: you cannot vote for yourself. Send your link to those who support you.

# $number - the ID
vote-unclaimed = Number { $number } has been issued, but its pupil has not taken it yet, so nobody can vote for it now. If it is on your card, take it.
vote-not-confirmed = Only confirmed accounts vote in this campaign. How to confirm yours you learn at a service centre; the map has the addresses.
link-centres = Map of the centres

# $day - the first day
vote-not-yet = Voting begins on { $day }. The link will work then as well.

# $day - the last day
vote-closed = Voting ended on { $day }. The results are in the top 20.

offer-noted = Thank you, this has been kept and a coordinator will see it. No vote needs to be sold: voting is free.

check-which-receipt = Type the code of the receipt, 9 signs, such as K7M-2PX-94A.
receipt-mistyped = This is not the code of a receipt: it has 9 signs, as K7M-2PX-94A. Check it and type it again.

# $code - as typed
receipt-unknown = There is no receipt { $code }. Check the code: it stands in the message about your vote.

# $code · $day - when it was cast · $state - counts, set-aside
receipt-of-another = { $state ->
    [set-aside] Vote { $code } of { $day } is set aside for a check.
   *[counts] Vote { $code } of { $day } counts.
}

label-vote-for = Vote
label-cast-vote = Confirm
label-money-offer = Money is offered - report
label-vote-as-masked = Vote without my name
label-vote-as-name = Show my name
