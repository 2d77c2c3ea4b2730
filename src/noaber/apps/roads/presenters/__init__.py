"""Closures, minutes and reach as rows, words and map features."""
