"""Telling people: commands, wording, channels, the pacer and the outbox worker."""
