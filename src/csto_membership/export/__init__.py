"""What other tools take in: one file a format, each made of plain values and of answers."""
