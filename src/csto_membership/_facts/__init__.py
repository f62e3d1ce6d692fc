"""What a facts file says: its records, its days, and the territories of the world."""
