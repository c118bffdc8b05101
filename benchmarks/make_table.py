"""Write a made-up CRM export of any size, and tell as JSON what each rule must find in it.

python benchmarks/make_table.py /tmp/table.csv --rows 1000000
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from unicodedata import normalize

HEADERS = (
    "first_name,last_name,email,phone,company,job_title,lead_source,source_url,consent_status,consent_date,lawful_basis,"
    "created_date,last_activity_date,last_open_date,last_click_date,opted_out,country,notes"
)
AS_OF = date(2026, 11, 21)
CUTOFF = date(2023, 11, 21)
SOURCES = ("Web", "Trade Show", "Referral", "Webinar", "Newsletter", "Partner")
SCRAPED = ("PhantomBuster", "LinkedIn", "scraping")
FIRST = ("Jeanne", "Paul", "Léa", "Marc", "Zoé", "Noël", "Anaïs", "Karim", "Inès", "Hugo")
LAST = ("Dupont", "Martin", "Lefèvre", "Garcia", "Nguyen", "Moreau", "Lambert", "Benoît", "Roux", "Faure")
COMPANIES = ("Acme {}", '"Durand {}, Fils & Cie"', "Nord Étanchéité {}", '"L""Atelier {}"', "Globex {}", "Initech {}")
JOBS = ("Head of purchasing", "Responsable achats", "Directrice marketing", "Buyer", "Gérant", "Assistant to the board")
NOTES = (
    "Met at the fair in Lyon (stand {}); wants the catalogue and a price list for next spring.",
    '"Said: ""call me after {} o\'clock"", prefers the morning, has two offices."',
    "",
    '"First line of a note,\nand a second one about a budget of {} euros."',
    "Prefers e-mail; asked for nothing yet. Works part time and is away on Wednesdays; see order {}.",
)
BLOCK = 10_000


def _day(random_: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=random_.randrange((last - first).days))


def _ascii(name: str) -> str:
    return normalize("NFD", name).encode("ascii", "ignore").decode().lower()


def _record(random_: random.Random, number: int, malformed: float, expected: Counter[str]) -> str:
    chance = random_.random()
    old = chance < 0.08
    latest = CUTOFF if old else AS_OF
    created = _day(random_, date(2016, 1, 1), CUTOFF)
    clicked = _day(random_, created, latest).isoformat() if random_.random() < 0.5 else ""
    active = _day(random_, created, latest).isoformat()
    consent = _day(random_, created, latest).isoformat() if random_.random() < 0.4 else ""
    opened = _day(random_, created, AS_OF).isoformat() if random_.random() < 0.6 else ""
    if not old:
        clicked = _day(random_, CUTOFF, AS_OF).isoformat()
    scraped = random_.random() < 0.02
    source = random_.choice(SCRAPED if scraped else SOURCES)
    if random_.random() < malformed:
        expected["CRM901"] += 1
        return random_.choice(('x,y"z,1', "too,few", "\x00,nul" + "," * 16, ""))
    opted_out, subscription = (
        random_.choice(("true", "false", "false")),
        random_.choice(("subscribed", "unsubscribed", "")),
    )
    expected["CRM401"] += old and opted_out == "false" and subscription != "unsubscribed"
    expected["CRM302"] += scraped
    first, last = random_.choice(FIRST), random_.choice(LAST)
    return ",".join((
        first, last, f"{_ascii(first)}.{_ascii(last)}.{number}@example.com",
        f"+336{random_.randrange(10**8):08}", random_.choice(COMPANIES).format(number % 40_000), random_.choice(JOBS),
        source, f"https://www.example.com/forms/{number % 997}", subscription,
        consent, random_.choice(("consent", "legitimate interest", "")), created.isoformat(), active, opened, clicked,
        opted_out, "FR", random_.choice(NOTES).format(number),
    ))  # fmt: skip


def write(path: Path, rows: int, seed: int, malformed: float) -> Counter[str]:
    """Write the table; return how many records each rule must find."""
    random_ = random.Random(seed)
    expected: Counter[str] = Counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADERS + "\n")
        for first in range(0, rows, BLOCK):
            numbers = range(first, min(rows, first + BLOCK))
            file.write("".join(_record(random_, number, malformed, expected) + "\n" for number in numbers))
    return expected


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up CRM export.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--malformed", type=float, default=0.0, help="share of records; Polars alone cannot read them")
    arguments = parser.parse_args()
    expected = write(arguments.path, arguments.rows, arguments.seed, arguments.malformed)
    print(json.dumps({"records": arguments.rows, "as-of": AS_OF.isoformat(), **dict(sorted(expected.items()))}))


if __name__ == "__main__":
    main()
