"""Days: read as coordinators write them, said as they speak; day before month, always."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ka2tui.domain import timeline
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold, quoted
from ka2tui.domain.timeline import YEARS
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 7
_LEAP_YEAR = 2000

# Twelve words a line; other names of the same month follow after a slash.
_NAMES_BY_LANGUAGE = (
    # English
    (
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
        "september/sep/sept october/oct november/nov december/dec"
    ),
    # German
    (
        "januar/jänner februar/feber märz/mrz april mai juni juli august september oktober/okt "
        "november dezember/dez"
    ),
    # French
    (
        "janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août septembre octobre "
        "novembre décembre/déc"
    ),
    # Spanish
    (
        "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set "
        "octubre noviembre diciembre/dic"
    ),
    # Italian
    (
        "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett "
        "ottobre/ott novembre dicembre"
    ),
    # Portuguese
    (
        "janeiro fevereiro/fev março abril maio junho julho agosto setembro outubro/out novembro "
        "dezembro"
    ),
    # Dutch
    "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    # Romanian
    (
        "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie "
        "noiembrie/noi decembrie"
    ),
    # Polish
    (
        "styczeń/stycznia/sty luty/lutego/lut marzec/marca kwiecień/kwietnia/kwi maj/maja "
        "czerwiec/czerwca/cze lipiec/lipca/lip sierpień/sierpnia/sie wrzesień/września/wrz "
        "październik/października/paź listopad/listopada/lis grudzień/grudnia/gru"
    ),
    # Turkish
    (
        "ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl "
        "ekim/eki kasım/kas aralık/ara"
    ),
    # Czech, and Slovak
    (
        "leden/ledna únor/února březen/března duben/dubna květen/května červen/června "
        "červenec/července srpen/srpna září říjen/října listopad/listopadu prosinec/prosince"
    ),
    (
        "januára február/februára marec/marca/marci apríla máj/mája/máji jún/júna júl/júla augusta "
        "septembra októbra novembra decembra"
    ),
    # Croatian and Slovene
    (
        "siječanj/siječnja veljača/veljače ožujak/ožujka travanj/travnja svibanj/svibnja "
        "lipanj/lipnja srpanj/srpnja kolovoz/kolovoza rujan/rujna october "
        "studeni/studenoga/studenog prosinac/prosinca"
    ),
    (
        "januarja februarja marec aprila maja junija julija avgust/avgusta septembra oktobra "
        "novembra decembra"
    ),
    # Hungarian
    (
        "január/januárban február/febr március/márc április/ápr május/máj június/jún július/júl "
        "augusztus szeptember/szept október november december"
    ),
    # Lithuanian, Latvian and Estonian
    (
        "sausis/sausio vasaris/vasario kovas/kovo balandis/balandžio gegužė/gegužės "
        "birželis/birželio liepa/liepos rugpjūtis/rugpjūčio rugsėjis/rugsėjo spalis/spalio "
        "lapkritis/lapkričio gruodis/gruodžio"
    ),
    (
        "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā "
        "jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī "
        "decembris/decembrī"
    ),
    ("jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"),
    # Swedish, Danish and Finnish
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    (
        "tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta "
        "toukokuu/toukokuuta kesäkuu/kesäkuuta heinäkuu/heinäkuuta elokuu/elokuuta "
        "syyskuu/syyskuuta lokakuu/lokakuuta marraskuu/marraskuuta joulukuu/joulukuuta"
    ),
    # Greek
    (
        "ιανουάριος/ιανουαρίου/ιαν φεβρουάριος/φεβρουαρίου/φεβ μάρτιος/μαρτίου/μαρ "
        "απρίλιος/απριλίου/απρ μάιος/μαΐου/μάϊος/μαι ιούνιος/ιουνίου/ιουν ιούλιος/ιουλίου/ιουλ "
        "αύγουστος/αυγούστου/αυγ σεπτέμβριος/σεπτεμβρίου/σεπ/σεπτ οκτώβριος/οκτωβρίου/οκτ "
        "νοέμβριος/νοεμβρίου/νοε δεκέμβριος/δεκεμβρίου/δεκ"
    ),
)
_TWO_MEANINGS = {"listopad": "listopad is October in Croatian; it was read as November"}

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|ης|η)\b")
_FILLERS = re.compile(r"\b(?:of|de|del|den|le|the)\b")
_LEADING_WEEKDAY = re.compile(
    r"^(?:"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAYS)
    + r"|tues|thur|thurs)[., ]+"
    r"(?=\d|[^\W\d]+ \d)"
)
_TIME_TAIL = re.compile(r"(?<=\d)[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?$")

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?: ?([-/.]) ?| )(\d{1,2})(?: ?\2 ?| )(\d{4}|\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2})\.?")
_YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:[-. /]+)?([^\W\d]+)\.?(?:[-. /]+(\d{2,4}))?")
_NAME_DAY_YEAR = re.compile(r"([^\W\d]+)\.? ?(\d{1,2})(?: (\d{4}))?")
_NAME_YEAR = re.compile(r"([^\W\d]+)(?:[-. /]+)?(\d{2,4})")
_YEAR_NAME = re.compile(r"(\d{4})[-. /]+([^\W\d]+)")
_DAYS_OF_ONE_MONTH = re.compile(
    r"(\d{1,2})\.? ?- ?(\d{1,2}\.? ?(?:[^\W\d]+.*|[./ ] ?\d{1,2}[./ ] ?\d{4}))"
)
_NAME_DAYS_YEAR = re.compile(r"([^\W\d]+)\.? (\d{1,2}) ?- ?(\d{1,2})( \d{4})?")
_NAMES_YEAR = re.compile(r"([^\W\d]+)\.? ?- ?([^\W\d]+\.? \d{4})")
_FROM_TO = re.compile(
    r"(?<=[\w.]) (?:-|to|until|till) (?=\w)|(?<=\d{4}-\d\d-\d\d)[-/](?=\d{4}-\d\d-\d\d)"
)

_PROJECT_MONTH = re.compile(r"(?:m|month) ?(\d{1,3})(?: ?- ?(?:m|month)? ?(\d{1,3}))?")
_MONTH_IN_BRACKETS = re.compile(r"[^()]{1,20}\((m ?\d{1,3}(?: ?- ?m? ?\d{1,3})?)\)")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_BARE_NUMBERS = re.compile(r"(\d{1,3}) ?- ?(\d{1,3})")
_STEP = re.compile(r"([+-]) ?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)")
COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AWAY = re.compile(
    rf"(in )?(\d{{1,4}}|an?|{'|'.join(COUNTED[1:])}) ?(d|days?|w|weeks?|m|months?|y|years?)( ago)?"
)
_END = re.compile(r"end ?(.+)")
_EMPTY_DATES = {(1899, 11, 30), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (0, 0, 0)}

_REMEDY = "write it like 2026-12-01, 1.12.2026 or 1 Dec 2026"
_REMEDY_TODAY = "write it like 2026-12-01, 1 Dec 2026, fri or in 2 weeks"


class NoSuchDay(Misread):
    """This looks like a date, but there is none like it."""


@frozen
class ReadDay:
    """What a text said about time: a day, a stretch of days, a month or a project month."""

    day: date | None
    """The first day it covers; `None` for a project month while the project's start is unknown."""
    month: int | None = None
    """The project month, where one was written."""
    month_to: int | None = None
    """The last project month of a stretch, where one was written."""
    precision: Precision = Precision.DAY
    doubt: str | None = None
    """Why the reading may not be what was meant."""
    day_to: date | None = None
    """The last day, only where the text names two days or two months."""
    last: date | None = None
    """The last day it covers: a deadline "M3" or "Jan 2026" ends here, at the end of the month."""


