"""A file of rules with a mistake is refused with file, line and key; one that is right is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ka2tui import datafiles
from ka2tui.domain import rulebook
from ka2tui.domain.rule_reading import BrokenRules, Fault, read
from ka2tui.domain.toml_lines import Lines

GOOD = """\
# what is known of the next call
call_year = 2027
version = "x"

[sources.guide-2027]
title = "Programme Guide 2027"

[[action]]
id = "KA220"
name = "Cooperation Partnerships"
codes = ["KA220-SCH", "KA220-VET"]
managed_by = "NA"
minimum_organisations = { value = 3, source = "guide-2027", confirmed = true }
minimum_countries = { value = 3, source = "guide-2027", confirmed = true }
months_min = { value = 12, source = "guide-2027", confirmed = true }
months_max = { value = 36, source = "guide-2027", confirmed = true }
lump_sums_eur = { value = [
    120_000, # the small one
    250_000,
], source = "guide-2027", confirmed = true }

[[action.deadline]]
title = "Round 1"
day = 4
month = 3
hour = "12:00:00"
zone = "Europe/Brussels"
start_months = [9, 12]
source = "guide-2027"
confirmed = true

[action.award]
threshold = 70
relevance = { max = 25, min = 13 }
design = { max = 30, min = 15 }
partnership = { max = 20, min = 10 }
impact = { max = 25, min = 13 }
tie_break = ["relevance"]
source = "guide-2027"
confirmed = true

[[action]]
id = "KA210"
name = "Small-scale Partnerships"
managed_by = "NA"
as_in = 2025

[[derived]]
id = "final_report_due"
title = "Final report due"
from = "project_end"
days = 60
source = "bibb"
confirmed = false

[quality]
source = "bibb"
confirmed = true
30 = { very_good = 26, good = 21, fair = 15, weak = 0 }

[decision.NA]
letter_months = 5
signature_months = 6
source = "bibb"
confirmed = true

[[country]]
code = "CH"
status = "programme"
source = "guide-2027"
confirmed = false
"""

OF_2025 = GOOD.replace("call_year = 2027", "call_year = 2025").replace(
    "as_in = 2025",
    """minimum_organisations = { value = 2, source = "guide-2027", confirmed = true }
