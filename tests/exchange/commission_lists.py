"""The Commission's lists of projects, written for tests in every shape they come in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

GRANT = (
    "EU Grant award in euros (This amount represents the grant awarded after the selection stage "
    "and is indicative. Please note that any changes made during or after the project's lifetime "
    "will not be reflected here.)"
)
HEADINGS = [
    *("Programme", "Key Action", "Action Type", "Call year", "Project Identifier"),
    *("Project Title", "Topics", "Project Summary", "Project Status", GRANT),
    *("Is Good Practice", "Is Success Story", "Project Website", "Results Available"),
    *("Results Platform Project Card", "Participating countries"),
    *("Coordinating organisation name", "Coordinating organisation type"),
    *("Coordinator's address", "Coordinator's region", "Coordinator's country"),
    "Coordinator's website",
    *(
        f"Partner {number} {what}"
        for number in range(1, 101)
        for what in ("name", "organisation type", "address", "region", "country", "website")
    ),
]
SUN: dict[str, str] = {
    "Programme": "Erasmus+",
    "Key Action": "Partnerships for cooperation and exchanges of practices",
    "Action Type": "Cooperation partnerships in school education",
    "Call year": "2024",
    "Project Identifier": "2024-1-EL01-KA220-SCH-000251741",
    "Project Title": "SUNNY: schools on solar power",
    "Topics": "Green skills; Energy",
    "Project Summary": "Schools learn\nto save energy.",
    "Project Status": "ongoing",
    GRANT: "250000.00",
    "Is Good Practice": "No",
    "Project Website": "www.sunny.example",
    "Results Platform Project Card": "https://erasmus-plus.ec.europa.eu/projects/search/details/x",
    "Participating countries": "EL,UK,DE",
    "Coordinating organisation name": "Σχολείο Ήλιος",
    "Coordinating organisation type": "School",
    "Coordinator's address": "VERANZEROU 1, 10677, ATHINA",
    "Coordinator's region": "Attiki",
    "Coordinator's country": "EL",
    "Coordinator's website": "http://ilios.example/",
    "Partner 1 name": "Bright School",
    "Partner 1 organisation type": "School",
    "Partner 1 address": "1 High Street, SW1A 1AA, London",
    "Partner 1 country": "UK",
    "Partner 2 name": "Sonnenschule e.V.",
    "Partner 2 address": "Weg 3\nHinterhof, 70191, Stuttgart",
    "Partner 2 country": "DE",
    "Partner 2 website": "www.sonne.example",
}
MOON = {
    **SUN,
    "Project Identifier": "2023-1-DE02-KA210-VET-000169864",
    "Project Title": "Moonlight for everybody who works at night and sleeps by day",
    "Call year": "2023",
    "Project Status": "finalized",
    "Action Type": "Small-scale partnerships in vocational education and training",
}


def rows(*projects: Mapping[str, str], headings: Sequence[str] = HEADINGS) -> list[list[str]]:
    """Lay projects out under the headings."""
    return [list(headings), *([one.get(name, "") for name in headings] for one in projects)]


def text(*projects: Mapping[str, str], delimiter: str = ",", **more: Any) -> str:
    """Write projects as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows(*projects, **more))
    return out.getvalue()


def write(
    file: Path, *projects: Mapping[str, str], encoding: str = "utf-8-sig", **more: Any
) -> Path:
    """Write a list of projects as CSV, as the Commission does."""
    file.write_bytes(text(*projects, **more).encode(encoding))
    return file


def write_json(file: Path, value: object) -> Path:
    """Write a value as JSON."""
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return file


SEARCHED: dict[str, Any] = {
    "total": 1,
    "projectDocuments": [
        {
            "projectId": "5b0f",
            "projectName": SUN["Project Identifier"],
            "projectTitle": SUN["Project Title"],
            "projectDescriptionBackground": "Schools burn gas.",
            "projectDescriptionObjectives": "Half the gas.",
            "projectDescriptionResults": "A handbook.",
            "projectCallYear": "2024",
            "projectLevel2Label": "Partnerships for cooperation",
            "projectLevel3Label": "Cooperation partnerships in school education",
            "projectGrantedEuAmount": 250000.0,
            "projectStartDate": "2024-11-01T00:00:00.000+0000",
            "projectEndDate": "2026-10-31T00:00:00.000+0000",
            "projectStatus": "Ongoing",
            "projectGoodPractice": False,
            "organisations": [
                {
                    "organisationName": "Bright School",
                    "organisationRole": "Partner",
                    "organisationPIC": "999888777",
                    "organisationCountry": "UK",
                    "organisationCity": "London",
                },
                {
                    "organisationName": "Σχολείο Ήλιος",
                    "organisationRole": "Coordinator",
                    "organisationPIC": 999888776,
                    "organisationCountry": "EL",
                    "organisationCity": "Athina",
                    "organisationType": "School",
                    "organisationWebsite": "http://ilios.example/",
                },
            ],
        }
    ],
}
"""An answer of the search service of the results platform, as a user may have saved it."""
