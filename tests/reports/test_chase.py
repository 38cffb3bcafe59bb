"""The reminder to a partner: complete, polite, in three tones, and safe as a mail."""

from __future__ import annotations

import email
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui import datafiles
from ka2tui.domain.chase import Case, Chased, Owed, OwedKind, Person
from ka2tui.domain.due import Due
from ka2tui.domain.entries import Malformed
from ka2tui.domain.kinds import Precision, Tone
from ka2tui.reports import chase
from ka2tui.reports.formats import mail

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADA = Person(2, "Ada Kosmídou", None, "ada@kmop.example.org")
ANA = Person(1, "Ana Moreno", "Coordinator", "ana@ua.example.org", "+34 600")
LATE = Owed(OwedKind.TASK, 7, "T2.3", "Translate [red]module 2[/]", Due(TODAY - timedelta(19)))
COMING = Owed(OwedKind.DELIVERABLE, 3, "D2.1", "=1+1 Handbook", Due(TODAY + timedelta(12)))
PAPER = Owed(OwedKind.PAPER, 0, None, "the legal entity form", Due(), TODAY - timedelta(30))


def case(**more: Any) -> Case:
    given: dict[str, Any] = {
        "partner": 2,
        "called": "KMOP",
        "name": "Kentro Meleton",
        "project": "SOLARIS",
        "project_title": "Sun for all",
        "agreement": "2025-1-ES01-KA220-ADU-000999999",
        "coordinator": "Universidad",
        "sender": ANA,
        "people": (ADA,),
        "late": (LATE,),
        "coming": (COMING,),
        "agreed": (),
        "papers": (PAPER,),
        "unnoted": 0,
        "heard": None,
        "chased": (),
    }
    return Case(**(given | more))


def read(text: str) -> Any:
    return email.message_from_bytes(text.encode("ascii"), policy=default)


@pytest.mark.parametrize("tone", Tone)
def test_a_reminder_is_complete_in_every_tone(tone: Tone) -> None:
    letter = chase.write(case(), tone, today=TODAY)
    assert letter.to == ADA
    assert "SOLARIS" in letter.subject
    for words in (
        *("Dear Ada Kosmídou,", "T2.3 Translate [red]module 2[/]", "Tuesday 3 November 2026"),
        *("19 days", "D2.1 =1+1 Handbook", "Friday 4 December 2026", "the legal entity form"),
        *("23 October 2026", "Ana Moreno", "Universidad", "ana@ua.example.org", "+34 600"),
        *("SOLARIS: Sun for all", "2025-1-ES01-KA220-ADU-000999999"),
    ):
        assert words in letter.text
    assert "!" not in letter.text
    assert "{" not in letter.text + letter.subject
    assert letter.text.index("T2.3") < letter.text.index("legal entity") < letter.text.index("D2.1")


def test_the_three_tones_say_it_differently() -> None:
    texts = {chase.write(case(), tone, today=TODAY).text for tone in Tone}
    assert len(texts) == 3


@pytest.mark.parametrize("tone", Tone)
def test_where_nothing_is_owed_an_update_is_asked_for(tone: Tone) -> None:
    letter = chase.write(case(late=(), coming=(), papers=()), tone, today=TODAY)
    assert "update" in letter.text or "how things are going" in letter.text
    assert "\n- " not in letter.text
    coming = chase.write(case(late=(), papers=()), tone, today=TODAY).text
    assert coming.count("\n- ") == 1
    assert "late on your side" in coming or "Nothing is late" in coming


def test_an_answer_that_never_came_is_mentioned() -> None:
    sent = (Chased(date(2026, 11, 5), Tone.FRIENDLY),)
    assert "5 November 2026" in chase.write(case(chased=sent), Tone.CLEAR, today=TODAY).text
    assert "5 November 2026" not in chase.write(case(), Tone.CLEAR, today=TODAY).text


def test_a_reminder_of_today_is_not_called_unanswered_yet() -> None:
    today = Chased(TODAY, Tone.CLEAR)
    before = Chased(date(2026, 11, 5), Tone.FRIENDLY)
    assert "answer to" not in chase.write(case(chased=(today,)), Tone.CLEAR, today=TODAY).text
    again = chase.write(case(chased=(today, before)), Tone.CLEAR, today=TODAY).text
    assert "answer to the message of 5 November 2026" in again


def test_an_answer_is_asked_for_before_what_comes_is_due() -> None:
    soon = Owed(OwedKind.TASK, 9, "T2.4", "Send it", Due(TODAY + timedelta(3)))
    letter = chase.write(case(late=(), papers=(), coming=(soon,)), Tone.FRIENDLY, today=TODAY)
    assert "A short word by Wednesday 25 November 2026 is enough." in letter.text


def test_what_is_known_to_the_month_is_said_so() -> None:
    planned = Owed(OwedKind.TASK, 1, None, "Survey", Due(date(2026, 10, 31), 13, Precision.MONTH))
    text = chase.write(case(late=(planned,)), Tone.FRIENDLY, today=TODAY).text
    assert "by the end of October 2026 (M13), 22 days ago" in text
    yesterday = Owed(OwedKind.TASK, 1, None, "Survey", Due(TODAY - timedelta(1)))
    assert "1 day late" in chase.write(case(late=(yesterday,)), Tone.CLEAR, today=TODAY).text


