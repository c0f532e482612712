"""What a process of the catalogue works with: one of each, shared by all its requests."""

from typing import NamedTuple, Self

from catalog.database.session import Database
from catalog.intake.upload import Intake
from catalog.packages.build import Packages
from catalog.packages.jobs import Jobs
from catalog.services.facets import FacetIndex
from catalog.settings import Settings
from catalog.storage import Storage


class Parts(NamedTuple):
    """Made once at the start."""

    settings: Settings
    database: Database
    storage: Storage
    intake: Intake
    packages: Packages
    jobs: Jobs
    facets: FacetIndex

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the settings say. Raises MachineError when the database or the storage can't be used."""
        database = Database.of(settings)
        storage = Storage.of(settings)
        packages = Packages.of(settings, database, storage)
        jobs = Jobs.of(settings, packages)
        return cls(settings, database, storage, Intake.of(settings), packages, jobs, FacetIndex())
