"""What everybody meets: menu and help, the consent, votes and their receipts, a participant's ID and balance, counts.

One module per conversation; `unclear.py` answers what nothing else understands. How their buttons are labelled is in
`buttons.py`. The rules are in `domain`: start at `domain/votes.py` and `domain/claims.py`.
"""
