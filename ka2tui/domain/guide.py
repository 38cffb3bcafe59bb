"""The guide: pages of words in data/guide, one a noun, read from the little Markdown they use."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple

from ka2tui import datafiles
from ka2tui.domain import search
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ka2tui.domain.search import Question

FIRST = ("first-day", "keys")
"""Pages that stand before the others; those go by their titles."""


class Span(NamedTuple):
    """A stretch of text that means one thing."""

    text: str
    kind: Literal["", "strong", "code", "soft", "link"] = ""
    target: str = ""
    """Of a link: the name of the page it leads to."""


@frozen
class Block:
    """A heading, a paragraph, a point of a list, or lines that are typed as they stand."""

    kind: Literal["heading", "paragraph", "point", "typed"]
    spans: tuple[Span, ...]
    sign: str = ""
    """Of a point: what stands before it."""

    @property
    def leads(self) -> bool:
        """Whether it only says where to read on: "See also: ..."."""
        return bool(self.spans) and self.spans[0].text.startswith("See also:")


@frozen
class GuidePage:
    """One page."""

    name: str
    """Of its file, without the ending: "work-package"."""
    title: str
    text: str
    blocks: tuple[Block, ...]
    """All but the title."""

    @property
    def links(self) -> tuple[str, ...]:
        """The names of the pages it leads to, in their order."""
        spans = (span for block in self.blocks for span in block.spans)
        return tuple(dict.fromkeys(span.target for span in spans if span.target))

    @property
    def plain(self) -> str:
        """All its words, a line a block."""
        said = ("".join(span.text for span in block.spans) for block in self.blocks)
        return "\n".join([self.title, *said])

    @property
    def aloud(self) -> str:
        """All of it as plain text, without the signs of Markdown; points one a line."""
        lines, last = [self.title], ""
        for block in self.blocks:
            words = "".join(span.text for span in block.spans)
            if block.kind != last or block.kind in ("heading", "paragraph"):
                lines.append("")
            lines.append(f"{block.sign} {words}" if block.sign[:1].isdigit() else words)
            last = block.kind
        return "\n".join(lines)


def pages(own: Path | None = None) -> tuple[GuidePage, ...]:
    """Read every page; one in the user's folder takes the place of ours.

    Raises:
        DataFault: A page cannot be read.
    """
    found = {
        name: read(name, datafiles.read_text(f"guide/{name}.md", own))
        for name in (
            PurePosixPath(path).stem for path in datafiles.names("guide", ".md", own)
        )
    }  # fmt: skip
    first = [found.pop(name) for name in FIRST if name in found]
    return (*first, *sorted(found.values(), key=lambda page: page.title.casefold()))


def read(name: str, text: str) -> GuidePage:
    """Read one page; whatever stands there, something readable comes of it."""
    title, blocks = name.replace("-", " ").capitalize(), []
    for block in _blocks(text.splitlines()):
        if block.kind == "heading" and not block.sign:
            title = "".join(span.text for span in block.spans)
        else:
            blocks.append(block)
    return GuidePage(name, title, text, tuple(blocks))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Break lines into blocks; a heading of the first level has no sign."""
    kind: Literal["paragraph", "point"] = "paragraph"
    sign, held = "", list[str]()
    fenced = False

    def close() -> Iterator[Block]:
        if held:
            yield Block(kind, tuple(_spans(" ".join(held))), sign)
            held.clear()

    for line in lines:
        bare = line.strip()
        if bare.startswith("```"):
            yield from close()
            fenced = not fenced
        elif fenced or (line.startswith("    ") and not held):
            yield Block("typed", (Span(line if fenced else line[4:], "code"),))
        elif not bare:
            yield from close()
            kind, sign = "paragraph", ""
        elif heading := re.match(r"(#+)\s+(.*)", bare):
            yield from close()
            level = len(heading[1]) - 1
            yield Block("heading", tuple(_spans(heading[2])), "#" * level)
        elif point := re.match(r"([-*]|\d+\.)\s+(.*)", bare):
            yield from close()
            kind, sign = "point", "·" if point[1] in "-*" else point[1]
            held.append(point[2])
        else:
            held.append(bare)
    yield from close()


_SIGNS = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|(?<![\w*])\*(?P<soft>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*])"
    r"|\[(?P<link>[^\]]+)\]\((?P<target>[^)\s]+)\)"
)


def _spans(text: str) -> Iterator[Span]:
    done = 0
    for found in _SIGNS.finditer(text):
        if found.start() > done:
            yield Span(text[done : found.start()])
        done = found.end()
        if found["code"]:
            yield Span(found["code"], "code")
        elif found["strong"]:
            yield Span(found["strong"], "strong")
        elif found["soft"]:
            yield Span(found["soft"], "soft")
        elif found["target"].endswith(".md"):
            yield Span(found["link"], "link", PurePosixPath(found["target"]).stem)
        else:
            yield Span(f"{found['link']} ({found['target']})")
    if done < len(text):
        yield Span(text[done:])


def having(known: Sequence[GuidePage], words: str) -> list[tuple[GuidePage, int]]:
    """Give the pages that have all the words, and how often; those named so come first."""
    question = search.read(words)
    if not question.terms:
        return [(page, 0) for page in known]
    found = [
        (page, hits)
        for page in known
        if (hits := _hits(page, question))
    ]  # fmt: skip
    return sorted(found, key=lambda it: (not search.spots(it[0].title, question), -it[1]))


def _hits(page: GuidePage, question: Question) -> int:
    said = f" {search.plain(page.plain)} "
    if not all(term.needle in said for term in question.terms):
        return 0
    return sum(said.count(term.needle) for term in question.terms)


def excerpt(page: GuidePage, words: str) -> str:
    """Give the line of a page where words stand; blank where its title has them."""
    question = search.read(words)
    for line in page.plain.splitlines()[1:]:
        if search.spots(line, question):
            return search.excerpt(line, question, 70)
    return ""


def find(known: Sequence[GuidePage], word: str) -> GuidePage | None:
    """Find the page somebody means by a word: its name, its title, or the beginning of one."""
    wanted = search.plain(word)
    for fits in (str.__eq__, str.startswith):
        for page in known:
            if any(fits(search.plain(it), wanted) for it in (page.name, page.title)) and wanted:
                return page
    return None
