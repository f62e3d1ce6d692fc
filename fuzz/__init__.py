"""Feeds the library what nobody would write: one target for each way that a stranger's text comes in."""
