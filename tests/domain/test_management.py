"""The management of a project, told by category and title."""

from __future__ import annotations

import pytest

from ka2tui.domain.management import is_management, why


@pytest.mark.parametrize(
    "title",
    [
        "Management",
        "Project management",
        "PROJECT MANAGEMENT & Quality Assurance",
        "WP1: Project Management",
        "1. Project coordination and monitoring",
        "Management and coordination",
        "Management, coordination and reporting",
        "Coordination & project meetings",
        "Project management and implementation",
        "Project management: people, money, time",
        "Gestión del proyecto",
        "Projektmanagement",
        "Zarządzanie projektem",
        "Proje Yönetimi",
        "Gestion",
    ],
)
def test_a_title_that_names_the_management(title: str) -> None:
    assert is_management(None, title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Waste management",
        "Management of waste in schools",
        "Project management skills for youth workers",
        "Training in project management",
        "Energy management and coordination of households",
        "Management and prevention of bullying",
        "Coordinated training of mentors",
        "Gestion des émotions en classe",
        "Communication and dissemination",
    ],
)
def test_a_title_that_only_speaks_of_managing(title: str) -> None:
    assert not is_management(None, title)


def test_a_category_decides() -> None:
    assert why("Management", "WP1") == "category"
    assert why("management work package", "Anything at all") == "category"
    assert why("implementation", "Project management") is None
    assert why("technical", "Management") is None


@pytest.mark.parametrize("category", [None, "", " - ", "n/a", "WP", "Work package", "other"])
def test_a_category_that_says_nothing_leaves_it_to_the_title(category: str | None) -> None:
    assert why(category, "Project management") == "title"
    assert why(category, "Training") is None
