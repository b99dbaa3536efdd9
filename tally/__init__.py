"""The pure domain of a results night: what was read, what is believed, what is news.

Nothing here does I/O or asks for the time; ``now`` is always an argument, so
that a whole night can be replayed and gives the same events every time.
"""

__version__ = "0.1.0"
