"""Printable agendas: `agenda.py` gathers what each says, `agenda.typ` lays it out, `press.py` runs typst."""
