"""The catalogue's database: models, sessions, migrations. SQLite or PostgreSQL, with the same promises."""
