"""A strategic session in a conversation: who sits in which team, how it goes stage by stage, whose ballot counts.

Pure, as everything in `domain`. Start at `course.py`: where a session stands and what its moderator may do next.
`agenda.py`: the stages. `teams.py`: joining, moving, splitting. `ballots.py`: one ballot per account and round, never
for one's own team. `results.py`: tallies, places, ties, the hash of the log. `quizzes.py`: questions and answers.
`screen.py`: what the room sees. Storing it: `storage/session_*.py`; the source of the rules is document 003.
"""
