"""The cases that a report tells: who they happened to, and which sentences tell them.

In: a report as it was told. Out: its cases, each with the reading of what tells it. Out of
scope: reading what a text alleges (`pipelines.reading`), and telling reports from other
texts (`pipelines.kind`).

`figures` finds the people of a text and what part they play in it, `tracking` follows the
story from sentence to sentence, `protagonist` says who it happened to, `report` reads it.
"""
