"""How many complaints to expect, and whether there are more."""
