"""What happens to a text, in order: each rule is one function over the page, one file a subject."""

from collections.abc import Callable

from courses.markdown.page import Page
from courses.markdown.rules import (
    attributes,
    code,
    containers,
    depth,
    footnotes,
    headings,
    line_breaks,
    links,
    look_alikes,
    mathematics,
    parse,
    pictures,
    questions,
    raw_html,
    tables,
    tasks,
)

Rule = Callable[[Page], None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("blocks", parse.blocks),
    ("depth", depth.depth),
    ("tasks", tasks.tasks),
    ("heading attributes", headings.heading_attributes),
    ("answers", questions.mark_answers),
    ("inlines", parse.inlines),
    ("join", parse.join),
    ("look-alikes", look_alikes.look_alikes),
    ("footnotes", footnotes.footnotes),
    ("line breaks", line_breaks.line_breaks),
    ("attributes", attributes.attributes),
    ("container attributes", containers.container_attributes),
    ("headings", headings.headings),
    ("mathematics", mathematics.mathematics),
    ("code", code.code),
    ("pictures", pictures.pictures),
    ("raw HTML", raw_html.raw_html),
    ("links", links.links),
    ("tables", tables.tables),
    ("task boxes", tasks.draw),
    ("containers", containers.containers),
    ("questions", questions.build_questions),
)
