"""The command line: `main` finds the command, each other module is one command.

A command module has `HELP`, `add_arguments(parser, say)` and `run(args) -> int`, and imports what it needs when it
runs, so that `lingjun --help` answers at once.
"""
