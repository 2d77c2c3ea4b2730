"""What the registry's pages show, as plain values in the reader's language."""
