"""What a function that somebody waits for needs of AWS, by the shortest way."""
