"""Cities by their Chinese names."""

import pytest

from exporters.visits.places import coordinates


@pytest.mark.parametrize("city", ["苏州市", "苏州", "Suzhou"])
def test_a_city_by_each_of_its_names(city: str) -> None:
    assert coordinates(city, "江苏省") == pytest.approx((31.3, 120.6), abs=0.1)


def test_a_name_that_two_provinces_have_is_the_one_of_its_province() -> None:
    jiangsu, anhui = coordinates("Suzhou", "江苏省"), coordinates("Suzhou", "安徽省")
    assert jiangsu == coordinates("Suzhou")  # the larger one
    assert anhui == coordinates("宿州市")
    assert anhui != jiangsu


def test_what_is_no_city_is_not_guessed() -> None:
    assert coordinates("乌有市", "江苏省") is None
    assert coordinates("", "江苏省") is None
