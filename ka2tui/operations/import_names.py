"""What records are called, and the forms in which people write it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ka2tui.domain import countries, money
from ka2tui.domain.kinds import Kind
from ka2tui.domain.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ka2tui.domain.intake import Item


PARTS = re.compile(r"\s*[;,/+&\n|]\s*|\s+(?:and|und|et|y|ve|i|e|[-–—])\s+")


UNIT_WORD = re.compile(r"^(?:wp|work ?package|activity|heading|arbeitspaket)\b")


COORDINATOR = {
    *("coordinator", "coordinating", "leadpartner", "applicant", "projectcoordinator"),
    *("coordinatingorganisation", "coordinatingpartner", "koordinator", "koordynator"),
    *("coordinateur", "coordinador", "coordinatore", "coordenador", "coordonator", "koordinatör"),
    *("συντονιστης", "projektkoordinator", "lider"),
}


def names_given(item: Item) -> set[str]:
    """Give what an item calls a partner, as compared."""
    return {key_of(item.values[name]) for name in ("acronym", "name") if item.values.get(name)}


def names_of(kind: str, record: Any) -> Iterator[str]:
    """Give everything that a record is called, as compared."""
    fields: tuple[str, ...]
    match kind:
        case "partner":
            fields = ("acronym", "name", "oid", "pic", "nr")
        case "contact":
            fields = ("name", "email")
        case "meeting" | "task" | "risk" | "log_entry" | "indicator":
            fields = ("code", "title")
        case _:
            fields = ("code",)
    for field in fields:
        said = getattr(record, field, None)
        if said:
            yield key_of(said)
    if kind == "meeting" and (number := _tpm(record.title)):
        yield f"tpm{number}"


def _tpm(title: str) -> str | None:
    found = re.search(r"(\d+)(?:st|nd|rd|th)? ?tpm|tpm ?(\d+)", fold(title))
    return (found[1] or found[2]) if found else None


def forms(kind: str, said: str) -> Iterator[str]:
    """Give the forms in which words may name a record, the surest first."""
    yield key_of(said)
    bare = re.sub(r"\s*\([^)]*\)", "", said).strip()
    yield key_of(bare)
    match kind:
        case "work_unit":
            found = re.match(r"((?:WP|IO|PR|[A-Z])? ?\d{1,2}(?:\.\d{1,2})?)\b", bare, re.IGNORECASE)
            if found:
                yield key_of(found[1])
            numbered = re.match(
                r"(?:work ?package|arbeitspaket|ap|lot|ip|no\.?|nr\.?)? ?(\d{1,2})\b(?!\.\d)",
                fold(bare),
            )
            if numbered:
                yield f"wp{int(numbered[1])}"
        case "meeting":
            yield from _forms_of_meeting(said, bare)
        case "partner":
            for part in re.split(r"\s+[-–—|/]\s+|\s*[,:(]\s*", said):
                yield key_of(part)
            yield key_of(bare.partition(" ")[0])
            if found := re.fullmatch(r"p(?:artner)? ?(\d{1,2})", fold(bare)):
                yield found[1]
        case "task":
            yield key_of(bare.partition(" ")[0])


def _forms_of_meeting(said: str, bare: str) -> Iterator[str]:
    if bare.isdecimal():
        yield f"tpm{int(bare)}"
    elif number := _tpm(bare):
        yield f"tpm{number}"
    for part in re.split(r"\s*[,;:(]\s*|\s+[-–—|]\s+", said):
        yield key_of(part)
    first = bare.partition(" ")[0].rstrip(",;:")
    if re.search(r"\d", first) and is_code(first):
        yield key_of(first)


def beside(partner: Any) -> Iterator[str]:
    """Give what people write beside the name of a partner: its other name, city and country."""
    for word in (partner.acronym, partner.name, partner.city, partner.country, partner.nr):
        if word:
            yield word
    if partner.country:
        yield countries.say_country(partner.country)


def is_all_of(said: str, partner: Any) -> bool:
    """Tell whether words say nothing but who a partner is."""
    known = {word for one in beside(partner) for word in re.findall(r"[^\W_]+", fold(one))}
    bare = re.findall(r"[^\W_]+", fold(said))
    return bool({"".join(bare)} & {key_of(one) for one in beside(partner)}) or not (
        {word for word in bare if word not in {"p", "partner"} and not re.fullmatch(r"p\d+", word)}
        - known
    )


def is_code(part: str) -> bool:
    """Tell whether words are an acronym or a code rather than a name."""
    return len(part.split()) == 1 and len(part) <= 12 and part == part.upper()


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """Reduce a name or code to what is compared: WP 1 is wp1, e.V. stays apart from eV."""
    folded = fold(text)
    return re.sub(r"[^\w.+&]|_", "", folded) or folded


def compared(value: Any) -> Any:
    """Reduce a value of a key to what is compared."""
    if isinstance(value, str) and not isinstance(value, Kind):
        return key_of(value) or None
    return value


def compared_in(name: str, value: Any) -> Any:
    """Compare codes and acronyms as people do; everything else as it is."""
    return fold(value) if name in {"code", "acronym"} and value is not None else value


def equal(stored: object, value: object) -> bool:
    """Tell whether a stored value says the same as one of a file."""
    if isinstance(stored, str) and isinstance(value, str) and not isinstance(stored, Kind):
        return clean(stored, lines=True) == clean(value, lines=True)
    return stored == value


def say_value(value: object, field: str = "") -> str:
    """Write a value as a finding tells it; money and days by what their field is called."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and field.endswith("_cents"):
        return money.say_amount(value)
    if isinstance(value, int) and field.endswith("_hundredths"):
        return money.say_amount(value, "").strip()
    if isinstance(value, Kind):
        return value.word
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:59] + '…'}”"
    return str(value)


def called(record: Any) -> str:
    """Give what people call a record."""
    for field in ("code", "acronym", "name", "title"):
        if getattr(record, field, None):
            return str(getattr(record, field))
    return ""
