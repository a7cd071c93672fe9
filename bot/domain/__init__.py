"""The campaign's rules: who may do what and when, what a vote counts for, who leads.

Pure: no await, no database, no clock, no messenger. Facts come in as arguments, time and chance too; decisions go out
as values, one frozen dataclass per outcome in a closed union. Start at `votes.py`, the heart of the campaign, then
`calendar.py` (is it open now?) and `roles.py` (may they?). Storing what was decided: `bot/storage`. Wording it:
`locales/`, through `bot/wording`.
"""
