"""The conversations of teachers and coordinators: from an invitation or application to the class's last report.

One module per conversation. `invitations.py`: codes. `school_choice.py`, `applications.py`: a teacher applies;
`decisions.py`: the coordinator decides. `classes.py`, `numbers.py`, `consents.py`: a teacher's class. `reports.py`,
`lessons.py`: «Отчётность» and the questions of its last report. `requests.py`: what a teacher asks the coordinator for.
`oversight.py`: who has not reported. `broadcast_addressing.py`, `broadcast_drafts.py`, `broadcast_control.py`: one text
for many, from the choice of its readers to those whom it did not reach. `summary.py`: «Сводка», schools without a
teacher. What several of them say is in `letters.py`, ways onward in `buttons.py`, whom an act concerns in
`involved.py`. The rules are in `domain`.
"""
