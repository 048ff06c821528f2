"""Brings records in: lands files byte for byte and reads them into Arrow batches."""
