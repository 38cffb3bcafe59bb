"""Behind the figures of a report: each equals what its rows add up to, and leads to them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.periods import Period
from ka2tui.exchange import demo
from ka2tui.queries import progress as read
from ka2tui.queries import progress_figures
from ka2tui.reports import progress as report
from ka2tui.reports.document import Facts, Heading, Notes, Paragraph, Table, Toned, plain
from ka2tui.reports.formats import html, markdown
from ka2tui.reports.formats import plain as spoken
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Contact, Participant
from tests.reports import believable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ka2tui.queries.progress_figures import Traced
    from ka2tui.reports.document import Document

PERIOD = Period(believable.TODAY.replace(month=9, day=1), believable.TODAY)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Mapping[str, Traced]]:
    """A report with the rows behind its figures."""
    portfolio = Portfolio.open(tmp_path_factory.mktemp("behind") / "p.db", actor="Ana")
    project = portfolio.do(believable.enter, more_tasks=500, mark="[red] 🎉 *=1+1* <b>").value
    portfolio.do(believable.enter_steps)
    seen = portfolio.ask(read.progress_of, project, PERIOD, today=believable.TODAY)
    traced = portfolio.ask(progress_figures.traced, project, seen)
    portfolio.close()
    return report.build(seen, traced=traced), traced


def cited(document: Document) -> Iterator[tuple[str, int]]:
    """Give every figure that leads to rows, with the number that it leads to."""
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if isinstance(cell, Toned) and cell.note:
                        yield plain(cell), cell.note
        elif isinstance(block, Paragraph):
            yield from (piece for piece in block.pieces if piece[1])


def test_every_figure_equals_what_its_rows_add_up_to(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    document, traced = written
    assert [name for name, one in traced.items() if not one.figure.adds_up] == []
    assert all(len(one.rows) == len(one.figure.trace) for one in traced.values())
    (notes,) = (block for block in document.blocks if isinstance(block, Notes))
    said = {item.number: item.said for item in notes.items}
    found = list(cited(document))
    assert len(found) > 50
    for shown, note in found:
        number = re.match(r"[\d ]+", shown)
        assert number is not None
        assert said[note].startswith(number[0].strip()), (shown, said[note])


def test_the_report_of_the_example_shows_everything_and_each_figure_adds_up(
    tmp_path: Path,
) -> None:
    demo.build(tmp_path / "demo.db", believable.TODAY)
    portfolio = Portfolio.open(tmp_path / "demo.db", actor="Ana", create=False)
    seen = portfolio.ask(read.progress_of, 1, PERIOD, today=believable.TODAY)
    traced = portfolio.ask(progress_figures.traced, 1, seen)
    contacts = {*portfolio.ask(lambda session: [*session.scalars(select(Contact.name))])}
    names = [
        name
        for name in portfolio.ask(lambda session: [*session.scalars(select(Participant.name))])
        if name not in contacts
    ]
    portfolio.close()
    assert len(names) > 30
    assert [name for name, one in traced.items() if not one.figure.adds_up] == []
    document = report.build(seen, traced=traced)
    parts = {heading.text for heading in document.headings}
    filled = {
        heading.text
        for heading, following in pairwise(document.blocks)
        if isinstance(heading, Heading)
        and not (isinstance(following, Paragraph) and following.tone == "quiet")
    }
    assert parts - filled == {"Rows behind the figures"}
    text = markdown.render(document)
    for said in (
        "38[^", "persons took part by name, each counted once", "6[^", "indicators: 2[^",
        "risks are watched: 1[^", "The agency has paid", "things are not as they were approved",
        "Of the proof that is asked",
    ):  # fmt: skip
        assert said.casefold() in text.casefold(), said
    codes = re.findall(r"\b[a-z]+_[a-z_]+\b", text.split("## Rows behind")[0])
    assert codes == [], "no raw codes"
    assert [name for name in names if name in text] == [], "nobody who took part stands in it"
    assert "PRÓG, Poland, trainers (7)" in text
    assert "Working together (" in text
    assert "score 4" not in text
    assert "Ask every partner for the monthly update (" in text
    assert ": 0 %.** Adding nothing yet: T1.16;" in text
    assert "online no" not in text
    assert "meeting, city" not in text
    assert "change of the application “ME2 Multiplier event Valladolid: city”" in text
    assert "Money (8 of 20)" in text, "a criterion is told once"
    assert ". . " not in text


def test_every_number_above_zero_in_the_tables_of_tasks_leads_to_rows(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    tables = [
        block
        for block in written[0].blocks
        if isinstance(block, Table) and block.caption.startswith("Tasks by")
    ]
    assert len(tables) == 2
    for table in tables:
        for row in table.rows:
            for cell in row.cells[1:]:
                assert isinstance(cell, Toned)
                assert bool(cell.note) is (cell.text != "0")


def test_each_figure_in_html_leads_to_a_row_of_the_table_at_the_end(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    page = html.render(written[0])
    ids = re.findall(r'<tr id="(rows-\d+)">', page)
    links = re.findall(r'<a class="figure" href="#(rows-\d+)"', page)
    assert len(ids) == len(set(ids))
    assert set(links) == set(ids)
    said = re.sub(r"<[^>]+>", "", page)
    assert re.search(r"There are \d+ tasks: \d+ to be done \(\d+ open, \d+ in work", said)
    assert "<b>" not in page


def test_each_figure_in_markdown_has_a_numbered_note(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    text = markdown.render(written[0])
    notes = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert notes == [str(number) for number in range(1, len(notes) + 1)]
    body = text[: text.index("\n[^1]: ")]
    assert set(re.findall(r"\[\^(\d+)\]", body)) == set(notes)


def test_rows_that_are_too_many_to_list_are_counted(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    (notes,) = (block for block in written[0].blocks if isinstance(block, Notes))
    (every,) = (item for item in notes.items if item.title.startswith("Tasks, those"))
    assert every.left > 0
    assert f"and {every.left} more" in spoken.render(written[0])
    assert int(every.said) == len(every.rows) + every.left


def test_every_row_is_told_once_and_named_wherever_it_counts(
    written: tuple[Document, Mapping[str, Traced]],
) -> None:
    (notes,) = (block for block in written[0].blocks if isinstance(block, Notes))
    known = [row for _, rows in notes.known for row in rows]
    assert len({row.number for row in known}) == len(known)
    refs = [ref.row for item in notes.items for ref in (*item.rows, *item.others)]
    assert {row.number for row in refs if row.number} == {row.number for row in known}
    assert all(not row.facts for row in refs if not row.number)
    page = html.render(written[0])
    places = set(re.findall(r'<tr id="(row-\d+)">', page))
    assert set(re.findall(r'href="#(row-\d+)"', page)) <= places


def test_without_the_rows_the_report_cites_nothing(tmp_path: Path) -> None:
    portfolio = Portfolio.open(tmp_path / "p.db", actor="Ana")
    project = portfolio.do(believable.enter).value
    document = report.build(
        portfolio.ask(read.progress_of, project, PERIOD, today=believable.TODAY)
    )
    portfolio.close()
    assert list(cited(document)) == []
    assert not any(isinstance(block, Notes) for block in document.blocks)
    facts = [block for block in document.blocks if isinstance(block, Facts)]
    assert not any(numbers for block in facts for _, _, numbers in block.cited)
