"""Open edX's own importer (openedx-scorm-xblock), with Django's file storage and a stub for the rest of the platform."""

import io
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings


def configure_django() -> None:
    """As little of Django as the importers need, once."""
    if not settings.configured:
        settings.configure(
            USE_TZ=True,
            USE_I18N=False,
            LMS_ROOT_URL="https://lms.example",
            CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        )
        django.setup()


def storage(media: Path) -> Any:
    """Files below `media`, read whole: the importers leave the manifest open."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import FileSystemStorage

    class Storage(FileSystemStorage):
        def _open(self, name: str, mode: str = "rb") -> ContentFile:
            with super()._open(name, mode) as file:
                return ContentFile(file.read(), name=name)

    return Storage(location=media, base_url="https://lms.example/media/")


def importer(media: Path, usage: str = "block") -> Any:
    """A ScormXBlock that unpacks below `media`."""
    configure_django()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries import modules that Python has deprecated
        from openedxscorm import ScormXBlock
        from xblock.field_data import DictFieldData
        from xblock.fields import ScopeIds

    services = {"field-data": DictFieldData({})}
    runtime = SimpleNamespace(
        service=lambda _block, name: services.get(name),
        handler_url=lambda _block, name, *_: f"/handler/{name}",
        publish=lambda *_: None,
    )
    block = ScormXBlock(runtime, scope_ids=ScopeIds("user", "scorm", "definition", usage))
    block.location = SimpleNamespace(block_id=usage, org="org", course="course", block_type="scorm")
    block._storage = storage(media)
    return block


def take(block: Any, package: Path) -> None:
    """What Studio does with an upload."""
    file = io.BytesIO(package.read_bytes())
    file.name = package.name
    block.update_package_meta(file)
    block.extract_package(file)
    block.update_package_fields()
