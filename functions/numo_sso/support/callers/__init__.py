"""Who asks: the proof that a request brings, and how it is checked."""
