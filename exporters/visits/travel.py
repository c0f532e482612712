"""How far it is and how long it takes, door to door.

Within a city half an hour up to 15 km; beyond, the quickest of the road (up to 250 km, detour 1.3, 60 km/h), the high-speed
train (1.5 h to and from stations, detour 1.2, 230 km/h) and the aeroplane (3.5 h, 750 km/h). A longer way never takes less.
"""

from math import asin, cos, radians, sin, sqrt

from schemas.visits import Spot

EARTH = 6371.0088  # mean radius in km (IUGG)
TOWN, ROAD = 15.0, 250.0  # km, the longest of each kind
SHORTEST = 0.5  # hours


def kilometres(one: Spot, other: Spot) -> float:
    """Along the great circle, by the haversine formula."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude) - radians(one.longitude)
    chord = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, chord)))


def travel_hours(away: float) -> float:
    """Door to door for so many kilometres along the great circle."""
    if away <= TOWN:
        return SHORTEST
    quickest = min(1.5 + away * 1.2 / 230, 3.5 + away / 750)
    if away <= ROAD:
        quickest = min(quickest, away * 1.3 / 60)
    return max(SHORTEST, quickest)


def hours(one: Spot, other: Spot) -> float:
    """Door to door from one place to another."""
    return travel_hours(kilometres(one, other))
