"""Travel times on roads: reading extracts, the stored network, closures, and all minutes at once.

`docs/algorithms/traveltime.md` says what is guaranteed and how it is computed.
"""
