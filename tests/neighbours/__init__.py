"""The neighbours: organizations of the same region, each a facts file of its own."""
