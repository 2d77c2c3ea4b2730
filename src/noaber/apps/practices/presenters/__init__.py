"""Practices and lessons as pages, files and paper show them."""
