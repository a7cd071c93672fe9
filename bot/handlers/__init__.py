"""Conversations: each reads what it needs, asks a rule, says the outcome. They know no messenger and not each other.

`voting` is for everybody: menu, consent, votes, participants, counts. `staff` is for teachers and coordinators.
`conversations` is what is said where others read along; all else is said to one person alone. A module collects its
handlers in a `router`; `app` joins the routers into one.
"""
