"""The requests: one model an action, and what people type in them, read strictly."""
