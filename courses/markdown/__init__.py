"""Markdown as courses are written in it: `titles` and `title_heading` divide a file, `render` makes a lesson's body."""

from courses.markdown.contract import Body, Links, Report, Title
from courses.markdown.render import render
from courses.markdown.titles import title_heading, titles

__all__ = ["Body", "Links", "Report", "Title", "render", "title_heading", "titles"]
