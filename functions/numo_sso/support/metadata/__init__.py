"""The hub's metadata, as support sees and changes it."""
