"""The two ways to lay out a course: a folder for each module, or one file for everything."""
