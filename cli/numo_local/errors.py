"""What keeps a stack from starting."""


class StackError(Exception):
    """A reason that a person can do something about, in one or two sentences."""
