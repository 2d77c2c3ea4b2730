"""What the pages and files of plans show."""
