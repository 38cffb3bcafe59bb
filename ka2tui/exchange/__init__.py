"""Exchange: what comes in and goes out as data."""
