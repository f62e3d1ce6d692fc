"""What a facts file says: dates, statuses, records, and the world's territories."""
