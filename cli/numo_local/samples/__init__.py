"""Sample schools and people: what a stack starts with, and what the hub says of them."""
