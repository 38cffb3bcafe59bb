"""The store: records, the journal that follows them, and the one door to both."""
