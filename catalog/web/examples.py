"""Examples for the OpenAPI document, made from its schemas: what a property is called says what stands in it."""

import re
from typing import Any

VALUES: dict[str, Any] = {
    "zh": "数字化转型诊断与路线图",
    "en": "Digital transformation diagnosis and roadmap",
    "slug": "tsinghua",
    "institution": "tsinghua",
    "course": "digital-roadmap",
    "curriculum": "digital-camp",
    "code": "not-found",
    "edition": "2022-2023",
    "language": "zh-CN",
    "state": "published",
    "source_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "file": "01-why-now/01-diagnosis.md",
    "body": "请给出数据来源。",
    "email": "publisher@example.org",
    "name": "发布",
    "password": "a long sentence that nobody guesses",
    "secret": "lj_5b0f00a08…",
    "action": "version-published",
    "severity": "error",
    "message": "找不到文件“missing.png”。",
    "cure": "检查文件名。",
    "detail": "找不到这个版本。",
    "type": "urn:lingjun:problem:not-found",
    "title": "Not Found",
    "status": 404,
    "request_id": "01jd8x7c9k",
    "reason": "数据有误",
    "theme": "digital-empowerment",
    "cursor": "",
    "next": "",
    "scopes": ["read", "download"],
}
_PATTERNED = ("digital-empowerment", "2022-11-01", "2022-2023")
_DAY = "2022-11-01"
_TIME = "2022-11-01T09:00:00Z"
_PLAIN: dict[str, Any] = {"integer": 1, "number": 1.0, "boolean": True, "string": "…", "null": None}
_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "string": (str,),
}
_DEEPEST = 12


def example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that is valid by `schema` (whose references lead into `schemas`)."""
    schema = _resolved(schema, schemas)
    if found := schema.get("enum"):
        return found[0]
    kind = _kind(schema)
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return _array(schema, schemas, name, depth)
    return _plain(schema, kind, name)


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to; of several kinds the first that isn't null."""
    while True:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
            continue
        several = schema.get("oneOf") or schema.get("anyOf")
        if not several:
            return schema
        chosen = next((one for one in several if one.get("type") != "null"), several[0])
        schema = {key: value for key, value in schema.items() if key not in ("oneOf", "anyOf")} | chosen


def _kind(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    return kind if isinstance(kind, str) else next(one for one in kind if one != "null")


def _plain(schema: dict[str, Any], kind: str, name: str) -> Any:
    if "const" in schema:
        return schema["const"]
    known = VALUES.get(name)
    fits = isinstance(known, _TYPES.get(kind, ())) and re.search(schema.get("pattern", ""), str(known))
    if fits:
        return known
    if schema.get("format") in ("date-time", "date"):
        return _TIME if schema["format"] == "date-time" else _DAY
    if "pattern" in schema:
        return next(value for value in _PATTERNED if re.search(schema["pattern"], value))
    return schema.get("default", schema.get("minimum", _PLAIN[kind]))


def _object(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> dict[str, Any]:
    properties = schema.get("properties", {})
    wanted = schema.get("required", ()) if depth > _DEEPEST else properties
    return {
        name: example(properties[name], schemas, name, depth + 1) for name in wanted if name in properties
    }


def _array(schema: dict[str, Any], schemas: dict[str, Any], name: str, depth: int) -> list[Any]:
    known = VALUES.get(name)
    if isinstance(known, list):
        return known
    items = schema.get("items")
    return [example(items, schemas, name, depth + 1)] if items and depth < _DEEPEST else []