def read_day(
    text: str,
    *,
    today: date | None = None,
    start: date | None = None,
    allow_month: bool | None = None,
) -> ReadDay:
    """Read a day, a stretch of days, a month or a project month.

    1-2-2026 is 1 February wherever the reader sits. M18 is a project month; so is 18 where
    project months are expected.

    Args:
        text: Not blank; `text.is_blank` tells beforehand.
        today: The day that `today`, `fri`, `+2w`, `23` and dates without a year start from;
            without it these are refused.
        start: The project's first day, which turns project months into days.
        allow_month: Whether a bare number is a project month; by default, whether `start` is
            given.

    Raises:
        NoSuchDay: It looks like a date, but is an impossible one.
        Misread: Not a date, or one that could mean several.
    """
    plain = _plain(text)
    if any(sign.isdigit() and not sign.isdecimal() for sign in text):
        raise Misread(f"{quoted(text)} is not a date: {_REMEDY}.")
    months = start is not None if allow_month is None else allow_month
    try:
        read = _read_project_month(plain, start, bare=months) or _read_relative(plain, today)
        read = read or _read_end(plain, today, start)
        if read is None:
            read = _read_stretch(plain, today) or _read_single(plain, today)
    except _Unsure as reason:
        raise Misread(f"{quoted(text)} {reason}") from None
    except _Impossible as reason:
        raise NoSuchDay(f"{quoted(text)} {reason}") from None
    if read is None:
        remedy = _REMEDY if today is None else _REMEDY_TODAY
        raise Misread(f"{quoted(text)} is not a date: {remedy}{_month_hint(plain)}.")
    return replace(read, doubt=_doubt(plain), last=read.last or read.day_to or read.day)


