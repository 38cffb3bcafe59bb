"""The walls of the house, checked where the import contracts cannot see."""
