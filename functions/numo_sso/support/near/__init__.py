"""Near misses: refused codes that somebody nearly has."""
