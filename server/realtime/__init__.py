"""The room: how news and whispers reach every screen."""
