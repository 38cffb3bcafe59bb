"""Filters: what they mean, what they say, and that nothing but a sentence comes of nonsense."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import completion, filter_reader, lists, reach_lists, task_lists
from ka2tui.domain.filter import BadFilter, Filter
from ka2tui.domain.kinds import Precision, Priority, TaskState
from ka2tui.domain.known_names import Known, Person, TaskMore, Unit
from ka2tui.domain.sieve import Sieve
from ka2tui.queries.task_row import TaskRow

TODAY = date(2026, 11, 21)  # a Saturday, in M14
START = date(2025, 10, 1)
MARKS: set[int] = set()
KNOWN = Known(
    START,
    (
        Unit("WP1", "Management"),
        Unit("WP2", "Handbook"),
        Unit("A2.1", "Pilot", "WP2"),
        Unit("WP12"),
    ),
    (("OU", "Open University"), ("ULODZ", "Uniwersytet Łódzki")),
    (Person("Ana García", "OU"), Person("Jan Nowak", "ULODZ")),
    ("tpm", "very urgent"),
    me="Jan Nowak",
    tasks={1: TaskMore(date(2026, 11, 1), 300, "implementation")},
)
TASKS = task_lists.tasks(KNOWN, TODAY, lambda: MARKS)


def task(number: int, title: str = "Send minutes", **more: Any) -> TaskRow:
    empty: dict[str, Any] = dict.fromkeys(TaskRow._fields)
    plain = {"state": TaskState.OPEN, "priority": Priority.NORMAL, "due_precision": Precision.DAY}
    known = {"id": number, "code": f"T{number}", "title": title, "position": 0, "tags": ()}
    return TaskRow(**{**empty, **plain, **known, **more})


ROWS = (
    task(1, "Send minutes", due=date(2026, 11, 18), partner="OU", work_unit="WP2"),
    task(2, "Draft the handbook", due=date(2026, 11, 27), work_unit="A2.1", tags=("tpm",)),
    task(3, "Zebranie w Łodzi", state=TaskState.WAITING, contact="Jan Nowak", work_unit="WP1"),
    task(4, "Kick-off (rooms)", due=date(2026, 12, 20), priority=Priority.HIGH, partner="ULODZ"),
    task(5, "Old", state=TaskState.DONE, due=date(2026, 1, 1), finished_on=date(2026, 11, 20)),
    task(6, "Report and plan", due=date(2027, 3, 31), contact="Ana García", tags=("very urgent",)),
)


def read(text: str) -> Filter:
    return filter_reader.read(text, TASKS, TODAY, START)


def found(text: str, rows: Sequence[TaskRow] = ROWS) -> list[int]:
    """Give the numbers of the tasks that a filter lets through, asked in both ways."""
    wanted = read(text)
    sieve: Sieve[TaskRow] = Sieve()
    sieve.fill(rows)
    picked = [row.id for row in sieve.pick(wanted)]
    assert picked == [row.id for row in rows if wanted.matches(row)]
    assert sieve.count(wanted) == len(picked)
    return picked


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("  ", [1, 2, 3, 4, 5, 6]),
        ("minutes", [1]),
        ("SEND Minutes", [1]),
        ("lodzi", [3]),
        ("t2", [2]),
        ('"report and"', [6]),
        ("“report and”", [6]),
        ('"and"', [2, 6]),
        ("kick-off", [4]),
        ("state:open", [1, 2, 4, 6]),
        ("state:waiting,done", [3, 5]),
        ("state!=open", [3, 5]),
        ("status:Open", [1, 2, 4, 6]),
        ("state:open and (wp:2 or @OU) and due<+14d", [1, 2]),
        ("wp:2", [1, 2]),
        ("wp:A2.1", [2]),
        ("wp:WP1", [3]),
        ("wp:none", [4, 5, 6]),
        ("wp:any", [1, 2, 3]),
        ("@OU", [1, 6]),
        ("@ulodz", [3, 4]),
        ("who:none", [2, 5]),
        ("@me", [3]),
        ("@jan", [3]),
        ('@"Ana García"', [6]),
        ("partner:OU", [1]),
        ("#tpm", [2]),
        ("tag:very", [6]),
        ('tag:"very urgent",tpm', [2, 6]),
        ("!high", [4]),
        ("priority>=normal", [1, 2, 3, 4, 5, 6]),
        ("priority>normal", [4]),
        ("due:none", [3]),
        ("due:any", [1, 2, 4, 5, 6]),
        ("due<today", [1, 5]),
        ("due:fri", [2]),
        ("due<=fri", [1, 2, 5]),
        ("due>+2w", [4, 6]),
        ("due<14d", [1, 2, 5]),
        ("due:2026-12", [4]),
        ("due:2027", [6]),
        ("due:M18", [6]),
        ("due:20.12.", [4]),
        ('due:"20 Dec 2026"', [4]),
        ("due>=2026-12-20", [4, 6]),
        ("due:today..+14d", [2]),
        ("due:..today", [1, 5]),
        ("due:2027..", [6]),
        ("due:next-friday", [2]),
        ("due:next-week", [2]),
        ("due:week", [1]),
        ("due < today", [1, 5]),
        ("due: none", [3]),
        ("finished>-3d", [5]),
        ("is:late", [1]),
        ("is:late,waiting", [1, 3]),
        ("is:soon", [2]),
        ("not is:late due<today", [5]),
        ("effort>4h", [1]),
        ("effort:none", [2, 3, 4, 5, 6]),
        ("phase:implementation", [1]),
        ("start<today", [1]),
        ("-is:late -state:done", [2, 3, 4, 6]),
        ("not (minutes or handbook)", [3, 4, 5, 6]),
        ("not not minutes", [1]),
        ("minutes or handbook state:open", [1, 2]),
        ("(minutes or zebranie) state:waiting", [3]),
        ("title:handbook,plan", [2, 6]),
        ("code:t3", [3]),
        ("http://nowhere", []),
        ("- minutes", []),
    ],
)
def test_a_filter_lets_through_what_it_says(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "every task"),
        ("minutes", "Has “minutes”"),
        (
            "state:open and (wp:2 or @OU) and due<+14d",
            (
                "State is open (not begun; is:open has those in work too), "
                "and (work package is WP2 (with A2.1) or who is OU (with Ana "
                "García)), and due before Sat 5 Dec 2026 (in 14 days)"
            ),
        ),
        ("due:fri", "Due on Fri 27 Nov 2026 (in 6 days)"),
        ("due:M18", "Due from Mon 1 Mar 2027 to Wed 31 Mar 2027"),
        ("due:-3d", "Due on Wed 18 Nov 2026 (3 days ago)"),
        ("not is:late", "Is not late"),
        ("not (a or b)", "Not (has “a”, or has “b”)"),
        ("@me", "Who is me (with Jan Nowak)"),
    ],
)
def test_a_filter_says_how_it_was_read(text: str, said: str) -> None:
    assert read(text).explain() == said


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("stat:open", 0, "There is no field “stat” (column 1). Did you mean state?"),
        ("a titel:x", 2, "There is no field “titel” (column 3). Did you mean title?"),
        ("state:opn", 6, "There is no state “opn” (column 7). Did you mean open?"),
        ("state:", 0, "It can be open, doing, waiting, done or cancelled."),
        ("is:lat", 3, "A task cannot be “lat” (column 4). Did you mean late?"),
        ("wp:9", 3, "There is no work package “9” (column 4). It can be WP1, WP2, A2.1 or WP12."),
        ("@ULOZ", 1, "There is no partner or person “ULOZ” (column 2). Did you mean ULODZ?"),
        ("due:fryday", 4, "“fryday” is not a date (column 5). Did you mean friday?"),
        ("due<2026-13-01", 4, "there is no month 13"),
        ("due:31.2.2027", 4, "February 2027 has 28 days"),
        ("due:fri..mon", 4, "ends before it begins"),
        ("due<fri,mon", 8, "Only one value can be compared (column 9)."),
        ("state<open", 0, "“state” cannot be compared (column 1). Write state:… instead."),
        ("effort>long", 7, "“long” is not an effort"),
        ("a or", 2, "Something is missing after “or” (column 3)."),
        ("and a", 0, "Something is missing before “and” (column 1)."),
        ("a or or b", 5, "Something is missing before “or” (column 6)."),
        ("not", 0, "Something is missing after “not” (column 1)."),
        ("(a", 0, "This parenthesis is not closed (column 1)."),
        ("a )", 2, "No parenthesis is open here (column 3)."),
        ("a ()", 2, "Nothing stands between the parentheses (column 3)."),
        ('say "hello', 4, "This quotation mark is not closed (column 5)."),
        ('""', 0, "Nothing stands between the quotation marks (column 1)."),
        ("@", 0, "A value is missing after “@” (column 1)."),
        ("(" * 90 + "a" + ")" * 90, 40, "More than 40 parentheses stand within each other"),
        ("a" * 1001, 1000, "A filter has at most 1000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, at: int, told: str) -> None:
    with pytest.raises(BadFilter) as error:
        read(text)
    assert told in str(error.value)
    assert error.value.at == at
    assert error.value.end > at


def test_a_project_month_needs_the_first_day_of_the_project() -> None:
    with pytest.raises(BadFilter, match="has no date while the project has no first day"):
        filter_reader.read("due:M18", TASKS, TODAY)


def test_what_is_done_is_asked_for_only_where_the_filter_names_it() -> None:
    asking = ("state:done", "is:closed", "a or is:done", "finished>-7d", "state:open,cancelled")
    assert all(read(text).closed for text in asking)
    assert not any(read(text).closed for text in ("done", "-is:done", "state!=done", "is:late"))


def test_marks_are_looked_at_anew_each_time() -> None:
    sieve: Sieve[TaskRow] = Sieve()
    sieve.fill(ROWS)
    wanted = read("is:marked")
    assert not sieve.pick(wanted)
    MARKS.update({2, 4})
    try:
        assert [row.id for row in sieve.pick(wanted)] == [2, 4]
    finally:
        MARKS.clear()


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("st", ["state:", "start:"]),
        ("a (wp", ["wp:", "wp:WP1", "wp:WP2", "wp:WP12"]),
        ("state:", ["open", "doing", "waiting", "done", "cancelled"]),
        ("state:o", ["open"]),
        ("state:open,d", ["doing", "done"]),
        ("-state:w", ["waiting", "doing"]),
        ("@a", ['"Ana García"']),
        ("#v", ['"very urgent"']),
        ("is:l", ["late"]),
        ("late", ["is:late"]),
        ("due:", ["today", "fri", "+7d", "+14d", "week", "month", "none"]),
        ("xyz", []),
        ("nothing:", []),
    ],
)
def test_what_could_follow_is_offered(text: str, offers: list[str]) -> None:
    assert [it.text for it in completion.complete(text, len(text), TASKS).offers] == offers


@pytest.mark.parametrize(
    ("text", "cursor", "done"),
    [
        ("st", 2, "state:"),
        ("state:w", 7, "state:waiting "),
        ("state:w and x", 7, "state:waiting and x"),
        ("a @an b", 5, 'a @"Ana García" b'),
        ("wp:1,A", 6, "wp:1,A2.1 "),
    ],
)
def test_an_offer_takes_the_place_of_what_was_begun(text: str, cursor: int, done: str) -> None:
    offered = completion.complete(text, cursor, TASKS)
    assert offered.put(text, offered.offers[0])[0] == done
    assert offered.put(text, offered.offers[0])[1] <= len(done)


PIECES = st.sampled_from(
    [*'()-:<>=!,"“”@#. ', "and", "or", "not", "state", "due", "wp", "is", "who", "effort", "..",
     "late", "open", "fri", "+2w", "2026-12", "M18", "none", "Łódź", "ﷺ", "\0", "\n", "😀", "²"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_nothing_but_a_sentence_comes_of_any_text(text: str) -> None:
    for noun, listed in lists.LISTS.items():
        vocabulary = listed(KNOWN, TODAY, None)
        try:
            wanted = filter_reader.read(text, vocabulary, TODAY, START)
        except BadFilter as error:
            inside = 0 <= error.at < error.end and error.at <= len(text)
        else:
            inside = True
            assert wanted.explain()
            if noun == "task":
                found(text)
        assert inside, noun
        for cursor in {0, len(text) // 2, len(text)}:
            offered = completion.complete(text, cursor, vocabulary)
            assert 0 <= offered.at <= offered.end == cursor
            for offer in offered.offers:
                offered.put(text, offer)


@given(st.lists(st.sampled_from(ROWS), max_size=6), st.data())
def test_joined_filters_mean_what_their_parts_mean(rows: list[TaskRow], data: Any) -> None:
    words = st.sampled_from(["minutes", "is:late", "state:open", "due<fri", "@OU", "wp:2", "e"])
    one, other = data.draw(words), data.draw(words)
    rows = list({row.id: row for row in rows}.values())
    every = {row.id for row in rows}
    first, second = set(found(one, rows)), set(found(other, rows))
    assert set(found(f"{one} {other}", rows)) == first & second
    assert set(found(f"{one} or {other}", rows)) == first | second
    assert set(found(f"not ({one} or {other})", rows)) == every - (first | second)
    assert set(found(f"-{one}", rows)) == every - first


@pytest.mark.parametrize(
    "text",
    ["(" * 999, "a" * 1000, '"' * 999, "- " * 500, "not " * 249 + "a", "a," * 400,
     "wp:" + "1," * 300, "state:" * 160, "a=" * 500, "due:" + "." * 900, "a  " * 300,
     "due:" + "1" * 900, "@" * 1000],
)  # fmt: skip
def test_long_nonsense_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    with suppress(BadFilter):
        found(text)
    completion.complete(text, len(text), TASKS)
    assert time.perf_counter() - begun < 1


def test_typing_on_narrows_and_going_back_widens() -> None:
    sieve: Sieve[TaskRow] = Sieve()
    rows = [task(at, f"{'minutes' if at % 3 else 'minute hand'} {at}") for at in range(1, 3000)]
    sieve.fill(rows)
    assert sieve.warm(TASKS.texts)
    for text in ("m", "minut", "minutes", "minutes 29", "minute ", "min"):
        wanted = read(text)
        assert list(sieve.pick(wanted)) == [row for row in rows if wanted.matches(row)]
    rows[1] = rows[1]._replace(title="Something else", due=TODAY + timedelta(days=1))
    sieve.fill(list(rows))
    assert rows[1] not in sieve.pick(read("min"))
    assert sieve.pick(read("due:tomorrow")) == [rows[1]]


def test_two_questions_that_ask_the_same_of_different_things_are_kept_apart() -> None:
    row = SimpleNamespace(
        about=SimpleNamespace(code="D1", title="Book", word="deliverable", over=True, day=None),
        count=SimpleNamespace(asked=1, missing=1),
        broken=(),
    )
    sieve: Sieve[Any] = Sieve()
    sieve.fill([row])
    asked = reach_lists.asked(KNOWN, TODAY)
    picked = [
        sieve.pick(filter_reader.read(text, asked, TODAY)) for text in ("is:missing", "is:broken")
    ]
    assert picked == [[row], []]


@pytest.mark.parametrize("noun", sorted(lists.LISTS))
def test_what_a_filter_asks_reads_as_a_sentence(noun: str) -> None:
    vocabulary = lists.LISTS[noun](KNOWN, TODAY, None)
    for flag in vocabulary.flags:
        first, *_ = (flag.about or flag.word).split()
        assert first not in {"it", "its", "helps", "something"}, flag.about
    for _, text in lists.OWN.get(noun, ()):
        said = filter_reader.read(text, vocabulary, TODAY, START).explain()
        assert "_" not in said
        assert " is is " not in said
        assert " is it" not in said
