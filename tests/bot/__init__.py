"""Words, commands, channel and the conversations through real HTTP."""
