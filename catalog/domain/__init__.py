"""The catalogue's rules, without database, files or network: who may do what, what follows what, what changed."""
