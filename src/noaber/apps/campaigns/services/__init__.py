"""The only writers of campaigns. Each opens its transaction, checks who may, and tells who sees it."""
