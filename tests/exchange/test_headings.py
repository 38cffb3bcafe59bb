from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from ka2tui.exchange import headings
from ka2tui.exchange.tables import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

CONTRACT = {
    "work_unit": (
        ["wp", "code", "number"],
        ["title", "name"],
        ["lead", "leader", "lead partner"],
        ["start_month", "start", "from"],
        ["end_month", "end", "to"],
        ["type", "kind"],
        ["amount", "budget", "grant", "lump sum"],
    ),
    "partner": (
        ["nr", "no"],
        ["acronym", "short name"],
        ["name", "organisation", "legal name"],
        ["country", "country_code"],
        ["city"],
        ["role"],
        ["oid"],
        ["pic"],
        ["tz", "zone", "time zone"],
    ),
    "task": (
        ["task", "code", "id"],
        ["title", "description", "name"],
        ["wp", "work package"],
        ["due", "deadline", "end"],
        ["start"],
        ["assignee", "responsible", "lead"],
    ),
    "deliverable": (["code", "nr"], ["title"], ["due", "due_month", "month"], ["lead"], ["wp"]),
    "meeting": (
        ["name", "title"],
        ["date", "start", "month"],
        ["place", "venue"],
        ["city"],
        ["country"],
        ["mode"],
        ["tz"],
    ),
}
FIELDS = {
    "work_unit": ("code", "title", "lead", "start_month", "end_month", "type", "amount_cents"),
    "partner": ("nr", "acronym", "name", "country", "city", "role", "oid", "pic", "zone"),
    "task": ("code", "title", "work_unit", "due", "start", "assignee"),
    "deliverable": ("code", "title", "due", "lead", "work_unit"),
    "meeting": ("title", "day|month", "place", "city", "country", "mode", "zone"),
}
CELLS = {
    "work_unit": ("WP1", "Manage", "UA", "1", "12", "management", "12500"),
    "partner": ("1", "UA", "Univ", "ES", "Madrid", "coordinator", "E10207981", "886696789", "UTC"),
    "task": ("T1.1", "Do it", "WP1", "M3", "M1", "UA"),
    "deliverable": ("D1.1", "Plan", "3", "UA", "WP1"),
    "meeting": ("Kick-off", "M2", "ULBS", "Sibiu", "RO", "in person", "Europe/Bucharest"),
}
STYLES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: name.replace("_", " ").title(),
    lambda name: f" {name.replace(' ', '_')}: ",
    lambda name: name.replace(" ", "-").replace("_", "."),
)


def table(name: str, *rows: tuple[str, ...]) -> list[headings.Table]:
    return headings.find(Grid("t.csv", name, list(enumerate(rows, start=1))))[0]


