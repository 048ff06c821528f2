"""Pieces of pages: each takes plain values and draws or returns one thing."""
