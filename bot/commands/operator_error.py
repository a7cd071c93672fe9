"""The error that a command ends with when the operator can mend it."""


class OperatorError(Exception):
    """One line: what happened and what to do."""
