"""An AWS of one's own: moto in this process, and what the templates would make there."""
