"""Composes the rooms: commands, the run, and its scheduled form. Holds no logic of its own."""
