"""Reads template.yaml: what is deployed to AWS is what the local stack is made from."""
