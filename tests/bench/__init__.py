"""``make bench``: how fast this is beside its peers, in one run on one machine."""
