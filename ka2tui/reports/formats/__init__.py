"""Formats: how a document becomes a file."""
