"""Dashboards, alarms and saved queries as rows, of which infra/monitoring.yaml is made."""
