"""What every function has around its app: the event, the clients, the settings, the telemetry."""

import logging

# Lambda's own handler would print their lines at each cold start. Here, because what is below
# this package imports both, and one of them speaks while it is imported.
for _library in ("botocore", "pynamodb"):
    logging.getLogger(_library).setLevel(logging.WARNING)
