"""What is read of incidents and plans, as far as the organisation may see it."""
