"""What the bot knows: tables, and one module of questions and changes per subject.

Functions take the open connection first, are named like the question, and return frozen dataclasses. They run inside
somebody's transaction on the database thread: `database.py`. The tables are in `schema.py`, how they came about in
`migrations`. A rule that must never break is a constraint there; the code's own check only makes the answer kind.
"""
