"""The pictures of the coordinator's guide: a small campaign played on the local VK, looked at in a real browser.

`make screenshots` plays it and writes `docs/images/coordinator/*.png` anew. Nothing here is needed to run the bot.
"""
