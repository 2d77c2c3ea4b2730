"""The pages of campaigns: of those who ask, of those who are asked, and behind an invitation."""
