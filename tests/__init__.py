"""The tests mirror the product; `python -m tests` runs all of them."""
