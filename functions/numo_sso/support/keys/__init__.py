"""The deployment's keys, and how one takes over from another."""
