"""What is read of closures and boundaries, and which teams are unavailable."""
