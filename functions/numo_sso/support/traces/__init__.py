"""One login, or many, told from their traces; and what to do about each outcome."""
