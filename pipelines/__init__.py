"""Pure logic: reads complaints, resolves names, groups, counts people. Records in, records out."""
