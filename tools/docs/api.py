"""The routes of the HTTP API and what its refusals are called."""

from catalog.web.openapi import document
from schemas.text import Language, Text
from tools.docs.tables import code, table

_HEADER = (
    Text("方法", "Method"),
    Text("地址（/api/v1 之后）", "Address (below /api/v1)"),
    Text("operationId", "operationId"),
    Text("If-Match", "If-Match"),
)
_REQUIRED, _OPTIONAL = Text("必须", "required"), Text("可选", "optional")


def routes(_: str, language: Language) -> str:
    """Every route, from the OpenAPI document."""
    rows = []
    for path, operations in sorted(document()["paths"].items()):
        for method, operation in operations.items():
            asked = next((p for p in operation.get("parameters", ()) if p["name"] == "If-Match"), None)
            condition = "" if asked is None else (_REQUIRED if asked["required"] else _OPTIONAL).say(language)
            address = path.removeprefix("/api/v1")
            rows.append((method.upper(), code(address), code(operation["operationId"]), condition))
    return table([head.say(language) for head in _HEADER], rows)
