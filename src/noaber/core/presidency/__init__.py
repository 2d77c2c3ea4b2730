"""Who holds the presidency in which year, and what a handover dossier consists of."""
