"""The doors of the running product, as tests use them."""
