"""Whatever people type shows as it is in every format, and nothing of it acts."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ka2tui.domain.entries import Malformed
from ka2tui.domain.text import clean
from ka2tui.reports import progress as report
from ka2tui.reports.document import (
    Bar,
    Bars,
    Block,
    Column,
    Curve,
    Document,
    Facts,
    Heading,
    Lane,
    Note,
    Paragraph,
    Point,
    Points,
    Row,
    Table,
    Tick,
    Timeline,
    Toned,
    Trend,
)
from ka2tui.reports.formats import html, markdown
from tests.reports.conftest import Reader
from tests.tui.hostile import HOSTILE

LOADS = {"src", "href", "data", "action", "formaction", "poster", "background", "srcset"}
MORE = (
    "# heading",
    "1. list",
    "2) list",
    "- item",
    "+ item",
    "> quote",
    "---",
    "===",
    "    code",
    "```",
    "a | b",
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "<http://evil.example>",
    "http://evil.example/a_b_c",
    "www.evil.example",
    "mail@evil.example",
    "&lt;b&gt; &#60;",
    "__init__ _x_ snake_case *y*",
    "~~gone~~",
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title></svg>",
    "{{ 7*7 }} {% raw %} {# x #}",
    "\\\\ \\| \\`",
    "[^1]: note",
    "[ref]: /url",
)
TYPED = (*HOSTILE, *MORE)


def of(*blocks: Block) -> Document:
    return Document("Title", "Subtitle", "About", blocks)


def every_place(text: str) -> Document:
    """Put a text wherever a document can hold one."""
    day = date(2026, 2, 1)
    return Document(
        text,
        text,
        text,
        (
            Heading(text),
            Heading(text, 2),
            Paragraph(text),
            Note(text),
            Points((text,)),
            Facts(((text, text),)),
            Table(
                text,
                (Column(text), Column("Number", "number")),
                (Row((text, Toned(text, "late"))), Row((text, "2"), 1), Row((text, "3"), 0, True)),
                text,
            ),
            Bars(text, (Bar(text, 50, 60, text), Bar(text, None, None, text, 1)), text),
            Timeline(
                text,
                date(2026, 1, 1),
                date(2026, 12, 31),
                day,
                (Tick(date(2026, 1, 1), "M1"),),
                (
                    Lane(text, day, date(2026, 5, 1), 30, (Point(day, text, reached=True),)),
                    Lane(text, points=(Point(day, text, reached=False, late=True),)),
                ),
                text,
            ),
            Trend(text, (Curve(text, ((day, 3), (date(2026, 3, 1), 70))),), text),
        ),
    )


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    def assert_harmless(self) -> None:
        names = {tag for tag, _ in self.tags}
        assert not names & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
        for _, attributes in self.tags:
            assert not [name for name in attributes if name.startswith("on")]
            for name, value in attributes.items():
                if name in LOADS:
                    assert value.startswith("#")
                assert "javascript:" not in value
        policies = [
            attributes["content"]
            for tag, attributes in self.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [html.POLICY]
        assert "script-src" not in policies[0]
        assert policies[0].startswith("default-src 'none'")


@pytest.mark.parametrize("typed", TYPED)
def test_html_shows_every_text_and_runs_none(typed: str) -> None:
    page = Page(html.render(every_place(typed)))
    page.assert_harmless()
    wanted = [clean(typed, lines=True)]
    wanted.append(" ".join(clean(typed).split()))
    shown = sum(text in wanted for text in (one.strip("\n") for one in page.texts))
    assert shown >= 20
    assert tags_of(page) == tags_of(Page(html.render(every_place("harmless"))))


def tags_of(page: Page) -> list[str]:
    """Give the tags of a page; how many lines a label of a chart is broken into is left out."""
    return [tag for tag, _ in page.tags if tag not in {"tspan", "rect", "line"}]


def rendered(text: str) -> tuple[list[str], set[str]]:
    """Give the texts that a reader of Markdown sees, and what it was made into."""
    reader = MarkdownIt("js-default", {"linkify": False}).enable(["table", "strikethrough"])
    page = Page(reader.render(text))
    lines = [" ".join(part.split()) for part in page.texts]
    return [line for line in lines if line], {tag for tag, _ in page.tags}


@pytest.mark.parametrize("typed", TYPED)
def test_markdown_shows_every_text_literally(typed: str) -> None:
    line = " ".join(clean(typed).split())
    document = of(
        Heading(typed),
        Paragraph(typed),
        Note(typed),
        Points((typed,)),
        Table("Caption", (Column(typed), Column("b")), (Row((typed, typed)),)),
    )
    texts, tags = rendered(markdown.render(document))
    assert texts.count(line) == 7
    assert not tags & {"a", "img", "em", "code", "s", "script", "hr", "pre", "ol"}
    assert texts[:3] == ["Title", "Subtitle", "About"]


@pytest.mark.parametrize("typed", TYPED)
def test_no_text_breaks_the_shape_of_markdown(typed: str) -> None:
    def shape(text: str) -> list[str]:
        reader = MarkdownIt("js-default").enable("table")
        kinds = [token.type for token in reader.parse(markdown.render(every_place(text)))]
        return [kind for kind in kinds if kind != "inline"]

    assert shape(typed) == shape("harmless")


@given(st.text(max_size=60))
def test_any_text_survives_markdown(typed: str) -> None:
    line = " ".join(clean(typed).split())
    texts, _ = rendered(markdown.text(typed))
    assert " ".join(texts) == line


@pytest.mark.parametrize(
    "typed",
    [
        "https://solaris.example.org",
        "see https://a.example/x/y-z?q=1#top, and http://b.example.",
        "ana@d.example",
        "+8 (of 16)",
        "- in a cell",
    ],
)
def test_what_needs_no_sign_before_it_stays_readable(typed: str) -> None:
    assert markdown.inline(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "https://bank.example@evil.example",
        "https://a.example/*x*",
        "https://a.example/<b>x</b>",
        "https://a.example&copy;x",
        "ask @ana",
        "www.c.example",
        "javascript:alert(1)",
        "<https://a.example>",
    ],
)
def test_no_other_address_becomes_a_link(typed: str) -> None:
    written = markdown.inline(typed)
    assert not re.search(r"https?://|(?<!\\)www\.|(?<![\w\\])@|<", written.replace(r"https\:", ""))
    texts, tags = rendered(written)
    assert " ".join(texts) == typed
    assert not tags & {"a", "em", "b", "script"}


def test_a_chart_shows_long_labels_whole() -> None:
    label = "WP3 The course: six modules, a handbook for trainers and a kit for the home"
    day = date(2026, 1, 1)
    lane = Lane(label, day, date(2026, 6, 30), 40)
    figures = (
        Bars("Bars", (Bar(label, 40, 50), Bar("WP4 Short", 10, 50)), ""),
        Timeline("Plan", day, date(2026, 12, 31), day, (), (lane, lane), ""),
    )
    for figure in figures:
        page = Page(html.render(of(figure)))
        assert "…" not in "".join(page.texts)
        lines = [attributes for tag, attributes in page.tags if tag == "tspan"]
        heights = [float(line["y"]) for line in lines]
        assert len(lines) >= 2
        assert all(below - above >= 12 for above, below in pairwise(heights))


@pytest.mark.parametrize(
    ("today", "width"),
    [(date(2026, 7, 1), 0.5), (date(2026, 12, 31), 0.8), (date(2026, 1, 1), None)],
)
def test_no_bar_is_dark_beyond_today(today: date, width: float | None) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    lane = Lane("WP1", first, last, 80)
    page = Page(html.render(of(Timeline("Plan", first, last, today, (), (lane,), ""))))
    wide = {
        attributes["class"]: float(attributes["width"])
        for tag, attributes in page.tags
        if tag == "rect"
    }
    assert "80 %" in page.texts
    dark = wide.get("fill")
    if width is None:
        assert dark is None
    else:
        assert dark is not None
        assert dark / wide["track"] == pytest.approx(width, abs=0.01)


def test_no_bar_of_signs_is_done_beyond_today() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    lane = Lane("WP1", first, last, 80)
    text = markdown.render(of(Timeline("Plan", first, last, date(2026, 7, 1), (), (lane,), "")))
    (drawn,) = [line for line in text.splitlines() if line.startswith("| WP1")]
    assert "▓" in drawn.split("┃")[0]
    assert "▓" not in drawn.split("┃")[1]
    assert drawn.endswith("| 80 % |")


@given(st.text(max_size=60))
def test_any_text_survives_html(typed: str) -> None:
    page = Page(html.render(of(Paragraph(typed))))
    page.assert_harmless()
    assert clean(typed, lines=True) in "".join(page.texts)


def test_a_whole_report_of_hostile_texts_is_harmless(seen: Reader) -> None:
    for mark in ("<script>alert(1)</script>", "' onload='x", "| x `y` [z](http://evil.example)"):
        document = report.build(seen(mark))
        page = Page(html.render(document))
        page.assert_harmless()
        assert f"Project management{mark}" in page.texts
        texts, tags = rendered(markdown.render(document))
        assert f"Project management{mark}" in texts
        assert not tags & {"a", "img", "script"}


def test_a_page_loads_nothing_from_elsewhere(seen: Reader) -> None:
    page = html.render(report.build(seen()))
    assert "url(" not in page
    assert "@import" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_charts_have_words_for_those_who_cannot_see_them(seen: Reader) -> None:
    page = Page(html.render(report.build(seen())))
    charts = [attributes for tag, attributes in page.tags if tag == "svg"]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert len(charts) == 3
    for chart in charts:
        assert chart["role"] == "img"
        assert set(chart["aria-labelledby"].split()) <= ids
    words = " ".join(page.texts)
    assert "WP2 Teacher handbook: 60 %, behind, 97 % of its time passed." in words
    assert "D2.3 Teacher handbook, draft, 31 Oct 2026, late" in words
    assert "Implementation: 33 on 2 Mar 2026, 50 on 6 Jul 2026, 75 on 2 Nov 2026." in words


def test_a_page_can_be_walked_by_its_parts(seen: Reader) -> None:
    document = report.build(seen())
    page = Page(html.render(document))
    ids = [attributes["id"] for tag, attributes in page.tags if tag == "h2"]
    links = [attributes["href"].lstrip("#") for tag, attributes in page.tags if tag == "a"]
    assert links == ids
    assert len(ids) == len(document.headings)
    assert page.tags[0] == ("html", {"lang": "en"})
    assert ("th", {"scope": "col", "class": "code short"}) in page.tags


def test_a_table_repeats_its_headings_on_paper() -> None:
    page = html.render(of(Heading("x")))
    assert "table-header-group" in page
    assert "@page" in page


def test_a_long_user_style_may_not_load_or_leave_its_place(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    style = tmp_path / html.STYLE
    for bad in (
        "</style><script>",
        "@import 'x'",
        "a { background: url(http://evil.example) }",
        "a { background: URL( '//evil.example' ) }",
    ):
        style.write_text(bad, encoding="utf-8")
        with pytest.raises(Malformed, match=r"page\.css"):
            html.render(of(Heading("x")), tmp_path)
    style.write_text("body { color: teal }", encoding="utf-8")
    assert "color: teal" in html.render(of(Heading("x")), tmp_path)


def test_markdown_draws_figures_in_signs(seen: Reader) -> None:
    text = markdown.render(report.build(seen()))
    assert "| WP2 Teacher handbook | `▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░┃` | 60 % | behind |" in text
    lanes = [line for line in text.splitlines() if "┃" in line and "Milestones" in line]
    assert lanes[0].count("◆") == 2
    assert lanes[0].count("◇") == 1


def test_only_a_part_that_sums_up_is_set_apart_and_no_line_is_blank() -> None:
    blocks = (Heading("Welcome"), Paragraph("Hello"), Heading("Money"))
    bare = Document("Minutes", "SOLARIS", "", blocks)
    assert 'class="lead"' not in html.render(bare)
    assert 'class="about"' not in html.render(bare)
    assert "\n\n\n" not in markdown.render(bare)
    summed = html.render(Document("Report", "SOLARIS", "Of today.", blocks, leads=True))
    assert summed.count('class="lead"') == 1
    assert 'class="about"' in summed
