"""Planners of site visits on the same programme, each a process of its own: ours, and two that others would write first."""
