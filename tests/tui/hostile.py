"""Texts that people type, paste and import, and that must be shown as they are."""

from __future__ import annotations

HOSTILE = (
    "[/]",
    "[bold]WP1[/bold]",
    "[WP1] Kick-off",
    "[@click=app.bell]press me[/]",
    "[@click='app.exit']x[/]",
    "[link=https://example.org]x[/link]",
    "[red",
    "]] [[ [ ] [",
    "\\[x] \\",
    "$name {name} %s %(x)s {0}",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> &amp; <b>",
    "**bold** `code` # head | cell |",
    "\x1b]52;c;QUJD\x07",
    "\x1b[31mred\x1b[0m\x1b[2J",
    "\x1bP+q544e\x1b\\",
    "\x9b31mC1\x9d0;title\x9c",
    "a\x00b\x07c\x08d\x7fe",
    "first\nsecond\r\nthird\u2028fourth",
    "tab\tstop\vform\ffeed",
    "\u202egnp.exe\u202c",
    "\u2066isolate\u2069 \u200fmark\u200e",
    "\ud800 lone \udfff",
    "\ufeffBOM \u200b zero \u2060 width",
    "日本語の作業計画 会議",
    "한국어 회의록",
    "👩‍👩‍👧‍👦 family 👩🏽‍💻 at work",
    "🇵🇱 🇬🇷 flags ❤️ ☎️",
    "e\u0301\u0302\u0303\u0304 combining Zalgo t\u0336h\u0336",
    "שלום عربى mixed",
    "Łódź, Αθήνα, Çankaya, Åsa Ö",
    "x" * 500,
)
"""One of each kind."""

ACTS = frozenset(
    [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
    + [
        chr(code)
        for code in (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
    ]
    + [chr(code) for code in range(0xD800, 0xE000)]
)
"""Characters that must never be sent to a terminal from a text of the user."""
