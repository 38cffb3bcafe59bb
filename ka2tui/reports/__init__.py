"""Reports: what is handed out, built from the answers of queries."""
