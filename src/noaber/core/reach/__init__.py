"""Reach: for every place and capability, when the first, third, fifth team is there, and under which text.

`docs/algorithms/traveltime.md` says what is guaranteed and how it is computed.
"""
