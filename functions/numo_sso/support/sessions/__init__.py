"""Who is logged in, and how it is ended."""
