# The daily top list, in conversations.

# $at - day and time at which it stood so · $lines - the places · $voting - "on" or "over"
top-of-the-morning = { $voting ->
    [over] Voting has ended. Top 20, { $at }:
   *[on] Top 20, { $at }:
}

    { $lines }
