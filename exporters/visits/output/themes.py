"""The colour of each theme, the same in the spreadsheet, in print and on the page."""

from collections.abc import Mapping

from exporters.visits.output.schedule import Schedule

# Light fill and strong colour. The strong ones keep 4.5:1 on white and on their fill (WCAG 2.2, 1.4.3).
PALETTE = (
    ("#DCE9FB", "#1B4F9C"),
    ("#DDF2E1", "#1A6434"),
    ("#FDEBD0", "#8A4B08"),
    ("#EBE1F9", "#5B3597"),
    ("#D9F1F1", "#11606A"),
    ("#FBE0E6", "#9B1C43"),
    ("#EDEBD6", "#5C5410"),
    ("#E4E7EC", "#414B5A"),
)


def numbers(schedule: Schedule) -> Mapping[str, int]:
    """The place of each theme in the palette, in the edition's order."""
    return {slug: number % len(PALETTE) for number, slug in enumerate(schedule.themes)}
