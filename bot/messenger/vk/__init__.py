"""Everything that knows VK: Long Poll, translation of events, keyboards, execute batching, uploads, errors.

Built on vkbottle's primitives (API, BotPolling, uploaders); its router is not used, because it runs one dialogue's
events side by side and forgets them in a crash. Start at `community.py`. Nothing outside this folder says "VK".
"""