@pytest.mark.parametrize("kind", CONTRACT)
@pytest.mark.parametrize("named", [True, False])
def test_every_heading_of_the_contract_is_understood(kind: str, *, named: bool) -> None:
    name = kind.replace("_", " ") if named else "Sheet1"
    for number, combination in enumerate(itertools.product(*CONTRACT[kind])):
        heads = tuple(STYLES[number % len(STYLES)](head) for head in combination)
        (found,) = table(name, heads, CELLS[kind])
        assert found.kind == kind, heads
        meant = [column.field for column in found.columns]
        assert all(
            one in wanted.split("|") for one, wanted in zip(meant, FIELDS[kind], strict=True)
        ), heads


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("Nazwa organizacji", "Kraj", "Miasto", "Rola"), "partner"),
        (("Kurum adı", "Ülke", "Şehir", "OID"), "partner"),
        (("Arbeitspaket", "Titel", "Leitung", "Beginn", "Ende"), "work_unit"),
        (("Lot de travail", "Intitulé", "Responsable", "Début", "Fin"), "work_unit"),
        (("Tarea", "Descripción", "Responsable", "Fecha límite"), "task"),
        (("Zadanie", "Opis", "Odpowiedzialny", "Termin wykonania"), "task"),
        (("Livrable", "Titre", "Mois"), "deliverable"),
        (("Zadanie", "Tytuł", "Pakiet roboczy", "Termin"), "task"),
        (("Tarea", "Nombre", "Responsable"), "task"),
        (("Tâche", "Nom", "Échéance", "Responsable"), "task"),
        (("Compito", "Nome", "Scadenza"), "task"),
        (("Aufgabe", "Titel", "Arbeitspaket", "Fälligkeit", "Zuständig"), "task"),
        (("Sarcina", "Titlu", "Termen", "Responsabil"), "task"),
        (("Εργασία", "Τίτλος", "Προθεσμία", "Υπεύθυνος"), "task"),
        (("Toplantı", "Adı", "Tarih"), "meeting"),
        (("Siglas", "Nombre", "País"), "partner"),
        (("IO", "Title", "Amount"), "work_unit"),
        (("Intellectual output", "Title"), "work_unit"),
        (("Heading", "Amount"), "work_unit"),
        (("Meilenstein", "Titel", "Monat"), "milestone"),
        (("Riunione", "Data", "Luogo"), "meeting"),
        (("First name", "Surname", "E-mail", "Organisation"), "contact"),
        (("WP", "Partner", "Amount (EUR)"), "share"),
        (("TPM", "Agenda item", "Presenter"), "agenda_item"),
        (("Meeting", "Organisation", "Participants"), "head_count"),
    ],
)
def test_headings_of_other_languages_and_tables_are_understood(
    heads: tuple[str, ...], kind: str
) -> None:
    (found,) = table("Sheet1", heads, ("x",) * len(heads))
    assert found.kind == kind
    assert len(found.columns) == len(heads)


@pytest.mark.parametrize(
    ("name", "heads", "kind"),
    [
        ("indicators", ("indicator", "target", "wp"), "indicator"),
        ("Sheet1", ("Indicator", "Baseline", "Target"), "indicator"),
        ("Sheet1", ("Wskaźnik", "Wartość bazowa", "Wartość docelowa"), "indicator"),
        ("Sheet1", ("Gösterge", "Hedef", "Birim", "Kaynak"), "indicator"),
        ("Sheet1", ("Indicator", "Date", "Value"), "measurement"),
        ("risk register", ("id", "description", "likelihood", "impact", "owner"), "risk"),
        ("Sheet1", ("Risiko", "Wahrscheinlichkeit", "Auswirkung", "Maßnahmen"), "risk"),
        ("Sheet1", ("Riesgo", "Probabilidad", "Impacto", "Medidas"), "risk"),
        ("Sheet1", ("Budget category", "Unit cost", "Total"), "cost"),
        ("Kostenplan", ("Kostenart", "Partner", "Betrag", "Ausgegeben"), "cost"),
        ("log", ("Dissemination activity", "Audience", "Date"), "dissemination"),
        ("Difusión", ("Fecha", "Actividad", "Socio", "Público objetivo"), "dissemination"),
        ("Sheet1", ("Direction", "Activity", "Month", "Participants"), "mobility"),
        ("Movilidades", ("Actividad", "Mes", "Participantes"), "mobility"),
        ("Sheet1", ("Event", "Name", "Organisation", "Fewer opportunities"), "participant"),
        ("Teilnehmerliste", ("Veranstaltung", "Name", "Einrichtung", "Land"), "participant"),
        ("Sheet1", ("Instalment", "Partner", "Due date", "Amount"), "payment"),
        ("Zahlungsplan", ("Rate", "Partner", "Fällig am", "Betrag"), "payment"),
        ("Sheet1", ("Journey", "Meeting", "Partner", "Travellers", "Kilometres"), "journey"),
        ("decision log", ("No", "Date", "Decision", "Rationale"), "log_entry"),
        ("Issue log", ("ID", "Title", "Raised by", "Status"), "log_entry"),
        ("Korrespondenz", ("Datum", "Betreff", "Von", "An"), "letter"),
        ("lists_conflicts", ("code", "title_wp_page", "title_timeline"), "difference"),
    ],
)
def test_tables_of_what_shows_the_work_are_understood(
    name: str, heads: tuple[str, ...], kind: str
) -> None:
    (found,) = table(name, heads, ("x",) * len(heads))
    assert found.kind == kind
    assert len(found.columns) == len(heads)


