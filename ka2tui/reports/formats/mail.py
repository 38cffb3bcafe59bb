"""Mail: a message as a draft file that a mail program opens to be sent."""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from ka2tui.domain.text import clean

if TYPE_CHECKING:
    from datetime import datetime

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}")


class _Policy(EmailPolicy):
    """Lines as mail asks for them, and a subject that begins on the line of its name.

    Python's own folding puts a long first word of a subject below its name, where some programs
    show no subject, and loses blanks beside words that are encoded.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write one header."""
        if name != "Subject":
            return super().fold_binary(name, value)
        line = f"{name}: {value}"
        if not line.isascii() or len(line) > (self.max_line_length or len(line)):
            encoded = Header(str(value), "utf-8", header_name=name, maxlinelen=76)
            line = f"{name}: {encoded.encode(linesep=self.linesep)}"
        return f"{line}{self.linesep}".encode("ascii")


_POLICY = _Policy(linesep="\r\n")


def draft(
    subject: str,
    text: str,
    *,
    at: datetime,
    to: tuple[str, str | None] | None = None,
    sender: tuple[str, str | None] | None = None,
) -> str:
    """Write a draft after RFC 5322; mail programs show it as not sent yet.

    What is not ASCII is encoded; no header can hold more than its own line.

    Args:
        subject: What it is about.
        text: The message.
        at: The present instant, aware.
        to: Name and address; without an address that can be one there is no such header.
        sender: Name and address of who writes.

    Returns:
        Text in ASCII, each line ending as mail asks.
    """
    message = EmailMessage(policy=_POLICY)
    for header, person in (("From", sender), ("To", to)):
        written = None if person is None else address(*person)
        if written is not None:
            message[header] = written
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(at)
    message["X-Unsent"] = "1"
    message.set_content(text)
    return message.as_bytes().decode("ascii")


def address(name: str, said: str | None) -> Address | None:
    """Give an address as a header holds it; None where what was typed is none."""
    local, at, domain = (said or "").strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return None
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _DOMAIN.fullmatch(domain):
        return None
    return Address(_one_line(name), local, domain)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
