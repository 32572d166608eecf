"""The users of an entrance, one at a time."""
