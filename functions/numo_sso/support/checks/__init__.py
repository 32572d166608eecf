"""Is a school ready, and if not, whose move is it? As an answer, as a mail, as a report of all."""
