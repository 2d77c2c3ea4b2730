"""The pages of presidencies and dossiers."""
