"""The properties that each part of a statement may have, by the tables of xAPI 1.0.3, Part Two (Data)."""

from collections.abc import Callable, Iterator, Mapping

from catalog.trial.xapi import values
from catalog.trial.xapi.breach import Breach
from schemas.text import Text

Test = Callable[[object], bool]

ONLY = Text("不允许的属性：{name}", "this property isn't allowed: {name}")
_MISSING = Text("缺少属性 {name}", "the property {name} is missing")
_KIND = Text("{name} 应为{kind}", "{name} should be {kind}")

IRI = (values.is_iri, Text("完整的 IRI", "an absolute IRI"))
UUID = (values.is_uuid, Text("UUID", "a UUID"))
STRING = (lambda value: isinstance(value, str), Text("字符串", "a string"))
BOOLEAN = (lambda value: isinstance(value, bool), Text("true 或 false", "true or false"))
NUMBER: tuple[Test, Text] = (values.is_number, Text("数", "a number"))
LANGUAGE_MAP = (values.is_language_map, Text("按语言标签的文本", "a language map"))
EXTENSIONS = (values.is_extensions, Text("以 IRI 为键的扩展", "extensions keyed by IRIs"))
DURATION = (values.is_duration, Text("ISO 8601 时长", "an ISO 8601 duration"))
TIMESTAMP = (values.is_timestamp, Text("带时区的 ISO 8601 时间", "an ISO 8601 time with its offset"))
LANGUAGE = (values.is_language_tag, Text("RFC 5646 语言标签", "an RFC 5646 language tag"))
OBJECT = (lambda value: isinstance(value, dict), Text("对象", "an object"))
LIST = (lambda value: isinstance(value, list), Text("数组", "an array"))

STATEMENT = {
    "id": UUID,
    "actor": OBJECT,
    "verb": OBJECT,
    "object": OBJECT,
    "result": OBJECT,
    "context": OBJECT,
    "timestamp": TIMESTAMP,
    "stored": TIMESTAMP,
    "authority": OBJECT,
    "version": STRING,
    "attachments": LIST,
}
SUB_STATEMENT = {"objectType": STRING} | {
    name: STATEMENT[name]
    for name in ("actor", "verb", "object", "result", "context", "timestamp", "attachments")
}
VERB = {"id": IRI, "display": LANGUAGE_MAP}
AGENT = {
    "objectType": STRING,
    "name": STRING,
    "mbox": (values.is_mailto, Text("mailto: 地址", "a mailto: address")),
    "mbox_sha1sum": (values.is_sha1, Text("40 位十六进制数", "40 hexadecimal digits")),
    "openid": IRI,
    "account": OBJECT,
}
GROUP = {**AGENT, "member": LIST}
ACCOUNT = {"homePage": IRI, "name": STRING}
RESULT = {
    "score": OBJECT,
    "success": BOOLEAN,
    "completion": BOOLEAN,
    "response": STRING,
    "duration": DURATION,
    "extensions": EXTENSIONS,
}
SCORE = dict.fromkeys(("scaled", "raw", "min", "max"), NUMBER)
CONTEXT = {
    "registration": UUID,
    "instructor": OBJECT,
    "team": OBJECT,
    "contextActivities": OBJECT,
    "revision": STRING,
    "platform": STRING,
    "language": LANGUAGE,
    "statement": OBJECT,
    "extensions": EXTENSIONS,
}
ACTIVITY = {"objectType": STRING, "id": IRI, "definition": OBJECT}
DEFINITION = {
    "name": LANGUAGE_MAP,
    "description": LANGUAGE_MAP,
    "type": IRI,
    "moreInfo": IRI,
    "extensions": EXTENSIONS,
    "interactionType": STRING,
    "correctResponsesPattern": LIST,
    "choices": LIST,
    "scale": LIST,
    "source": LIST,
    "target": LIST,
    "steps": LIST,
}
REFERENCE = {"objectType": STRING, "id": UUID}
ATTACHMENT = {
    "usageType": IRI,
    "display": LANGUAGE_MAP,
    "description": LANGUAGE_MAP,
    "contentType": STRING,
    "length": (values.is_whole, Text("非负整数", "a whole number")),
    "sha2": STRING,
    "fileUrl": IRI,
}


def shape(
    value: Mapping[str, object],
    path: str,
    allowed: Mapping[str, tuple[Test, Text]],
    needed: tuple[str, ...],
    clause: str,
) -> Iterator[Breach]:
    """Properties known, present where needed, and of the right type."""
    for name in needed:
        if name not in value:
            yield Breach(clause, path, _MISSING.format(name=name))
    for name, inner in value.items():
        place = f"{path}.{name}".lstrip(".")
        if name not in allowed:
            yield Breach(clause, place, ONLY.format(name=name))
        elif inner is not None and not allowed[name][0](inner):
            yield Breach(clause, place, _KIND.format(name=name, kind=allowed[name][1]))
