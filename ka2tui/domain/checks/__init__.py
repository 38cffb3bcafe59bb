"""Checks: what an experienced reader of a project would find, one module an area."""
