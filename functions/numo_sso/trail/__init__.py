"""The audit trail outside its table, where nobody can alter it."""
