"""The project's own hand-written posts, as package data; README.md says what is in them."""
