"""Stands in the way of a package whose import builds 38 grammars, two seconds in every process that reads a
notebook. jsonschema uses it where it can be had, to check international addresses; no notebook has one.
"""

raise ImportError("left out of the tests")
