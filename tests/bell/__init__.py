"""``make bell``: the morning at 08:30, simulated from what was measured here."""
