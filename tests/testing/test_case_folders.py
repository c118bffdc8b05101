"""What is wrong with a case folder is said in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import write
from testing.sound_pack import CASES, FILES, LISTING, Pack, failing

LISTING_PROBLEMS = [
    (
        ('why = "The new name."', ""),
        ["""good."new.html" does not say what it shows; write why = "A sentence.\""""],
    ),
    (
        ('why = "The new name."', 'why = "new"'),
        ["""good."new.html" does not say what it shows; write why = "A sentence.\""""],
    ),
    (
        ('why = "The new name."', 'why = "The new name."\nas_of = 2026-01-31'),
        ["""good."new.html" has an unknown key 'as_of'; did you mean 'as-of'?"""],
    ),
    (
        ('why = "The new name."', 'why = "The new name."\nas-of = "today"'),
        ["""good."new.html" has an as-of that is no date; write as-of = 2026-01-31"""],
    ),
    (
        ('why = "The new name."', 'why = "The new name."\nas-of = 2026-01-31T12:00:00'),
        ["""good."new.html" has an as-of that is no date; write as-of = 2026-01-31"""],
    ),
    (
        ('why = "The new name."', 'why = "The new name."\nconfig = "preview = true"'),
        ["""good."new.html" has a config that is no table"""],
    ),
    (
        ('why = "The new name."', 'why = "The new name."\nfindings = 1'),
        [
            """good."new.html" has findings that are no tables; write [[good."new.html".findings]]""",
            """good."new.html" expects results, which no good case has; move it to bad or undecided""",
        ],
    ),
    (
        ('[[undecided."code.html".undecided]]', '[[good."new.html".undecided]]'),
        [
            """good."new.html" expects results, which no good case has; move it to bad or undecided""",
            (
                """undecided."code.html" must expect something undecided and no findings; write it, or move it to """
                "good or bad"
            ),
        ],
    ),
    (
        ('[[bad."old.html".findings]]', '[[undecided."code.html".findings]]'),
        [
            """bad."old.html" expects no findings; write them, or move it to good or undecided""",
            (
                """undecided."code.html" must expect something undecided and no findings; write it, or move it to """
                "good or bad"
            ),
        ],
    ),
    (
        ('severity = "note"\nmessage_id', 'message-id = "old"\nmessage_id'),
        [
            (
                """bad."old.html" has an unknown key 'message-id' in number 1 of its findings; did you mean """
                "'message_id'?"
            ),
            """bad."old.html" lacks severity in number 1 of its findings""",
        ],
    ),
    (
        ('span = [1, 4, 1, 14]\nmessage_id = "code"', 'severity = "note"'),
        [
            (
                """undecided."code.html" has an unknown key 'severity' in number 1 of its undecided; known are """
                "code, count, message, message_id, path, related, span"
            ),
            """undecided."code.html" lacks span, message_id in number 1 of its undecided""",
            "no case shows the message “code”",
        ],
    ),
    (
        ('message_id = "code"', 'message_id = "code"\ncode = "ACM202"'),
        ["no case shows the message “code”"],
    ),
    (
        ('[good."new.html"]', '[fine."new.html"]'),
        [
            "cases.toml: fine is not [good.FILE], [bad.FILE] or [undecided.FILE]",
            """good/new.html is not in cases.toml; add [good."new.html"] or delete it""",
            "there is no good case; every rule needs one",
        ],
    ),
    (
        ('[good."new.html"]\nwhy', "[good]\nwhy"),
        [
            "cases.toml: good is not [good.FILE], [bad.FILE] or [undecided.FILE]",
            """good/new.html is not in cases.toml; add [good."new.html"] or delete it""",
            "there is no good case; every rule needs one",
        ],
    ),
    (
        ('[good."new.html"]', '[good."other.html"]'),
        [
            """good."other.html" is in cases.toml, but there is no file good/other.html""",
            """good/new.html is not in cases.toml; add [good."new.html"] or delete it""",
        ],
    ),
    *(
        (
            ('why = "The new name."', f"why = {why}"),
            ["""good."new.html" does not say what it shows; write why = "A sentence.\""""],
        )
        for why in ('" ."', '"..."', '"Name."', '"The new name"', "true")
    ),
    *(
        (
            ('[good."new.html"]', f"[good.{name}]"),
            [
                f"good.{name} has no plain file name; write the name of a file in good/, of at most 255 bytes",
                """good/new.html is not in cases.toml; add [good."new.html"] or delete it""",
            ],
        )
        for name in (
            '"../good/new.html"',
            '"/etc/hostname"',
            '""',
            '"."',
            '".."',
            '"a/b.html"',
            '"a\\\\b.html"',
            f"{'n' * 300}",
            f'"{"é" * 128}"',
        )
    ),
    (
        ('why = "The new name."', f"why = {'[' * 3000}{']' * 3000}"),
        ["{cases}/cases.toml: arrays and tables are nested more than 50 deep"],
    ),
    (
        ('why = "The new name."', f"config.{'a.' * 3000}b = 1"),
        ["{cases}/cases.toml: arrays and tables are nested more than 50 deep"],
    ),
    (
        ('why = "The new name."', f"why = {'1' * 5000}"),
        ["{cases}/cases.toml: a number has too many digits"],
    ),
    (
        ('[good."new.html"]', '[good."new.html" ]]'),
        ["{cases}/cases.toml:10:19: Expected newline or end of document after a statement"],
    ),
]


