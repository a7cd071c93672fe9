"""Group conversations: what the bot does where others read along.

It speaks only when it is addressed or pressed, and says nothing there that is about one person: whatever is not made
for conversations is answered with the way to the private dialogue. `membership.py`: invited, removed, closed.
`top_list.py`: «Топ-20» and who may have it sent every day. `elsewhere.py`: all the rest.
"""
