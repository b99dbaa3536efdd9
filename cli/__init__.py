"""The command line, one command a file in ``commands/``, found without a list.

What is machine-readable goes to stdout, everything else to stderr. Exit codes:
0 well, 1 went wrong or is not well, 2 wrong arguments, settings or race files,
130 interrupted.
"""
