"""The pages: each answers one question and reads only what it shows."""
