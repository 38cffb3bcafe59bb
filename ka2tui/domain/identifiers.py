"""Numbers the programme gives out: of projects, application forms and organisations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import countries
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, is_blank, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


class Scheme(Kind):
    """Whose grammar a project number follows."""

    AGENCY_2021 = "agency_2021", "national agency, 2021-2027"
    AGENCY_2014 = "agency_2014", "national agency, 2014-2020"
    EACEA_2021 = "eacea_2021", "EACEA, 2021-2027"
    EACEA_2014 = "eacea_2014", "EACEA, 2014-2020"
    FORM = "form", "application form, before a decision"


@frozen
class Agreement:
    """A project number, taken apart as far as its grammar allows."""

    number: str
    """As written, without blanks at the ends, label or decision number; capital letters."""
    scheme: Scheme | None = None
    """`None` where the number follows no grammar; it is kept all the same."""
    action: str | None = None
    """Such as KA220 or EPPKA2-CBHE-JP."""
    field: str | None = None
    """ADU, HE, HED, SCH, VET or YOU."""
    call_year: int | None = None
    country: str | None = None
    """ISO 3166 code of the agency's or the coordinator's country."""
    doubt: str | None = None
    """What is wrong or unusual, with a suggestion where there is one."""
    wrong: str | None = None
    """The same of what cannot be right in the number of a KA2 project; None where all can be."""
    suggestion: str | None = None
    """The number that was probably meant; never taken over unasked."""


@frozen
class OrganisationNumber:
    """An OID or a PIC."""

    number: str
    doubt: str | None = None


_WRITTEN = {"GR": "EL", "GB": "UK"}
"""How the programme writes countries that it has another code for than ISO."""

_BEGAN = {"KA210": 2021, "KA220": 2021, "KA240": 2026}
"""Actions of today, and the first call of each. Source: Programme Guide 2025; agencies on 2026."""

_ROUNDS = frozenset("123")
_FIELDS_2021 = "ADU|HED|SCH|VET|YOU"
_AGENCY_2021 = re.compile(
    r"(?P<year>202[1-7])-(?P<round>[1-3])-(?P<country>[A-Z]{2})0[1-9]"
    rf"-(?P<action>KA2(?:10|20|40))-(?P<field>{_FIELDS_2021})-\d{{9}}",
    re.ASCII,
)
_AGENCY_2014 = re.compile(
    r"(?P<year>201[4-9]|2020)-(?P<round>[1-3])-(?P<country>[A-Z]{2})0[1-9]"
    r"-(?P<action>KA2\d{2})(?:-(?P<field>ADU|HE|SCH|VET|YOU))?-\d{6}(?:_\d{1,2})?",
    re.ASCII,
)
_EACEA_2014 = re.compile(
    r"\d{6}-EPP-1-(?P<year>201[4-9]|2020)-1-(?P<country>[A-Z]{2})"
    r"-(?P<action>EPP[A-Z0-9]+(?:-[A-Z]+)+|SPO-[A-Z]+)",
    re.ASCII,
)
_EACEA_2014_KA2 = re.compile(
    r"EPPKA2-(?:KA|SSA(?:-[A-Z])?|CBHE-(?:JP|SP)|CBY-[A-Z-]+)|SPO-[A-Z]+", re.ASCII
)
_EACEA_2021 = re.compile(r"101\d{6}", re.ASCII)
_FORM = re.compile(rf"(?P<action>KA\d{{3}})(?:-(?P<field>{_FIELDS_2021}))?-[0-9A-F]{{8}}", re.ASCII)
_GRAMMARS = (
    (Scheme.AGENCY_2021, _AGENCY_2021),
    (Scheme.AGENCY_2014, _AGENCY_2014),
    (Scheme.EACEA_2014, _EACEA_2014),
    (Scheme.EACEA_2021, _EACEA_2021),
    (Scheme.FORM, _FORM),
)
_LOOSE_AGENCY = re.compile(
    r"(?P<year>\d{4})-?(?:(?P<round>\d)-?)?(?P<country>[A-Z]{2})(?P<agency>[0O][1-9])"
    r"-?(?P<action>KA\d{3})-?(?P<field>[A-Z]{2,3})?-?(?P<serial>\d+)(?P<copy>_\d{1,2})?",
    re.ASCII,
)

_LABEL = re.compile(r"^[^\d:]{2,40}?(?:\s*:)+\s*(?=\w)|^[A-Z][A-Z ]*\b(?:NO|NR|NUMBER)\b[.\s]+")
_DECISION = re.compile(r"\s*\([^()]*\)$")
_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\\s*")

_OID = re.compile(r"E1\d{7}", re.ASCII)
_USUAL_OID = re.compile(r"E10\d{6}", re.ASCII)
_PIC = re.compile(r"\d{9}", re.ASCII)


def read_agreement(text: str) -> Agreement:
    """Read the number of a project or of an application form, and take it apart.

    A number that follows no grammar is kept as it is, with a doubt that says what is wrong;
    nothing in it is changed.

    Raises:
        Misread: There is no number at all.

    Source: numbers of published projects; Programme Guide 2025 for actions and fields.
    """
    if is_blank(text):
        raise Misread("There is no agreement number.")
    number, dropped = _bare(text)
    for scheme, grammar in _GRAMMARS:
        found = grammar.fullmatch(number)
        if found:
            parts = found.groupdict()
            return _agreement(number, scheme, parts, dropped)
    faults, suggestion = _diagnosed(number)
    wrong = _told(number, faults, suggestion)
    return Agreement(number, doubt=wrong, wrong=wrong, suggestion=suggestion)


def _told(number: str, faults: str, suggestion: str | None) -> str:
    hint = f"; did you mean {suggestion}?" if suggestion else ""
    return f"{quoted(number)}: {faults}{hint}"


def as_compared(text: str) -> str:
    """Reduce the number of a project to what is compared: trimmed, capitals, plain hyphens."""
    return _DASHES.sub("-", clean(text).upper())


def read_oid(text: str) -> OrganisationNumber:
    """Read the OID of an organisation: E1 and seven digits, so far always E10: E10207981.

    Raises:
        Misread: There is no number at all.
    """
    number = _compact(text, "OID")
    if _USUAL_OID.fullmatch(number):
        return OrganisationNumber(number)
    if _OID.fullmatch(number):
        return OrganisationNumber(
            number, f"{quoted(number)} is unusual: so far OIDs begin with E10"
        )
    return OrganisationNumber(number, f"{quoted(number)} is no OID: E1 and seven digits expected")


def read_pic(text: str) -> OrganisationNumber:
    """Read the PIC of an organisation: nine digits.

    Raises:
        Misread: There is no number at all.

    Source: Programme Guide 2025, p. 442.
    """
    number = _compact(text, "PIC")
    if _PIC.fullmatch(number):
        return OrganisationNumber(number)
    return OrganisationNumber(number, f"{quoted(number)} is no PIC: nine digits expected")


def _agreement(
    number: str, scheme: Scheme, parts: dict[str, str | None], dropped: str | None
) -> Agreement:
    """Make the reading of a number that follows a grammar, with what is odd about it."""
    written, year = parts.get("country"), parts.get("year")
    known = _country(written) if written else None
    faults = list(_oddities(scheme, parts))
    suggestion = None
    if written and known is None:
        faults.append(f"{written} is not the code of a country")
    elif written in _WRITTEN:
        faults.append(
            f"the programme writes {countries.say_country(written)} as {_WRITTEN[written]}"
        )
        if len(faults) == 1:
            suggestion = re.sub(rf"-{written}(?=0|-)", f"-{_WRITTEN[written]}", number, count=1)
    wrong = _told(number, "; ".join(faults), suggestion) if faults else None
    foreign = next(_foreign(scheme, parts), None)
    return Agreement(
        number=number,
        scheme=scheme,
        action=parts.get("action"),
        field=parts.get("field"),
        call_year=int(year) if year else None,
        country=known,
        doubt="; ".join(filter(None, (dropped, foreign, wrong))) or None,
        wrong=wrong,
        suggestion=suggestion,
    )


def _foreign(scheme: Scheme, parts: dict[str, str | None]) -> Iterator[str]:
    """Say that a well-formed number is of something else than KA2."""
    action = parts.get("action") or ""
    if scheme is Scheme.EACEA_2014 and not _EACEA_2014_KA2.fullmatch(action):
        yield f"{action} is not a KA2 action"
    if scheme is Scheme.FORM and not action.startswith("KA2"):
        yield f"{action} is not a KA2 action"


def _oddities(scheme: Scheme, parts: dict[str, str | None]) -> Iterator[str]:
    """Say what in a well-formed number does not go together."""
    action, field, year = parts.get("action") or "", parts.get("field"), parts.get("year")
    if action == "KA210" and field == "HED":
        yield "KA210 has no higher education (HED)"
    if action == "KA240" and field != "SCH":
        yield "KA240 exists for schools (SCH) only"
    if scheme is Scheme.AGENCY_2014 and action in _BEGAN:
        yield f"{action} does not belong to a call of {year}: it began in {_BEGAN[action]}"
    elif year is not None and int(year) < _BEGAN.get(action, 0):
        yield f"{action} began in {_BEGAN[action]}"


def _diagnosed(number: str) -> tuple[str, str | None]:
    """Say what is wrong with a number that follows no grammar, and what may have been meant."""
    found = _LOOSE_AGENCY.fullmatch(number)
    if not found:
        return "this is not the form of a project number", None
    faults = list(_faults(found))
    mended = _mended(found)
    good = any(grammar.fullmatch(mended) for _, grammar in _GRAMMARS) and mended != number
    return ", ".join(faults) or "its parts do not go together", mended if good else None


def _faults(found: re.Match[str]) -> Iterator[str]:
    """Name each fault of a number of a national agency."""
    number, late = found[0], int(found["year"]) > 2020
    if found["agency"].startswith("O"):
        yield "the letter O stands where the zero of the agency's code belongs"
    if found["round"] is None:
        yield "the round of the year is missing"
    elif not number.startswith(f"{found['year']}-{found['round']}-{found['country']}"):
        yield "a hyphen is missing"
    if found["round"] is not None and found["round"] not in _ROUNDS:
        yield f"a call has rounds 1 to 3, not {found['round']}"
    began = _BEGAN.get(found["action"])
    if began is not None and not late:
        yield f"{found['action']} does not belong to a call of {found['year']}: it began in {began}"
    expected = 9 if late or began is not None else 6
    if len(found["serial"]) != expected:
        yield f"it ends in {len(found['serial'])} digits, {expected} expected"
    if late and began is None:
        yield f"{found['action']} does not belong to a call of {found['year']}"
    if late and found["field"] not in _FIELDS_2021.split("|"):
        yield f"one of {_FIELDS_2021.replace('|', ', ')} belongs after the action"


def _mended(found: re.Match[str]) -> str:
    """Write a number of a national agency with its hyphens, and a zero for the letter O."""
    agency = found["country"] + found["agency"].replace("O", "0")
    parts = [
        found["year"],
        found["round"],
        agency,
        found["action"],
        found["field"],
        found["serial"],
    ]
    return "-".join(part for part in parts if part) + (found["copy"] or "")


def _bare(text: str) -> tuple[str, str | None]:
    """Drop the label and the decision number around a project number; say what was dropped."""
    whole = as_compared(text)
    number = _DECISION.sub("", _LABEL.sub("", whole)).strip()
    if number == whole or not number:
        return whole, None
    return number, f"{quoted(clean(text))} was read as {number}"


def _compact(text: str, name: str) -> str:
    """Drop the label and the spaces from an organisation's number."""
    if is_blank(text):
        raise Misread(f"There is no {name}.")
    number = re.sub(rf"^{name}\b[\s:.]*", "", clean(text).upper())
    return re.sub(r"[\s.]", "", number)


def _country(written: str) -> str | None:
    """Give the ISO code of a country as an agency's code writes it."""
    try:
        return countries.read_country(written)
    except Misread:
        return None
