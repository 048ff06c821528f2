"""Casework: what people and builds decided about candidates, kept outside the warehouse."""
