"""Plans of a cooperation: how far the work is, and how two versions of a plan differ. Knows no database."""
