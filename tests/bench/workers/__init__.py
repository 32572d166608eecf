"""The peers, each a process that verifies the same responses when it is told to."""
