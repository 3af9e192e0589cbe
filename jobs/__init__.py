"""Door 3: the workers. A job is a bell; the work is claimed from SQL."""
