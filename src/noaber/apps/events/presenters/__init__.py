"""Rows of events for pages, files and calendars."""
