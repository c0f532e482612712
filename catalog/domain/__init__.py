"""What the catalogue means: states, roles, errors, differences. Pure: no database, no network, no clock."""
