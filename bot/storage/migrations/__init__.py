"""The steps that lead from an empty database to the tables of `../schema.py`, one file each in `versions`.

They are run by `../migrating.py`. A step that has been released is never edited: a change of the schema is a new step,
drafted by `make migration NAME="what it does"` and then read and corrected by hand.
"""
