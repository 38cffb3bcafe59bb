"""What is measured, against what, and how far it may be from it."""
