"""What is deployed: the templates examined, the packages built and run."""
