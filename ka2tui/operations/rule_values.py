"""Own values of rules: what the project's grant agreement says otherwise than the guide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import rule_keys
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean
from ka2tui.store.operation import operation, say
from ka2tui.store.records import RuleValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@operation("Set an own value of a rule")
def put(session: Session, project: int, key: str, value: Any, *, source: str | None = None) -> int:
    """Keep a value as the project's own agreement has it; it wins over the rules of the call.

    Args:
        project: Which one.
        key: The name of the value.
        value: As a file of rules would have it: a number, a word, a list.
        source: Where it stands, in the user's words; None leaves what was said before.

    Returns:
        The id of the record.

    Raises:
        Refused: There is no such value, or it cannot be that.
    """
    known = _key(key)
    try:
        given = rule_keys.checked(known, value)
    except Misread as fault:
        raise Refused(f"{known.title}: {fault}.") from None
    written = json.dumps(given, ensure_ascii=False)
    found = session.scalar(_of(project, key))
    if found is None:
        found = RuleValue(project_id=project, key=key, value=written)
        session.add(found)
    found.value = written
    if source is not None:
        found.source = clean(source) or None
    session.flush()
    text = rule_keys.say(known, given)
    say(session, "Set {rule} to {value}, as the agreement says", rule=known.title, value=text)
    return int(found.id)


@operation("Go back to the rules of the call")
def remove(session: Session, project: int, keys: Sequence[str]) -> None:
    """Forget own values, so that the rules of the call hold again.

    Raises:
        Refused: There is no own value of that name.
    """
    found = []
    for key in dict.fromkeys(keys):
        record = session.scalar(_of(project, key))
        if record is None:
            _key(key)
            raise Refused(f"There is no own value of {key}: the rules of the call hold.")
        found.append(record)
    for record in found:
        session.delete(record)
    titles = [rule_keys.KEYS[it.key].title if it.key in rule_keys.KEYS else it.key for it in found]
    what = titles[0] if len(titles) == 1 else f"{len(titles)} values"
    say(session, "Take {rule} from the rules of the call again", rule=what)


def _key(name: str) -> rule_keys.Key:
    found = rule_keys.KEYS.get(name)
    if found is None:
        raise Refused(rule_keys.unknown(name))
    return found


def _of(project: int, key: str) -> Any:
    return select(RuleValue).where(RuleValue.project_id == project, RuleValue.key == key)
