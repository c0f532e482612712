"""How the database came to be what the models say, one revision a file. Applied by catalog.database.schema."""
