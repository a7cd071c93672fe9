"""What happens by the clock, without anybody writing.

Each job is idempotent and works in slices of about 20 ms, after every waiting event, so that it holds nobody up.
"""
