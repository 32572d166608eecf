"""What people ask of Numo SSO: schools, users, keys. Only the support function uses it."""
