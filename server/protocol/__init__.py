"""The wire: every event and its payload, every command's body."""