@pytest.mark.parametrize(("change", "said"), LISTING_PROBLEMS)
def test_listing_that_is_wrong(change: tuple[str, str], said: list[str], pack: Pack, site: Path) -> None:
    found = failing(pack({f"{CASES}/cases.toml": change}))
    assert found["ACM201/cases"] == [line.replace("{cases}", str(site / CASES)) for line in said]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({f"{CASES}/cases.toml": None}, ["there is no cases.toml"]),
        ({f"{CASES}/cases.toml": b"# \xe9"}, ["cases.toml is not in UTF-8"]),
        (
            {f"{CASES}/good/second.html": "<p>Hello.</p>"},
            ["""good/second.html is not in cases.toml; add [good."second.html"] or delete it"""],
        ),
        ({f"{CASES}/good/.DS_Store": b"\0"}, []),
        (
            {f"{CASES}/better/new.html": "<p>Hello.</p>"},
            ["better has no place here; known are good, bad, undecided, includes, cases.toml"],
        ),
        (
            {
                f"{CASES}/good/mkt-lint.toml": "",
                f"{CASES}/cases.toml": ("[good", '[good."mkt-lint.toml"]\nwhy = "The configuration."\n\n[good'),
            },
            ["""good."mkt-lint.toml" is called like the configuration, which is written beside it; rename it"""],
        ),
        (
            {
                f"{CASES}/good/includes": "<p>Hello.</p>",
                f"{CASES}/includes/footer.html": "<p>Acme</p>",
                f"{CASES}/cases.toml": ("[good", '[good.includes]\nwhy = "Without an ending."\n\n[good'),
            },
            ["good.includes is called like the folder that is put beside it; rename it"],
        ),
        ({f"{CASES}/includes": "<p>Acme</p>"}, ["includes is a file, and is to be a folder"]),
        (
            {f"{CASES}/good/new.html": None, f"{CASES}/good": "<p>Acme</p>"},
            [
                "good is a file, and is to be a folder",
                'good."new.html" is in cases.toml, but there is no file good/new.html',
            ],
        ),
        (
            {f"{CASES}/cases.toml": None, f"{CASES}/cases.toml/x": ""},
            ["cases.toml cannot be read: is a directory"],
        ),
        (
            {
                f"{CASES}/bad/again.html": FILES[f"{CASES}/bad/old.html"],
                f"{CASES}/cases.toml": LISTING + LISTING[: LISTING.index("[good")].replace("old.html", "again.html"),
            },
            ["""bad."again.html" is the same case as bad."old.html": the same bytes under the same configuration"""],
        ),
        (
            {
                f"{CASES}/good/quoted.html": FILES[f"{CASES}/bad/old.html"],
                f"{CASES}/cases.toml": LISTING + '[good."quoted.html"]\nwhy = "Another name."\n'
                'config = { rules = { ACM201 = { brand = "Nadir" } } }\n',
            },
            [],
        ),
    ],
)
def test_folder_that_is_wrong(changes: dict[str, str | bytes | None], said: list[str], pack: Pack) -> None:
    assert failing(pack(changes)).get("ACM201/cases", []) == said


def test_folders_and_rules(pack: Pack, site: Path) -> None:
    write(site, {"cases/acm201_brand_odd/cases.toml": "", "cases/__pycache__/x.pyc": b""})
    moved = {file: None for file in FILES if file.startswith(CASES)}
    assert failing(pack(moved)) == {
        "acme_tested/folders": [
            "ACM201 has no folder acm201_brand_old with its cases",
            "acm201_brand_odd is the folder of no rule; did you mean 'acm201_brand_old'?",
        ]
    }


def test_case_is_run_before_its_findings_are_written(pack: Pack) -> None:
    start, end = LISTING.index("\n[[bad"), LISTING.index("\n[good")
    assert failing(pack({f"{CASES}/cases.toml": LISTING[:start] + LISTING[end:]})) == {
        "ACM201/cases": [
            'bad."old.html" expects no findings; write them, or move it to good or undecided',
            "no case shows the message “old”",
        ],
        "ACM201/bad/old.html": [
            "--- expected by cases.toml",
            "+++ found",
            '+[[bad."old.html".findings]]',
            "+span = [1, 15, 1, 21]",
            '+severity = "note"',
            '+message_id = "old"',
            '+message = "The old name Zenith is used. The firm has another one. Write that."',
            "",
            "For cases.toml, if what was found is right:",
            "",
            *LISTING[start:end].strip().splitlines(),
        ],
    }
