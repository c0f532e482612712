"""The eight question types: what each needs, how its answer is read, what can be wrong with it. One a file."""
