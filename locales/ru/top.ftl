# The daily top list, in conversations.

# $at - day and time at which it stood so · $lines - the places · $voting - "on" or "over"
top-of-the-morning = { $voting ->
    [over] Голосование закончилось. Топ-20, { $at }:
   *[on] Топ-20, { $at }:
}

    { $lines }