def say_day(day: date, today: date, precision: Precision = Precision.DAY) -> str:
    """Write a day for a list: today, tomorrow, Fri 4 Dec, Fri 4 Dec 2027, or Dec 2026."""
    if precision is Precision.MONTH:
        return say_calendar_month(day)
    if 0 <= (day - today).days <= 1:
        return "tomorrow" if day > today else "today"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}{year}"


def say_late(day: date, today: date) -> str:
    """Write how late something is that was due on a day: 3 d late; nothing when it is not."""
    days = (today - day).days
    return f"{days} d late" if days > 0 else ""


def say_due(day: date, today: date) -> str:
    """Write a deadline for a list: how late it is, else which day it is."""
    return say_late(day, today) or say_day(day, today)


def say_until(day: date, today: date) -> str:
    """Write how far away a day is: today, tomorrow, in 12 days, yesterday, 5 days ago."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def say_for(since: date, today: date) -> str:
    """Write how long something has lasted: for 24 days, since yesterday, since today."""
    days = (today - since).days
    near = {0: "since today", 1: "since yesterday"}
    return near.get(days) or (f"for {days} days" if days > 0 else f"from {say_brief(since)}")


def say_long(day: date) -> str:
    """Write a day in full, for a document: 4 December 2026."""
    return f"{day.day} {FULL_MONTH_NAMES[day.month - 1]} {day.year}"


def say_in_full(day: date) -> str:
    """Write a day with its weekday, as a letter does: Friday 4 December 2026."""
    return f"{_WEEKDAYS[day.weekday()].capitalize()} {say_long(day)}"


def say_brief(day: date) -> str:
    """Write a day where no today is at hand, for a table: 4 Dec 2026."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def say_calendar_month(day: date, last: date | None = None) -> str:
    """Write the month of a day, or the months up to that of the last: Jan 2026, Jun-Jul 2027."""
    said = f"{MONTH_NAMES[day.month - 1]} {day.year}"
    if last is None or (last.year, last.month) <= (day.year, day.month):
        return said
    end = say_calendar_month(last)
    if last.year == day.year:
        return f"{MONTH_NAMES[day.month - 1]}-{end}"
    return f"{said} - {end}"


def last_day(first: date | None, end: date | None, precision: Precision) -> date | None:
    """Give the last day on which something can be: of a month known as such, its last one."""
    if end is not None or first is None or precision is not Precision.MONTH:
        return end or first
    return timeline.add_months(first, 1) - timedelta(days=1)


