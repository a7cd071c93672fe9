"""Files that other people made - school lists, later votes and indicators - turned into typed rows.

Nothing here writes to the database and nothing is guessed: a line that cannot be understood is refused with its number
and the reason, a file that cannot be read at all says what is wrong with it. Formulas are never evaluated.
Start at `schools.py`; how a table is found in XLSX or CSV: `tables.py`. Storing the rows: `storage/schools.py`.
"""
