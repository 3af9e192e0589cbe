"""What superusers read at the desk: lists, and numbers about now."""
