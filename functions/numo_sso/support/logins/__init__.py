"""What the logins of the last weeks say: from their records, and from the login's log."""