minimum_countries = { value = 2, source = "guide-2027", confirmed = true }""",
)
"""The same for a call that ours are of as well."""


def faults(written: str) -> tuple[Fault, ...]:
    return rulebook.faults(written, "2027.toml")


def test_a_good_file_is_taken() -> None:
    assert faults(GOOD) == ()
    rules = read(GOOD, "2027.toml", sources={"bibb"}, sorts=())
    assert (rules.year, [it.id for it in rules.actions]) == (2027, ["KA220", "KA210"])
    large = rules.actions[0]
    assert large.several("lump_sums_eur") == (120_000, 250_000)
    assert large.fields == ("SCH", "VET")
    assert large.award is not None
    first = large.award.criteria[0]
    assert (first.id, first.most, first.least) == ("relevance", 25, 13)
    assert rules.countries[0].status == "programme"
    assert rules.decision["NA"].signature_months == 6
    assert rules.quality is not None
    assert rules.quality.word(21, 30) == "good"


MISTAKES = [
    # what is changed into what, the line, the key, what is said
    ("call_year = 2027", "call_yaer = 2027", 2, "call_yaer", "did you mean call_year"),
    ("call_year = 2027", "call_year = 1999", 2, "call_year", "from 2014 to 2100, not 1999"),
    ("call_year = 2027", 'call_year = "2027"', 2, "call_year", "not '2027'"),
    ("call_year = 2027", "call_years = [2027]", 2, "call_years", "two years in their order"),
    ("value = 3, source", "vlaue = 3, source", 13, "vlaue", "did you mean value"),
    ("value = 3, source", "value = 0, source", 13, "value", "from 1 to 1000, not 0"),
    ("value = 3, source", "value = 3.0, source", 13, "value", "not 3.0"),
    ("value = 3, source", 'value = "three", source', 13, "value", "not 'three'"),
    ("value = 3, source", "value = true, source", 13, "value", "not True"),
    ("value = 3, source", "source", 13, "value", "is missing"),
    (
        'organisations = { value = 3, source = "guide-2027", confirmed = true }',
        "organisations = 3",
        *(13, "minimum_organisations", "write it as { value"),
    ),
    ("minimum_countries = {", "minimum_contries = {", 14, "minimum_contries", "minimum_countries"),
    (
        'minimum_countries = { value = 3, source = "guide-2027", confirmed = true }\n',
        "",
        *(8, "minimum_countries", "is missing"),
    ),
    ("minimum_countries = { value = 3", "minimum_countries = { value = 4", 14, "", "is more than"),
    ("months_max = { value = 36", "months_max = { value = 6", 15, "months_min", "12 is more than"),
    ("months_max = { value = 36", "months_max = { value = 600", 16, "value", "from 1 to 120"),
    (
        '36, source = "guide-2027", confirmed = true',
        '36, source = "guide-2072", confirmed = true',
        *(16, "source", "did you mean guide-2027"),
    ),
    (
        '36, source = "guide-2027", confirmed = true',
        '36, source = "guide-2027", confirmed = "yes"',
        *(16, "confirmed", "must be true or false"),
    ),
    (
        '36, source = "guide-2027", confirmed = true',
        '36, source = "guide-2027"',
        *(16, "confirmed", "is missing"),
    ),
    (
        '36, source = "guide-2027", confirmed = true',
        "36, confirmed = true",
        *(16, "source", "is missing"),
    ),
    ("    250_000,", "    25_000,", 17, "value", "begins with the smallest"),
    ("    250_000,", "    120_000,", 17, "value", "twice"),
    ("    250_000,", '    "250 000",', 17, "value", "not '250 000'"),
    ('managed_by = "NA"\nminimum', 'managed_by = "Na"\nminimum', 12, "managed_by", "NA, EACEA"),
    ('"KA220-VET"]', '"KA220 VET"]', 11, "codes", "list of codes"),
    ('codes = ["KA220-SCH", "KA220-VET"]', "codes = []", 11, "codes", "list of codes"),
    ('name = "Cooperation Partnerships"', 'name = ""', 10, "name", "must be a text"),
    ('id = "KA210"', 'id = "KA220"', 43, "id", "twice"),
    ('id = "KA220"', 'id = "ka 220"', 9, "id", "capital letters"),
    ("day = 4\nmonth = 3", "day = 31\nmonth = 4", 24, "day", "no day 31 in month 4"),
    ("day = 4\nmonth = 3", "day = 29\nmonth = 2", 24, "day", "no day 29 in month 2 of 2027"),
    ("month = 3", "month = 13", 25, "month", "from 1 to 12, not 13"),
    ('"12:00:00"', '"noon"', 26, "hour", "like 12:00:00, not 'noon'"),
    ('"12:00:00"', '"25:00"', 26, "hour", "not '25:00'"),
    ('"Europe/Brussels"', '"Europe/Brussel"', 27, "zone", "no time zone"),
    ("[9, 12]", "[12, 9]", 28, "start_months", "like [9, 12]"),
    ("[9, 12]", "9", 28, "start_months", "like [9, 12]"),
    ("[[action.deadline]]", "[action.deadline]", 22, "deadline", "written as [[deadline]]"),
    ("design = { max = 30", "design = { max = 20", 34, "relevance", "come to 90 (25 + 20 + 20"),
    ("design = { max = 30, min = 15", "design = { max = 30, min = 31", 35, "min", "more than max"),
    ("design = { max = 30, min = 15", "design = { max = 30, mn = 15", 35, "mn", "did you mean min"),
    ("impact = { max", "impakt = { max", 37, "impakt", "did you mean impact"),
    ("threshold = 70", "threshold = 170", 33, "threshold", "from 1 to 100"),
    ('tie_break = ["relevance"]', 'tie_break = ["luck"]', 38, "tie_break", "must be a list of"),
    ('id = "final_report_due"', 'id = "final_report"', 49, "id", "did you mean final_report_due"),
    ('from = "project_end"', 'from = "project_ende"', 51, "from", "did you mean project_end"),
    ("days = 60", "days = 0", 52, "days", "neither days nor months"),
    ("days = 60", "days = 6.5", 52, "days", "not 6.5"),
    ("good = 21", "good = 27", 59, "30", "each word begins below"),
    ("good = 21", "gut = 21", 59, "gut", "nothing is known by this name"),
    ("letter_months = 5", "letter_months = -1", 62, "letter_months", "from 0 to 60"),
    ("[decision.NA]", "[decision.Na]", 61, "Na", "did you mean NA"),
    ('code = "CH"', 'code = "SCHWEIZ"', 68, "code", "no ISO code"),
    ('status = "programme"', 'status = "15"', 69, "status", "is none of programme, 1"),
    ("call_year = 2027", "call_year = 2027\ncall_year = 2028", 3, "", "no TOML"),
    ('version = "x"', 'version = "x', 3, "", "no TOML"),
    ("[[country]]", "[[country]", 67, "", "no TOML"),
    ('title = "Programme Guide 2027"', "titel = 5", 6, "titel", "did you mean title"),
]


@pytest.mark.parametrize(("was", "now", "line", "key", "says"), MISTAKES)
def test_a_mistake_is_named_with_file_line_and_key(
    was: str, now: str, line: int, key: str, says: str
) -> None:
    assert GOOD.count(was) >= 1
    found = faults(GOOD.replace(was, now, 1))
    said = [str(fault) for fault in found]
    assert any(
        fault.line == line and fault.key.split(", ")[-1].startswith(key) and says in str(fault)
        for fault in found
    ), said
    assert all(re.match(r"2027\.toml, line \d+", it) and it.endswith((".", "?")) for it in said)
    assert not [it for it in said if ".." in it]


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file() -> None:
    written = GOOD.replace("value = 3,", 'value = "3",').replace("day = 4", "day = 32")
    found = faults(written)
    assert [fault.line for fault in found] == [13, 14, 24]
    with pytest.raises(BrokenRules, match=r"2027\.toml, line 13, .*\(2 more: ka2tui rule check\)"):
        read(written, "2027.toml", sources={"bibb"}, sorts=())


def test_an_empty_file_says_what_is_missing() -> None:
    says = " ".join(str(fault) for fault in faults(""))
    assert "call_year" in says


@pytest.mark.parametrize("name", datafiles.names("rules", ".toml"))
def test_our_own_files_have_no_fault(name: str) -> None:
    assert rulebook.faults(datafiles.read_text(name), name) == ()


def test_a_line_is_found_through_everything_toml_allows() -> None:
    lines = Lines(
        'a = """\n[x]\nb = 1\n"""\n"quoted key" = 2\n[t.u]\nc.d = [\n 1, # ] no end\n "]",\n]\n'
        "e = { f = 1 }\n[[t.v]]\n[[t.v]]\ng = '''\n'''\nh = 3\n"
    )
    assert lines.of(("quoted key",)) == 5
    assert lines.of(("t", "u", "c", "d")) == 7
    assert lines.of(("t", "u", "e", "f")) == 11
    assert lines.of(("t", "v", 1, "h")) == 16
    assert lines.of(("t", "v", 0)) == 12
    assert lines.of(("nowhere",)) is None


@pytest.mark.parametrize("page", ["docs/formats.md", "data/guide/rule.md"])
def test_the_examples_that_people_read_can_be_used(page: str) -> None:
    written = (Path(__file__).parents[2] / page).read_text("utf-8")
    lines = written.replace("\n    ", "\n").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("call_year ="))
    last = next(at for at in range(first, len(lines)) if lines[at].startswith(("```", "`as_in`")))
    assert rulebook.faults("\n".join(lines[first:last]), page) == ()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('managed_by = "NA"', "managed_by = [1]"),
        ('id = "KA220"', "id = 2025-01-01"),
        ("value = 3,", "value = [[]],"),
        ("[[action.deadline]]", "[[action.composition]]\nsorts = 3.5\n[[action.deadline]]"),
        ("[[action.deadline]]", '[[action.composition]]\nsorts = ["hie"]\n[[action.deadline]]'),
        ("[quality]", "[qualities]"),
        ("[[derived]]", "[derived]"),
        ("[sources.guide-2027]", "[sources]\nguide-2027 = 5\n[sources.other]"),
    ],
)
def test_what_is_of_another_kind_altogether_is_a_fault_too(was: str, now: str) -> None:
    found = faults(GOOD.replace(was, now, 1))
    assert found
    assert all(str(fault).startswith("2027.toml, line ") for fault in found)
