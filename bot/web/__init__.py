"""The bot's own web pages: so far the session's screen, for a projector.

Reads through what it is given and changes nothing; knows no database, no messenger and no handler. Start at
`screens.py`: what is at which address. `server.py` serves it, `guard.py` gives every answer its headers. `feeds.py`
keeps watchers up to date; `scenes.py` and `bars.py` say what is drawn, `drawing.py` and `templates/` draw it;
`static/` is what the browser runs. What the room may see was decided in `domain/sessions/screen.py`; the sentences are
in `locales/*/screen.ftl`.
"""
