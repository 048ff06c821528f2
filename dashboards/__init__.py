"""The pages that people see. They read one published build and never write data."""
