"""A small xAPI 1.0.3 store in memory: statements, State and Agent Profile, as cmi5 launches need them."""
