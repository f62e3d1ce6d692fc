"""Reads and checks files of facts and of claims."""
