"""The shared vocabulary: what a course, a question, a diagnostic and a package are. Imports nothing of ours."""
