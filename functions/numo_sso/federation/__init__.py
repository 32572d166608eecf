"""The hub's metadata: fetched, checked, put in force. Knows no event and no environment."""
