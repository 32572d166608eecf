"""What a check finds, each kind in a module of its own, and the facts that it looks at."""
