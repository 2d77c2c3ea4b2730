"""Incidents and plans as rows, words and map features."""
