"""Queries: the only way to read records."""
