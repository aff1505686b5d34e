"""Measurements that stay: `python -m reports.bench SUBJECT`, one module a subject, each with a `main(arguments)`."""
