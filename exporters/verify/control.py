"""The control documents: the schema files that every SCORM package carries, and that manifests are validated with.

Never the package's own copies, which are a stranger's, and never the network.
"""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from exporters.verify.manifest import (
    ADLCP_12,
    ADLCP_2004,
    ADLNAV,
    ADLSEQ,
    IMSCP_12,
    IMSCP_2004,
    IMSMD_12,
    IMSSS,
    XML,
)
from schemas.errors import MachineError
from schemas.package import Format
from schemas.text import Text

if TYPE_CHECKING:
    from lxml import etree

# The document that defines each namespace, by format.
DOCUMENTS = {
    Format.SCORM12: {
        IMSCP_12: "imscp_rootv1p1p2.xsd",
        ADLCP_12: "adlcp_rootv1p2.xsd",
        IMSMD_12: "imsmd_rootv1p2p1.xsd",
        XML: "ims_xml.xsd",
    },
    Format.SCORM2004_3: {
        IMSCP_2004: "imscp_v1p1.xsd",
        ADLCP_2004: "adlcp_v1p3.xsd",
        ADLSEQ: "adlseq_v1p3.xsd",
        ADLNAV: "adlnav_v1p3.xsd",
        IMSSS: "imsss_v1p0.xsd",
        XML: "xml.xsd",
    },
}
DOCUMENTS[Format.SCORM2004_4] = DOCUMENTS[Format.SCORM2004_3]

# SCORM 1.2's documents are not valid XML Schema, and libxml2 is right to refuse them. Two edits make them so:
# the xml namespace can't be the default namespace (Namespaces in XML 1.0 §3), and "##any" after named elements of
# the same namespace makes a content model ambiguous (XML Schema 1 §3.8.6, unique particle attribution).
_EDITS = {
    "ims_xml.xsd": (b'xmlns="http://www.w3.org/XML/1998/namespace"', b""),
    "imsmd_rootv1p2p1.xsd": (b'namespace="##any"', b'namespace="##other"'),
}


@cache
def documents(kind: Format) -> dict[str, bytes]:
    """The shipped control documents of a format, by name. Raises MachineError when they were never built."""
    folder = resources.files("exporters") / "built" / "control" / kind.value
    if not folder.is_dir():
        raise MachineError(
            Text(
                "缺少 SCORM 控制文件：在源码目录运行 make setup，或重新安装 wheel。",
                "The SCORM control documents are missing: run `make setup` in the source folder, or install the wheel again.",
            )
        )
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".xsd")}


@cache
def schema(kind: Format) -> "etree.XMLSchema":
    """The compiled schema of a format, made of the shipped documents alone."""
    from lxml import etree  # noqa: PLC0415

    shipped = documents(kind)

    class Shipped(etree.Resolver):
        """Answers every import from the shipped documents."""

        def resolve(self, system_url: str, _public_id: str, *context: Any) -> Any:
            name = system_url.rpartition("/")[2]
            old, new = _EDITS.get(name, (b"", b""))
            document = shipped[name].replace(old, new) if old else shipped[name]
            return self.resolve_string(document, context[0], base_url=None)

    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(Shipped())
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{name}"/>'
        for namespace, name in DOCUMENTS[kind].items()
    )
    driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(driver.encode(), parser))
