"""The guide: its pages can be read, lead to each other, and are found by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ka2tui.domain import guide

PAGES = guide.pages()


def test_the_first_day_stands_first() -> None:
    assert [page.name for page in PAGES[:2]] == ["first-day", "keys"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_leads_on_to_pages_there_are(page: guide.GuidePage) -> None:
    assert page.links, "a line before the commands: See also: [Task](task.md)"
    assert set(page.links) <= {it.name for it in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_sign_of_markdown_is_left_in_the_text(page: guide.GuidePage) -> None:
    for block in page.blocks:
        for span in block.spans:
            assert span.kind == "code" or not {"**", "`", "]("} & {span.text[:2], span.text[-2:]}


def test_a_page_is_understood() -> None:
    page = guide.read(
        "odd",
        "# Odd [red]\n\nOne **strong** and `a*b`,\nwent *on* to [Task](task.md).\n\n- first\n"
        "  still first\n- second\n\n2. two\n\n## On the command line\n\n    ka2tui task\n",
    )
    assert page.title == "Odd [red]"
    first, one, two, third, head, typed = page.blocks
    assert [(it.text, it.kind) for it in first.spans if it.kind] == [
        ("strong", "strong"),
        ("a*b", "code"),
        ("on", "soft"),
        ("Task", "link"),
    ]
    assert page.links == ("task",)
    assert (one.sign, one.spans[0].text) == ("·", "first still first")
    assert (two.sign, third.sign, head.kind) == ("·", "2.", "heading")
    assert typed.spans[0].text == "ka2tui task"


@pytest.mark.parametrize(
    "text", ["", "#", "**", "`", "[a](", "* * *", "```\nopen", "    \x1b[31m", "2*3*4 [/]"]
)
def test_whatever_stands_there_can_be_read(text: str) -> None:
    page = guide.read("odd-one", text)
    assert page.title == "Odd one"
    assert isinstance(page.plain, str)


def test_pages_are_found_by_all_their_words_and_by_their_names_first() -> None:
    found = guide.having(PAGES, "FILTER name")
    assert found[0][0].name == "filter"
    assert all(hits > 0 for _, hits in found)
    assert guide.having(PAGES, "nothing-has-this-word") == []
    assert len(guide.having(PAGES, "  ")) == len(PAGES)


def test_a_page_is_meant_by_its_name_its_title_or_their_beginning() -> None:
    for word in ("work-package", "Work Package", "WORK"):
        page = guide.find(PAGES, word)
        assert page is not None
        assert page.name == "work-package"
    assert guide.find(PAGES, "zebra") is None
    assert guide.find(PAGES, "") is None


def test_a_page_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "task.md").write_text("# Our tasks\n\nAsk Ana.\n")
    (tmp_path / "guide" / "office.md").write_text("# Office\n\nRoom 4.\n")
    titles = [page.title for page in guide.pages(tmp_path)]
    assert "Our tasks" in titles
    assert "Office" in titles
    assert "Task" not in titles
