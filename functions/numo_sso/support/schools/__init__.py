"""Entrances and the BRINs that lead to them."""
