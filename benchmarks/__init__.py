"""Benchmarks of every stage; see `benchmarks.__main__`."""
