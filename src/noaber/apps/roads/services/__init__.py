"""What changes closures, boundaries and the installed network; nothing else writes them."""
