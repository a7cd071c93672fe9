"""What is said of a file that is no table."""


class UnreadableTable(Exception):
    """The whole file is refused; the text says what is wrong with it and, where it can, what to do."""
