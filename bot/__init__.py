"""A chat bot for schools: teachers report lessons, pupils claim an ID and gather votes, adults vote once.

Start at `app.py`, which puts the parts together; the rules are in `domain`, the conversations in `handlers`.
"""
