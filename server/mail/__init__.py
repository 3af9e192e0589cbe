"""Letters and how they leave: the words of each kind, and the way to the SMTP server."""
