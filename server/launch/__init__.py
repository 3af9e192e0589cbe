"""Everything around the product's own processes: installing, starting, watching and ending them."""
