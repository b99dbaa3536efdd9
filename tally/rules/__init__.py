"""The alert rules, one file each."""
