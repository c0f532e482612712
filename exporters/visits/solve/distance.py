"""Kilometres and hours of many places at once: the formulas of `exporters.visits.travel`, on arrays."""

from typing import Any

import numpy as np
import numpy.typing as npt

EARTH = 6371.0088  # mean radius, km
Floats = npt.NDArray[np.float64]


def kilometres(latitude: Any, longitude: Any, latitudes: Floats, longitudes: Floats) -> Floats:
    """Great circle (haversine) between places in degrees, with numpy's broadcasting."""
    here, there = np.radians(latitude), np.radians(latitudes)
    swing = np.radians(longitudes) - np.radians(longitude)
    chord = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(swing / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))


def hours(away: Floats) -> Floats:
    """Door to door for kilometres: in town, by road, by rail or by air, whichever is the quickest that applies."""
    best = np.minimum(1.5 + away * 1.2 / 230, 3.5 + away / 750)
    road = np.where(away <= 250, away * 1.3 / 60, np.inf)
    return np.asarray(np.where(away <= 15, 0.5, np.maximum(0.5, np.minimum(best, road))))
