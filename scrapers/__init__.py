"""Getting pages (spiders) and reading them (parser)."""
