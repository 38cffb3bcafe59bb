"""Pages: one screen each, showing one answer."""
