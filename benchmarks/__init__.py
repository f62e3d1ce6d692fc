"""What the library claims of its speed, measured: ``python -m benchmarks``."""
