"""A stand-in for the hub of Entree Federatie: an identity provider whose every word can be set."""
