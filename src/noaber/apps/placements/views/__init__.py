"""The pages of exchanges."""
