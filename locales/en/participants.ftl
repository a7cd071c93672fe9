claim-which-number = Type the number on your card, 12 digits. The teacher hands the cards out.

# $number - the ID · $link - the voting link
claimed =
    ✅ Number { $number } is yours now.

    • Your voting link, send it to family and friends: { $link }
    • Votes, УГУ and your place are behind the button “Balance”.
    • On Fridays I write how many votes you have, and on the last three days of voting I remind you of it.

    Are you 18 or older? It decides how others see you.
claim-unknown = Number { $number } has not been issued. Check the digits on the card and type it again.
claim-taken = Number { $number } is taken. If it is on your card, tell the teacher. Or check the digits and type it again.
claim-revoked = Number { $number } has been revoked. Ask the teacher for a new one and type it.

# $time - when it opens again
claim-locked = Too many wrong numbers in a row. You can take a number again at { $time }: have the card at hand and check the digits.

# $number - the own ID
claim-has-another = You already have a number: { $number }. You cannot take a second. If it is not yours, tell the teacher.
claim-teacher = You take part as a teacher, so you cannot take a participant's number.

# $day - the first day
claim-not-yet = Participants' numbers can be taken from { $day }.

# $day - the last day
claim-closed = Registration of participants ended on { $day }.
not-a-participant = This is for participants, and you have no number yet. Do you have a card with 12 digits? Press “I am a participant”.

# $number - the ID · $votes (number) · $place, $above (number) - mine and the one before it · $moment - of the latest
# vote · $next (number) - votes to the place above, 0 in the first place
balance =
    Balance: { $votes } UGU

    Place { $place }: { $votes ->
        [one] { $votes } vote, received { $moment }
       *[other] { $votes } votes, reached { $moment }
    }; { $next ->
        [0] nobody is ahead
        [one] { $next } vote to place { $above }
       *[other] { $next } votes to place { $above }
    }.
    Your number: { $number }
balance-empty =
    Balance: 0 UGU

    No votes yet, so no place either. Send your link to family and friends.
    Your number: { $number }

# $days (number) - after today · $day - the last one
voting-open = { $days ->
    [0] Today is the last day of voting.
    [one] { $days } day of voting is left: it goes on until { $day }.
   *[other] { $days } days of voting are left: it goes on until { $day }.
}

# $day - the first day
voting-not-yet = Voting begins on { $day }.

# $day - the last day
voting-closed = Voting ended on { $day }.

my-link = Forward the next message to family, neighbours, friends - it has your link. Every adult has one vote, and it is free.

# $title - of the campaign · $link - the voting link · $day - the last day of voting
link-to-forward =
    Support me: { $title }. Open the link and press “Confirm”, it is free and takes a minute:
    { $link }

    Voting goes on until { $day }.

no-voters-yet = Nobody has voted for you yet. Send your link to family and friends.

# $page, $pages (number) · $lines - the votes
my-voters =
    Who voted for you{ $pages ->
        [1] {":"}
       *[other] {" "}(page { $page } of { $pages }):
    }
    { $lines }

# $moment · $voter - as they chose to be shown
voter-line = { $moment } - { $voter }

label-claim = This is my number
label-newer = ‹ Newer
label-older = Older ›
label-age-adult = I am 18 or older
label-age-minor = I am under 18
