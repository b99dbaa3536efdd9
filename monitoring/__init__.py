"""Watching the watcher: metrics, health, heartbeat and logs of the process. It decides nothing of a race."""
