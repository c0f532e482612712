"""Site visits 实地教学: from what enterprises offer and classes need to a plan, and from the plan to calendars."""
