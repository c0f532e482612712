"""Makes the pictures and clips of the sample courses: `python -m tools.sample_assets [course …]`.

One module a course, named after it (`niche_strategy` for `niche-strategy`), with
`make(assets: Path) -> None`.
"""