@pytest.mark.parametrize(
    ("name", "heads", "words"),
    [
        ("time sheets", ("Person", "Working days", "Month"), "time sheets"),
        ("Sheet1", ("Criterion", "Question", "Score"), "checklist items"),
    ],
)
def test_known_tables_without_room_are_named(name: str, heads: tuple[str, ...], words: str) -> None:
    rows = [(1, heads), (2, ("x",) * len(heads))]
    found, aside = headings.find(Grid("t.csv", name, rows))
    assert found == []
    assert words in aside[0].reason
    assert "1 row" in aside[0].reason


def test_the_codes_decide_where_headings_and_name_do_not() -> None:
    heads = ("code", "title", "month")
    for code, kind in (("D1.1", "deliverable"), ("MS3", "milestone"), ("T2.1", "task")):
        (found,) = table("Sheet1", heads, (code, "x", "3"))
        assert found.kind == kind


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (("Task", "Description", "WP"), ["code", "title", "work_unit"]),
        (("Code", "Task", "Due"), ["code", "title", "due"]),
        (("ID", "Task", "Description"), ["code", "title", "notes"]),
        (("Nr", "Deliverable", "Month"), ["code", "title", "due"]),
        (("Deliverable", "Title", "Month"), ["code", "title", "due"]),
        (("No", "Activity", "Lead", "Budget"), ["code", "title", "lead", "amount_cents"]),
        (("WP", "Activity", "Lead", "Budget"), ["code", "title", "lead", "amount_cents"]),
        (("Activity", "Title", "WP", "Budget"), ["code", "title", "parent", "amount_cents"]),
        (("Milestone", "Month", "Means of verification"), ["code", "due", "verification"]),
    ],
)
def test_a_noun_is_the_code_unless_another_column_is(
    heads: tuple[str, ...], fields: list[str]
) -> None:
    (found,) = table("Sheet1", heads, ("x",) * len(heads))
    assert [column.field for column in found.columns] == fields


def test_what_could_be_two_things_is_not_guessed() -> None:
    grid = Grid("t.csv", "Sheet1", [(1, ("title", "due", "lead")), (2, ("x", "3", "UA"))])
    found, aside = headings.find(grid)
    assert found == []
    assert "name the file" in aside[0].reason


def test_lines_above_the_headings_are_named_not_read() -> None:
    rows = [(1, ("SOLAR, plan of 3 May",)), (3, ("Task", "Title", "WP")), (4, ("T1", "x", "WP1"))]
    found, aside = headings.find(Grid("t.csv", "plan", rows))
    assert (found[0].heading_row, found[0].kind) == (3, "task")
    assert [(one.row, one.value) for one in aside] == [(1, "SOLAR, plan of 3 May")]


def test_one_sheet_may_hold_several_tables() -> None:
    rows = [
        (1, ("Acronym", "SOLAR")),
        (2, ("Title", "Schools on solar power")),
        (3, ("Start", "2025-12-01")),
        (5, ("Acronym", "Name", "Country")),
        (6, ("UA", "University", "ES")),
        (8, ("Task", "Title", "WP")),
        (9, ("T1", "x", "WP1")),
        (11, ("T2", "after a gap", "WP1")),
    ]
    found, _ = headings.find(Grid("t.csv", "all", rows))
    assert [(one.kind, len(one.rows)) for one in found] == [
        ("project", 3),
        ("partner", 1),
        ("task", 2),
    ]
