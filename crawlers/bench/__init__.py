"""Measurements that stay: `python -m crawlers.bench SUBJECT`, one module a subject, each with a `main(arguments)`."""