def test_without_people_it_is_for_whoever_reads_it() -> None:
    letter = chase.write(case(people=(), sender=None), Tone.FRIENDLY, today=TODAY)
    assert letter.text.startswith("Dear colleagues at KMOP,")
    assert letter.to is None
    assert not chase.reachable(letter)
    assert read(chase.draft(letter, NOW))["To"] is None


def test_words_that_mean_something_to_templates_stay_words() -> None:
    braces = Owed(OwedKind.TASK, 1, None, "{by} {0} %s $x", Due(TODAY - timedelta(1)))
    assert "{by} {0} %s $x" in chase.write(case(late=(braces,)), Tone.CLEAR, today=TODAY).text


def test_a_draft_is_a_mail_that_was_not_sent_yet() -> None:
    letter = chase.write(case(), Tone.CLEAR, today=TODAY)
    message = read(chase.draft(letter, NOW))
    assert message["X-Unsent"] == "1"
    assert message["Date"].datetime == NOW
    assert message["To"].addresses[0].display_name == "Ada Kosmídou"
    assert message["To"].addresses[0].addr_spec == "ada@kmop.example.org"
    assert message["From"].addresses[0].addr_spec == "ana@ua.example.org"
    assert str(message["Subject"]) == letter.subject
    assert message.get_content().replace("\r\n", "\n").rstrip() == letter.text
    assert not message.defects


@pytest.mark.parametrize(
    "subject",
    [
        *("x" * 70, "x" * 70 + " – Łódź", "a " + "y" * 80 + " – “quoted”", "Łódź " * 30 + "end"),
        *("ü" * 200, "plain words " * 20 + "end", "[red] =1+1 👩‍🔬", "short"),
    ],
)
def test_a_subject_of_any_length_begins_beside_its_name(subject: str) -> None:
    written = mail.draft(subject, "text", at=NOW)
    first = written.split("\r\n")[0]
    assert len(first) > len("Subject: ")
    assert all(len(line) <= 78 for line in written.split("\r\n"))
    message = read(written)
    assert str(message["Subject"]) == subject
    assert not message["Subject"].defects


@pytest.mark.parametrize(
    "hostile", ["x\r\nBcc: evil@example.org", "x\nBcc: evil@example.org", "x <evil@example.org>, "]
)
def test_no_header_can_be_smuggled_in(hostile: str) -> None:
    to = (hostile, "ada@kmop.example.org")
    message = read(mail.draft(hostile, "text", at=NOW, to=to, sender=(hostile, None)))
    assert set(message.keys()) == {
        *("To", "Subject", "Date", "X-Unsent", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }
    assert [it.addr_spec for it in message["To"].addresses] == ["ada@kmop.example.org"]


@pytest.mark.parametrize(
    "said",
    [
        *("", None, "ada", "ada@", "@x.org", "ada@x", "a b@x.org", "ada@x.org\nBcc: e@x.org"),
        *("ada@x.org, e@x.org", "ada@-x-.org", "żółw@x.org", "a" * 10 + "@" + "x" * 70 + ".org"),
    ],
)
def test_what_is_no_address_is_left_out(said: str | None) -> None:
    assert mail.address("Ada", said) is None


def test_a_domain_in_greek_letters_is_an_address() -> None:
    found = mail.address("Ada", "ada@παράδειγμα.gr")
    assert found is not None
    assert found.addr_spec == "ada@xn--hxajbheg2az3al.gr"


def test_as_a_text_it_has_its_heads_and_as_markdown_nothing_acts() -> None:
    letter = chase.write(case(), Tone.CLEAR, today=TODAY)
    text = chase.plain(letter)
    assert text.startswith("To: Ada Kosmídou <ada@kmop.example.org>\nSubject: SOLARIS")
    marked = chase.marked(letter)
    assert marked.startswith("# SOLARIS")
    assert "\\[red\\]module 2\\[/\\]" in marked
    assert "\n- T2.3" in marked


def test_own_words_win_and_wrong_ones_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    folder.mkdir()
    file = folder / "clear.toml"
    file.write_text('[closing]\nwords = "Un saludo"\n', encoding="utf-8")
    assert "Un saludo" in chase.write(case(), Tone.CLEAR, today=TODAY, own=tmp_path).text
    other = tmp_path / "other"
    (other / "messages").mkdir(parents=True)
    (other / "messages" / "clear.toml").write_text('[closing]\nwords = "{notes}"\n', "utf-8")
    with pytest.raises(Malformed, match="no gap"):
        chase.write(case(), Tone.CLEAR, today=TODAY, own=other)


def test_all_tones_have_the_same_places() -> None:
    shapes = []
    for tone in Tone:
        data = datafiles.read_toml(f"messages/{tone}.toml")
        shapes.append({(part, key) for part, entries in data.items() for key in entries})
    assert shapes[0] == shapes[1] == shapes[2]


def test_two_partners_of_one_name_get_two_files(tmp_path: Path) -> None:
    letters = [
        chase.write(case(called=called, partner=number), Tone.CLEAR, today=TODAY)
        for number, called in enumerate(("A/B", "A B", "../../etc"))
    ]
    paths = chase.paths(letters, tmp_path, "eml")
    assert len(set(paths)) == 3
    assert {path.parent for path in paths} == {tmp_path}
