"""The API for other systems: reads, cut by the same queries as the pages. What it writes are messages, elsewhere.

Its description is made from these modules and served as OpenAPI 3.1.
"""
