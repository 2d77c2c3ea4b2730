"""Benchmarks: how fast the cores are, side by side with the plain ways to the same answer. Never part of the tests."""
