"""Tables that an engine plans: conditions, look-ups and the text of SQL."""
