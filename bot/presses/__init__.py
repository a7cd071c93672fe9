"""What buttons carry and what dialogues wait for: typed payloads, where handlers, jobs and keyboards meet.

One module per conversation. A payload comes back from outside and may be forged: these types say only that it is well
formed; whether this person may do it, `domain/roles.py` says when it is pressed. A button's JSON has at most 255
characters, so payloads name things by their ids.
"""
