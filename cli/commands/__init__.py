"""One command a module: its ``command`` is what Click runs, under the module's name."""
