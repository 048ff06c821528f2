"""Pages at scale: a generated build of any size, and the time every page takes on it."""
