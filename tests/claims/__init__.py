"""Tests of claims: each kind, the findings, bad input and the laws."""
