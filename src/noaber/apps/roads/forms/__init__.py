"""What is typed about closures, and what the address of the map asks."""
