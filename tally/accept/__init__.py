"""Acceptance before belief: which readings may change what is believed."""
