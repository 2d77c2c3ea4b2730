"""What changes incidents, their needs, plans and drafts; nothing else writes them."""
