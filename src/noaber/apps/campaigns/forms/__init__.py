"""The forms of campaigns: of those who ask, and of those who are asked."""
