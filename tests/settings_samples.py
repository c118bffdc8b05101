"""Files of products, `settings/products.toml`, and how a secret stands in a file of each kind."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkt_lint import Span

SAMPLES = tomllib.loads((Path(__file__).parent / "settings" / "products.toml").read_text("utf-8"))["sample"]
MARK = re.compile(r"<<(?P<name>[a-z_.]+)=(?P<value>[a-z0-9-]+)\|(?P<text>.*?)>>(?!>)", re.DOTALL)


def unmarked(text: str) -> tuple[str, dict[str, tuple[Any, Span]]]:
    """A sample without its marks, and what they say."""
    plain, expected, last = "", {}, 0

    def position() -> tuple[int, int]:
        return plain.count("\n") + 1, len(plain.rpartition("\n")[2]) + 1

    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        start = position()
        plain += mark["text"]
        expected[mark["name"]] = (json.loads(mark["value"]), Span(*start, *position()))
        last = mark.end()
    return plain + text[last:], expected


# How a file of each kind holds something that nobody may see.
SECRETS: dict[str, Callable[[str], str]] = {
    "json": lambda text: re.sub(r"^\s*\{", '{"zqxkey": "zqxsecret", ', text),
    "yaml": lambda text: f"zqxkey: zqxsecret\n{text}# zqxcomment\n",
    "yml": lambda text: f"zqxkey: zqxsecret\n{text}# zqxcomment\n",
    "toml": lambda text: f"zqxkey = 'zqxsecret'\n{text}# zqxcomment\n",
    "tf": lambda text: f'{text}\nvariable "zqxkey" {{ default = "zqxsecret" }} # zqxcomment\n',
    "py": lambda text: f"SECRET_KEY = 'zqxsecret'\n{text}# zqxcomment\n",
    "xml": lambda text: text.replace("</", "<!-- zqxcomment --></", 1),
    "conf": lambda text: f"{text}zqxkey = zqxsecret # zqxcomment\n",
    "ldif": lambda text: f"dn: cn=zqxkey\nuserPassword: zqxsecret\n\n{text.lstrip()}",
    "inf": lambda text: f"[zqxkey]\nzqxkey = zqxsecret\n{text}",
    "cs": lambda text: f'{text}\nvar key = "zqxsecret"; // zqxcomment\n',
    "php": lambda text: f"{text}\n$key = 'zqxsecret'; // zqxcomment\n",
    "rb": lambda text: f"{text}\nKEY = 'zqxsecret' # zqxcomment\n",
    "html": lambda text: f"<input type=hidden value=zqxsecret><!-- zqxcomment -->{text}",
    "j2": lambda text: f"{text}password requisite pam_zqx.so zqxkey=zqxsecret # zqxcomment\n",
    "twig": lambda text: f"<input type=hidden value=zqxsecret><!-- zqxcomment -->{text}",
}


def with_secrets(sample: dict[str, Any]) -> str:
    """A sample's file with things that nobody may see, words that begin with `zqx`."""
    text, _ = unmarked(sample["text"])
    return SECRETS.get(sample["file"].rpartition(".")[2], SECRETS["conf"])(text)
