"""Rules about lengths."""

from collections.abc import Iterator

from exporters.verify.manifest import place
from exporters.verify.package import Package
from exporters.verify.verdicts import Trouble, trouble


def lengths(package: Package) -> Iterator[Trouble]:
    """The smallest permitted maxima of 2004 (those of 1.2 are in its schema)."""
    manifest = package.manifest
    texts = {f"{manifest.cp}title": 200, f"{manifest.adlcp}dataFromLMS": 4_000}
    attributes = {"href": 2_000, "parameters": 1_000, "version": 20}
    for element in manifest.root.iter("*"):
        found = [(element.tag.rpartition("}")[2], len((element.text or "").strip()), texts.get(element.tag))]
        found += [(name, len(element.get(name, "")), most) for name, most in attributes.items()]
        for what, length, limit in found:
            if limit is not None and length > limit:
                yield trouble(place(element), what=what, length=length, limit=limit)
