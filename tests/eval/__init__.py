"""How well texts are read, measured against what people read in them: `make eval`."""
