"""Files for people, made from recipes: spreadsheets and the funnel picture today; cards and protocols belong here too.

A recipe is JSON that was stored with the answer: it holds all words and figures, so making the file asks nobody and
can be repeated after a crash. It takes time and big libraries, so it happens in a child process that calls
`recipes.build`. Nothing here reads the database or knows a messenger. Start at `recipes.py`.
"""
