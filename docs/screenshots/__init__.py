"""The pictures of the guides: a small campaign and a session, played on the local VK, looked at in a real browser.

`make screenshots` plays them and writes `docs/images/coordinator` and `docs/images/moderator` anew. Nothing here is
needed to run the bot.
"""
