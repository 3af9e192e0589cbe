"""The till: plans and quota."""
