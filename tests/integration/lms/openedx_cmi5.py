"""Open edX's own cmi5 importer (openedx-cmi5-xblock), with Django's file storage and a stub for the rest of the platform."""

import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.integration.lms.openedx import configure_django, storage


def importer(media: Path, usage: str = "block") -> Any:
    """A CMI5XBlock that unpacks below `media`, for a learner whose name needs escaping."""
    configure_django()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries import modules that Python has deprecated
        from openedx_cmi5_xblock import CMI5XBlock
        from xblock.field_data import DictFieldData
        from xblock.fields import ScopeIds

    learner = SimpleNamespace(opt_attrs={"edx-platform.user_id": 1, "edx-platform.username": "张 三&co"})
    services = {
        "field-data": DictFieldData({}),
        "user": SimpleNamespace(get_current_user=lambda: learner),
        "enrollments": SimpleNamespace(
            get_active_enrollments_by_course_and_user=lambda *_: SimpleNamespace(id=7)
        ),
    }
    runtime = SimpleNamespace(
        service=lambda _block, name: services.get(name),
        handler_url=lambda _block, name, **_: f"https://lms.example/handler/{name}?",
        publish=lambda *_: None,
    )
    place = SimpleNamespace(context_key="course-v1:a+b+c")
    block = CMI5XBlock(runtime, scope_ids=ScopeIds("user", "cmi5", "definition", place))
    block.location = SimpleNamespace(block_id=usage)
    block._storage = storage(media)
    return block
