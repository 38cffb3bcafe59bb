"""Tests: they mirror the package, press real keys and use real files."""