def say_span(start: date, end: date) -> str:
    """Write a stretch of days: 3-5 Dec 2026, 30 Nov - 2 Dec 2026; one day as itself."""
    last = say_brief(end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{last}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {MONTH_NAMES[start.month - 1]}{year} - {last}"


class _Impossible(Exception):
    """Why a text that looks like a date is none: the words that follow it in the sentence."""


class _Unsure(_Impossible):
    """Why a text that may well mean a date does not say which one."""


def _plain(text: str) -> str:
    """Reduce a text to lower-case words, digits and plain dashes."""
    plain = _DASHES.sub("-", fold(clean(text))).replace(",", " ")
    plain = _FILLERS.sub(" ", _ORDINAL.sub("", plain))
    return _TIME_TAIL.sub("", _LEADING_WEEKDAY.sub("", " ".join(plain.split())))


def _read_project_month(plain: str, start: date | None, *, bare: bool) -> ReadDay | None:
    """Read M3, M19-M20, P2 (M8), and bare numbers where those mean project months."""
    bracketed = _MONTH_IN_BRACKETS.fullmatch(plain)
    found = _PROJECT_MONTH.fullmatch(bracketed[1] if bracketed else plain)
    if found:
        return _project_months(int(found[1]), int(found[2] or found[1]), start)
    if not bare:
        return None
    if _BARE_NUMBER.fullmatch(plain):
        return _project_months(int(plain), int(plain), start)
    both = _BARE_NUMBERS.fullmatch(plain)
    return _project_months(int(both[1]), int(both[2]), start) if both else None


def _project_months(month: int, month_to: int, start: date | None) -> ReadDay:
    """Make the reading of project months, as days where the project's start is known."""
    if not 1 <= month <= month_to <= timeline.LONGEST:
        reason = "ends before it begins." if 1 <= month_to < month else _OUT_OF_PROJECT
        raise _Impossible(reason)
    stretch = month_to if month_to != month else None
    if start is None:
        return ReadDay(None, month, stretch, Precision.MONTH)
    day, last = timeline.month_start(start, month), timeline.month_end(start, month_to)
    return ReadDay(
        day, month, stretch, Precision.MONTH, day_to=last if stretch else None, last=last
    )


_OUT_OF_PROJECT = f"is not a project month: they run from M1 to M{timeline.LONGEST}."


def _read_relative(plain: str, today: date | None) -> ReadDay | None:
    """Read what depends on today: tomorrow, fri, next monday, +2w, in two weeks, 23."""
    step = _STEP.fullmatch(plain) or _away(plain)
    word = weekday(plain.removeprefix("next ").removeprefix("this "))
    near = _NEAR.get(plain)
    number = _BARE_NUMBER.fullmatch(plain)
    months = {"this month": 0, "next month": 1}.get(plain)
    if not (step or number) and word is None and near is None and months is None:
        return None
    if today is None:
        raise _Unsure(f"depends on the day it was written: {_REMEDY}.")
    if near is not None:
        return ReadDay(today + timedelta(days=near))
    if months is not None:
        first = timeline.add_months(today.replace(day=1), months)
        return ReadDay(first, precision=Precision.MONTH, last=timeline.month_end(first, 1))
    if step:
        return ReadDay(_stepped(today, int(step[1] + step[2]), step[3][0]))
    if word is not None:
        return ReadDay(_coming(word, today, next_week=plain.startswith("next ")))
    return ReadDay(_next_fitting(int(plain), today, today.replace(day=1), 1))


_NEAR = {
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}


def _away(plain: str) -> re.Match[str] | None:
    """Find how far away a day is said to be, in the words that say it here: in 3 weeks."""
    found = _AWAY.fullmatch(plain)
    if found is None or bool(found[1]) is bool(found[4]):
        return None
    count = COUNTED.index(found[2]) if found[2] in COUNTED else found[2]
    sign = "-" if found[4] else "+"
    return _STEP.fullmatch(f"{sign}{1 if found[2] in {'a', 'an'} else count}{found[3]}")


def _read_end(plain: str, today: date | None, start: date | None) -> ReadDay | None:
    """Read the last day of something: end of November, of the month, of 2026, of M18."""
    found = _END.fullmatch(plain)
    if found is None:
        return None
    what = found[1].removeprefix("this ")
    if re.fullmatch(r"\d{4}", what) and int(what) in YEARS:
        return ReadDay(date(int(what), 12, 31))
    named = month_named(what)
    if what in {"month", "next month", "year"} or named is not None:
        if today is None:
            raise _Unsure(f"depends on the day it was written: {_REMEDY}.")
        first = today.replace(day=1)
        if what == "year":
            return ReadDay(today.replace(month=12, day=31))
        if what == "next month":
            first = timeline.add_months(first, 1)
        elif named is not None:
            first = timeline.add_months(first, (named - first.month) % timeline.MONTHS_PER_YEAR)
        return ReadDay(timeline.month_end(first, 1))
    read = _read_project_month(what, start, bare=False) or _read_single(what, today)
    if read is None or read.precision is not Precision.MONTH or read.last is None:
        return None
    return ReadDay(read.last)


def _stepped(today: date, count: int, unit: str) -> date:
    """Move on by days, weeks, months or years."""
    try:
        if unit in "dw":
            day = today + timedelta(days=count * (_WEEK if unit == "w" else 1))
        else:
            months = count * (timeline.MONTHS_PER_YEAR if unit == "y" else 1)
            day = timeline.add_months(today, months)
    except (OverflowError, Refused):
        day = date.max
    if day.year not in YEARS:
        raise _Unsure(f"is too far away: {_REMEDY}.")
    return day


def weekday(word: str) -> int | None:
    """Give the number of a weekday by its English name or three letters of it; Monday is 0."""
    if len(word) < 3:
        return None
    return next((at for at, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def _coming(wanted: int, today: date, *, next_week: bool) -> date:
    """Give the first such weekday after today, or the one in the week after this one."""
    if next_week:
        return today + timedelta(days=_WEEK - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % _WEEK + 1)


def _next_fitting(day: int, today: date, month: date, step: int) -> date:
    """Give the first date from today on with that day of the month, trying month after month."""
    for count in range(0, 9 * timeline.MONTHS_PER_YEAR, step):
        first = timeline.add_months(month, count)
        if (
            1 <= day <= timeline.days_in(first.year, first.month)
            and first.replace(day=day) >= today
        ):
            return first.replace(day=day)
    raise _Impossible(f"is not a day that comes: {_REMEDY}.")


def _read_stretch(plain: str, today: date | None) -> ReadDay | None:
    """Read two days or months and what lies between: 17-18 November 2016, Jun-Jul 2027."""
    ends = _ends(plain)
    if ends is None:
        return None
    end = _read_single(ends[1], today)
    if end is None or end.day is None:
        return None
    begin = _read_single(ends[0], today) if _has_year(ends[0]) else _begin_before(ends[0], end.day)
    if begin is None or begin.day is None:
        return None
    last = end.last or end.day
    if begin.day > last or begin.precision is not end.precision:
        if begin.day > last:
            raise _Impossible("ends before it begins.")
        raise _Unsure(f"mixes days and months: {_REMEDY}.")
    return ReadDay(
        begin.day, precision=end.precision, day_to=last if last > begin.day else None, last=last
    )


def _ends(plain: str) -> tuple[str, str] | None:
    """Part a stretch into its two ends, each a date or a month; the first may lack its year."""
    one_day = _DAY_FIRST.fullmatch(plain) or _DAY_NAME_YEAR.fullmatch(plain)
    if (found := _DAYS_OF_ONE_MONTH.fullmatch(plain)) and not one_day:
        return found[1] + found[2].lstrip("0123456789"), found[2]
    if found := _NAME_DAYS_YEAR.fullmatch(plain):
        year = found[4] or ""
        return f"{found[2]} {found[1]}{year}", f"{found[3]} {found[1]}{year}"
    if found := _NAMES_YEAR.fullmatch(plain):
        return found[1], found[2]
    parts = _FROM_TO.split(plain)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _has_year(plain: str) -> bool:
    """Tell whether a date names its year."""
    return re.search(r"\d{4}", plain) is not None


def _begin_before(plain: str, end: date) -> ReadDay | None:
    """Read the first end of a stretch in the year of the other end, or the year before."""
    begin = _read_single(f"{plain} {end.year}", None)
    if begin is not None and begin.day is not None and begin.day > end:
        return _read_single(f"{plain} {end.year - 1}", None)
    return begin


def _read_single(plain: str, today: date | None) -> ReadDay | None:
    """Read one day or one calendar month."""
    for reader in _SINGLE_READERS:
        read = reader(plain, today)
        if read is not None:
            return read
    return None


def _read_numbers(plain: str, today: date | None) -> ReadDay | None:
    """Read a date in digits: 2026-12-01, 31.12.2026, 1-2-2026, and 31.12. from today on."""
    if found := _YEAR_FIRST.fullmatch(plain):
        if int(found[3]) > timeline.MONTHS_PER_YEAR:
            raise _Impossible(f"is no date, for there is no month {int(found[3])}: {_REMEDY}.")
        return ReadDay(_date(int(found[1]), int(found[3]), int(found[4])))
    if found := _DAY_FIRST.fullmatch(plain):
        return ReadDay(_date(_year(found[4]), int(found[3]), int(found[1])))
    if found := _DAY_AND_MONTH.fullmatch(plain):
        return ReadDay(_without_year(int(found[1]), int(found[2]), today))
    return None


def _read_month_numbers(plain: str, _today: date | None) -> ReadDay | None:
    """Read a calendar month in digits: 2027-06, 06/2027."""
    if found := _YEAR_AND_MONTH.fullmatch(plain):
        return _calendar_month(int(found[1]), int(found[2]))
    if found := _MONTH_AND_YEAR.fullmatch(plain):
        return _calendar_month(int(found[2]), int(found[1]))
    return None


def _read_names(plain: str, today: date | None) -> ReadDay | None:
    """Read a day with the name of its month: 12 January 2017, Jan 12 2017, 4 Dec from today on."""
    if found := _DAY_NAME_YEAR.fullmatch(plain):
        day, name, year = found[1], found[2], found[3]
    elif found := _NAME_DAY_YEAR.fullmatch(plain):
        day, name, year = found[2], found[1], found[3]
    else:
        return None
    month = _month_names().get(name)
    if month is None:
        return None
    if year is None:
        return ReadDay(_without_year(int(day), month, today))
    return ReadDay(_date(_year(year), month, int(day)))


def _read_month_names(plain: str, _today: date | None) -> ReadDay | None:
    """Read a calendar month by name: Jan 2026, June-2027, 2026 marzo."""
    if found := _NAME_YEAR.fullmatch(plain):
        name, year = found[1], found[2]
    elif found := _YEAR_NAME.fullmatch(plain):
        name, year = found[2], found[1]
    else:
        return None
    month = _month_names().get(name)
    return None if month is None else _calendar_month(_year(year), month)


_SINGLE_READERS: tuple[Callable[[str, date | None], ReadDay | None], ...] = (
    _read_numbers,
    _read_month_numbers,
    _read_names,
    _read_month_names,
)


def _calendar_month(year: int, month: int) -> ReadDay:
    """Make the reading of a calendar month."""
    first = _date(year, month, 1)
    last = first.replace(day=timeline.days_in(year, month))
    return ReadDay(first, precision=Precision.MONTH, last=last)


def _year(digits: str) -> int:
    """Read a year, which takes four digits."""
    if len(digits) != 4:
        raise _Unsure("has a year without its century: write it with four digits, like 2026.")
    return int(digits)


def _date(year: int, month: int, day: int) -> date:
    """Make a date, or say what is impossible about it."""
    if (year, month, day) in _EMPTY_DATES:
        raise _Unsure("is what a spreadsheet shows for an empty date: leave the cell empty.")
    if year not in YEARS:
        raise _Impossible(f"has a year outside {YEARS[0]} to {YEARS[-1]}: {_REMEDY}.")
    if not 1 <= month <= timeline.MONTHS_PER_YEAR:
        raise _Impossible(f"has no month {month}: the day comes first, then the month; {_REMEDY}.")
    if not 1 <= day <= timeline.days_in(year, month):
        name = FULL_MONTH_NAMES[month - 1]
        raise _Impossible(
            f"does not exist: {name} {year} has {timeline.days_in(year, month)} days."
        )
    return date(year, month, day)


def _without_year(day: int, month: int, today: date | None) -> date:
    """Give the next such date from today on."""
    _date(_LEAP_YEAR, month, min(day, 1))
    if day > timeline.days_in(_LEAP_YEAR, month):
        raise _Impossible(f"does not exist: {FULL_MONTH_NAMES[month - 1]} has no day {day}.")
    if today is None:
        raise _Unsure("has no year: add it, like 1.12.2026.")
    return _next_fitting(day, today, date(today.year, month, 1), timeline.MONTHS_PER_YEAR)


def month_named(word: str) -> int | None:
    """Give the number of a month by its name or its short form, in any of our languages."""
    return _month_names().get(fold(word))


@cache
def _month_names() -> dict[str, int]:
    """Map the folded names of the months, in all our languages, to their numbers."""
    return {
        fold(name): month
        for line in _NAMES_BY_LANGUAGE
        for month, names in enumerate(line.split(), start=1)
        for name in names.split("/")
    }


def _doubt(plain: str) -> str | None:
    """Say which word of a date means something else in another language."""
    return next((doubt for name, doubt in _TWO_MEANINGS.items() if name in plain.split()), None)


def _month_hint(plain: str) -> str:
    """Add project months to the remedy where the text does not look like a calendar date."""
    return "" if _has_year(plain) else ", or a project month like M3"
