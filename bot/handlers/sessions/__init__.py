"""Strategic sessions: prepared in the moderator's own dialogue, held in a conversation.

For everybody: `joining.py` (consent, teams), `voting.py`, `quiz.py`, `works.py`. For those who lead: `opening.py` and
`arrangements.py`, `agenda.py` and `questions.py`, `teams.py` and `members.py`, `desk.py` (what may be done now) with
`acting.py` (doing it), `screen.py`, `protocol.py`. Who leads is asked in `access.py`. What the conversation is told
stands in `jobs/session_boards.py`: handlers change the session, its messages follow by themselves.
"""
