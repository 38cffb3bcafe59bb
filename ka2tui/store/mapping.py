"""Mapping: how what a record says of its columns becomes a table.

SQLAlchemy can read such classes itself. It takes any annotation there is, evaluates each, copies
what is inherited, and makes all classes ready together at the first statement: with these many
columns that was a quarter of what a command takes. Here an annotation is looked up, for there are
few kinds of column, and a family (a record and its parts) is mapped and made ready when it is first
used: asked for an attribute, made anew, or named in a statement.

Tables and their columns are there from the start, which is what reading takes. References, indexes
and constraints are as much again, and only who writes, or makes a database, needs them: they are
made when somebody asks for the tables as a whole.

Mapping takes the half of the library that keeps records. While nobody has loaded that, a class that
is asked for a column gives the one of its table, which is all that most queries need.
"""

from __future__ import annotations

import inspect
import sys
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy.inspection import _inspects  # there is no public way to be asked

from ka2tui.domain import kinds
from ka2tui.frozen import frozen
from ka2tui.store.columns import Code, Day, Instant, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.types import TypeEngine

Text = Annotated[str, Words]
Chosen = Annotated[str, Code]
Date = Annotated[date, Day]
Moment = Annotated[datetime, Instant]

_TYPES: dict[str, TypeEngine[Any]] = {
    "int": Integer(),
    "bool": Boolean(),
    "Text": Words(),
    "Chosen": Code(),
    "Date": Day(),
    "Moment": Instant(),
    "dict[str, Any]": JSON(none_as_null=True),
    **{f"kinds.{kind.__name__}": Code(kind) for kind in kinds.Kind.__subclasses__()},
}
"""What is kept where an annotation says so; the text is all that is looked at."""

_MAPPED = "Mapped["
_MAYBE = " | None"

_ALL = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@frozen
class _Wanted:
    """What a column is beside its type."""

    references: str | None
    options: dict[str, Any]
    index: bool = False
    unique: bool = False


@frozen
class _Related:
    """Where a relation leads, and what else is said of it."""

    target: str
    options: dict[str, Any]


_PLAIN = _Wanted(None, {})


def column(*, index: bool = False, unique: bool = False, **options: Any) -> Any:
    """Say more of a column than its annotation does: a default, a key, an index."""
    return _Wanted(None, options, index, unique)


def reference(target: str) -> Any:
    """Point to another record; checked at once, or at the end where an undo asks for it."""
    return _Wanted(target, {}, index=True)


def related(target: str, **options: Any) -> Any:
    """Lead from a record to its parts, or from a part to its record."""
    return _Related(target, options)


def check(text: str, name: str) -> Callable[[], CheckConstraint]:
    """Say what must be true of each row."""
    return partial(CheckConstraint, text, name=name)


def unique(*columns: str) -> Callable[[], UniqueConstraint]:
    """Say of which columns each combination stands once."""
    return partial(UniqueConstraint, *columns)


def index(name: str, *columns: str) -> Callable[[], Index]:
    """Say in which order rows are found at once."""
    return partial(Index, name, *columns)


def records_wanted() -> bool:
    """Tell whether anybody has loaded what keeps records, and not columns alone."""
    return "sqlalchemy.orm" in sys.modules


class Kept(type):
    """A class of records, which is mapped when it is first used."""

    _said: dict[str, Any]
    """What it says of its columns and relations beside their annotations; no column is named so."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **more: Any) -> Any:
        """Put aside what is said of columns, so that asking for one finds nothing yet."""
        kept: dict[str, Any] = {}
        said: dict[str, Any] = {}
        for each, value in body.items():
            (said if isinstance(value, _Wanted | _Related) else kept)[each] = value
        return super().__new__(cls, name, bases, {**kept, "_said": said}, **more)

    @property
    def metadata(cls) -> MetaData:
        """All tables, with their references, indexes and constraints."""
        make_whole()
        return _ALL

    def __call__(cls, *args: Any, **values: Any) -> Any:
        """Make a record."""
        _map_family(cls)
        return super().__call__(*args, **values)

    def __getattr__(cls, name: str) -> Any:
        """Give a column or a relation, which is not there before the family is mapped."""
        if cls in _WAITING:
            found = _WAITING[cls][1].c.get(name)
            if found is not None and not records_wanted():
                return found
            if found is not None or name in cls._said:
                _map_family(cls)
                return getattr(cls, name)
        raise AttributeError(f"{cls.__name__} has no {name}")


_WAITING: dict[Kept, tuple[Kept, Table]] = {}
"""What was not used yet: the head of the family and the table of each."""

_PARTLY: list[tuple[Table, list[Callable[[], Any]], dict[str, _Wanted]]] = []
"""Tables that have their columns and nothing else yet, with what is said of rows and of columns."""


def map_record(record: Any, family: Kept) -> None:
    """Make the table of a record, and let its attributes be the columns when it is first used.

    Args:
        record: It names its table, and has `__table_args__`: constraints, and options last.
        family: With whom it is made ready: the record that it is a part of, or itself.
    """
    *rules, options = record.__table_args__
    columns = dict(_columns(record))
    made = (
        Column(name, _TYPES[kind], nullable=nullable, **wanted.options)
        for name, (kind, nullable, wanted) in columns.items()
    )
    table = Table(record.__tablename__, _ALL, *made, **options)
    record.__table__ = table
    _WAITING[record] = family, table
    # a reference has an index as well
    more = {name: it for name, (_, _, it) in columns.items() if it.index or it.unique}
    _PARTLY.append((table, rules, more))


def make_whole() -> None:
    """Give the tables their references, indexes and constraints, once."""
    while _PARTLY:
        table, rules, columns = _PARTLY.pop(0)
        for rule in rules:
            table.append_constraint(rule())
        for name, wanted in columns.items():
            if wanted.index:
                Index(None, table.c[name])
            if wanted.unique:
                table.append_constraint(UniqueConstraint(name))
            if wanted.references:
                table.c[name].append_foreign_key(_key(wanted.references))


@_inspects(Kept)
def _map_family(record: Kept) -> None:
    """Map a record and all that belongs to it; SQLAlchemy asks so whenever it is given a class."""
    if record not in _WAITING:
        return
    from sqlalchemy.orm import registry, relationship

    make_whole()
    family = _WAITING[record][0]
    made = registry(metadata=_ALL)
    parts: list[Any] = [it for it, (other, _) in _WAITING.items() if other is family]
    for each in parts:
        table = _WAITING.pop(each)[1]
        said = vars(each)["_said"]
        ways = {
            name: relationship(way.target, **way.options)
            for name, way in said.items()
            if isinstance(way, _Related)
        }
        made.map_imperatively(each, table, properties=ways)


def _columns(record: type[Any]) -> Iterator[tuple[str, tuple[str, bool, _Wanted]]]:
    """Give of each column the kind, whether it may be empty, and what else is said of it."""
    for each in reversed(record.__mro__):
        for name, said in inspect.get_annotations(each).items():
            wanted = vars(each)["_said"].get(name, _PLAIN)
            if isinstance(wanted, _Wanted) and said.startswith(_MAPPED):
                inner = said.removeprefix(_MAPPED)[:-1]
                kind = inner.removesuffix(_MAYBE)
                yield name, (kind, kind != inner, wanted)


def _key(target: str) -> ForeignKey:
    return ForeignKey(target, deferrable=True, initially="IMMEDIATE")
