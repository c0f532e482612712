"""Pictures and the clip of the English twin of 《进入大企业供应链》."""

from pathlib import Path

from tools.sample_assets.five_gates import ENGLISH as ENGLISH_GATES
from tools.sample_assets.five_gates import make_clip, write_captions
from tools.sample_assets.supply_chain_entry import Words, make_pictures

ENGLISH: Words = {
    "price": "What the quotation is made of (yuan per part, teaching example)",
    "price_steps": "Material|Machining|Bought-in|Scrap|Overhead|Packing|Profit|Quotation",
    "cpk": "Centre first, then narrow",
    "cpk_steps": "Off centre|Centred|Centred and narrower",
    "cpk_limits": "Lower|Upper",
    "stock": "Stock (pieces)",
    "time": "Time (days)",
    "stock_labels": "Reorder point 2,898|Safety stock 198|Lead: 9 days|Order|Goods arrive",
    "cash": "From paying out to being paid (days)",
    "cash_steps": "Pay out|Finished|Deliver|Paid",
    "cash_gap": "A gap of 150 days",
    "cash_terms": "Payment term: 120 days",
    "example": "Teaching example",
}


def make(assets: Path) -> None:
    """Draw all of them into `assets`."""
    make_pictures(assets, ENGLISH)
    make_clip(assets / "five-gates.mp4", ENGLISH_GATES)
    write_captions(assets / "five-gates.vtt", ENGLISH_GATES)
