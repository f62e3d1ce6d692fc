"""Tests of what other tools take in."""
