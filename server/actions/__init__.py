"""The verbs of the product, one noun a file; the only package that commits."""
