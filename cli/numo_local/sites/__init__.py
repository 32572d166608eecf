"""Pages of the stand-ins, for people to click through."""
