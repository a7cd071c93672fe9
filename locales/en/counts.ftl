count-of-whom = Whose count? Type the participant's number, 12 digits.

# $name - shown name · $number - the ID · $municipality · $votes (number)
count =
    { $name }
    { $number }, { $municipality }

    { $votes ->
        [one] { $votes } vote
       *[other] { $votes } votes
    }

# $number - the ID
number-free-to-claim = Number { $number } is free: its pupil has not taken it yet. Is it on your card?
number-revoked = Number { $number } has been revoked.
number-unknown = Number { $number } has not been issued. Check the digits.

# $lines - the places
top =
    The top 20 now:

    { $lines }

# $place (number) · $name - as agreed to be published · $votes (number)
top-line = { $place }. { $name } - { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}
top-empty = Nobody has a vote yet. The first place is free.
