"""Rules: pure functions and frozen values; no screen, no database, no clock."""
