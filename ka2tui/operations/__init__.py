"""Operations: the only way to change records."""
