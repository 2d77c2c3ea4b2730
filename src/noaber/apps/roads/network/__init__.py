"""Minutes by road: the network that is installed, what is computed on it, and what closures cost."""
