"""Who speaks for a school: identity providers and their realms."""
