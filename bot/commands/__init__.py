"""What the command line does, one module per command; `cli.py` only reads the arguments.

Errors that the operator can mend end as one line (`OperatorError`), never as a traceback.
"""

from bot.commands.operator_error import OperatorError

__all__ = ["OperatorError"]
