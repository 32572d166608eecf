"""An API Gateway HTTP API, as far as a function and a browser can tell."""
