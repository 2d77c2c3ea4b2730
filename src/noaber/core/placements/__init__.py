"""Exchanges of staff: who may go where, a stable matching of both sides' wishes, and the reason for each outcome."""
