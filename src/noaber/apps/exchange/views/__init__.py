"""The pages of the exchange: each view reads, calls one query or service, and answers."""
