"""Pictures of the English twin of “数字化转型诊断与路线图”: the same drawings with English words."""

from pathlib import Path

from tools.sample_assets.digital_roadmap import Words, draw

EN = Words(
    radar="Diagnosis on five dimensions",
    dimensions=("Organisation 2.0", "Processes 2.5", "Equipment 1.5", "Data 1.0", "Systems 2.0"),
    matrix="Scenario matrix",
    feasibility="Feasibility",
    value="Value",
    zones=("Do first", "Prepare", "Drop"),
    scenes=("Reporting", "Machine data", "Inspection", "Scheduling", "Suppliers", "Digital twin"),
    phases="Three phases, two gates",
    stages=(
        ("Foundation", "Months 1–6", "Clean codes\nInspection live"),
        ("Connection", "Months 7–18", "Timely reports\nMachines connected"),
        ("Depth", "Months 19–36", "Scheduling on data\nSuppliers on board"),
    ),
    gate="Gate",
    cashflow="Cumulative cash flow",
    amount="CNY 10,000",
    year="Year {}",
    expected="Expected benefit",
    reduced="70% of the benefit",
    example="Teaching example",
)


def make(assets: Path) -> None:
    """Write the course's four pictures."""
    draw(assets, EN)
