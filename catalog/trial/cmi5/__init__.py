"""The LMS side of cmi5: course structure, launch, session order, moveOn and satisfied."""
