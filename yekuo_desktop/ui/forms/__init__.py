"""The editors of every kind of field and the form that is built from the field catalogue."""
