"""What people say to reminders: put them off, choose which news come by themselves.

What is owed and when it is said is none of these dialogues' business: it is computed by the duties (`bot/jobs`).
"""
