"""What the templates show of campaigns."""
