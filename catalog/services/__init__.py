"""What can be done with the catalogue, one file a use case. Each takes a session and an actor, and knows no HTTP."""
