"""The pages of “Mapping”: each reads the request, asks one query or service, and answers."""
