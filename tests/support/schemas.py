"""The control documents that packages ship, as schemas that libxml2 accepts."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from exporters.contents import CONTROL
from schemas.package import Format

_NAMESPACES = {
    Format.SCORM12: {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
        "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
    },
    Format.SCORM2004_3: {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
        "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
        "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    },
}
_NAMESPACES[Format.SCORM2004_4] = _NAMESPACES[Format.SCORM2004_3]

# SCORM 1.2's published schemas are not valid XML Schema: two edits that change nothing about what they accept here.
_EDITS = {
    "ims_xml.xsd": (b'xmlns="http://www.w3.org/XML/1998/namespace"', b""),
    "imsmd_rootv1p2p1.xsd": (b'<xsd:any namespace="##any"', b'<xsd:any namespace="##other"'),
}


@cache
def schema(package_format: Format) -> etree.XMLSchema:
    """The schema of a format's manifests."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file in (CONTROL / package_format.value).iterdir():
            old, new = _EDITS.get(file.name, (b"", b""))
            content = file.read_bytes()
            if old and package_format is Format.SCORM12:
                assert old in content, f"{file.name} is not the file that the edit is for"
                content = content.replace(old, new)
            (folder / file.name).write_bytes(content)
        imports = "".join(
            f'<xs:import namespace="{uri}" schemaLocation="{(folder / file).as_uri()}"/>'
            for uri, file in _NAMESPACES[package_format].items()
        )
        driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
        return etree.XMLSchema(etree.fromstring(driver))
