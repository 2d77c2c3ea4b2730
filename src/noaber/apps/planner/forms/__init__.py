"""What is typed about incidents, needs and alerts."""
