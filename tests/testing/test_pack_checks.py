"""Whether a pack is in use, and whether its cases show what the linter says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from harness import write
from mkt_lint.testing import checks
from testing.sound_pack import CASES, CODE, LISTING, RULE, RULE_FILE, Pack, failing


def test_sound_pack(pack: Pack) -> None:
    found = pack({})
    assert [str(check) for check in found] == [
        "acme_tested/folders",
        "ACM201/name",
        "ACM201/page",
        "ACM201/messages",
        "ACM201/references",
        "ACM201/example-1-bad",
        "ACM201/example-2-good",
        "ACM201/cases",
        "ACM201/good/new.html",
        "ACM201/bad/old.html",
        "ACM201/undecided/code.html",
    ]
    assert failing(found) == {}


def test_first_line_names_what_was_checked(pack: Pack, site: Path) -> None:
    found = {
        str(check): check for check in pack({f"{CASES}/good/new.html": "Zenith", RULE_FILE: ("The firm", "the firm")})
    }
    for name, of in {
        "ACM201/messages": f"acme_tested.rules.{CODE}:BrandOld",
        "ACM201/good/new.html": str(site / CASES / "good" / "new.html"),
    }.items():
        with pytest.raises(AssertionError) as raised:
            found[name]()
        assert str(raised.value).splitlines()[0] == f"{name} ({of})"


def test_other_results_than_expected(pack: Pack) -> None:
    listing = LISTING.replace("[1, 15, 1, 21]", "[1, 14, 1, 21]").replace("is used. The firm", "is used. This firm")
    assert failing(pack({f"{CASES}/cases.toml": listing, f"{CASES}/good/new.html": 'Zenith "s\x7f'})) == {
        "ACM201/bad/old.html": [
            "--- expected by cases.toml",
            "+++ found",
            ' [[bad."old.html".findings]]',
            "-span = [1, 14, 1, 21]",
            "+span = [1, 15, 1, 21]",
            ' severity = "note"',
            ' message_id = "old"',
            '-message = "The old name Zenith is used. This firm has another one. Write that."',
            '+message = "The old name Zenith is used. The firm has another one. Write that."',
            "",
            "For cases.toml, if what was found is right:",
            "",
            '[[bad."old.html".findings]]',
            "span = [1, 15, 1, 21]",
            'severity = "note"',
            'message_id = "old"',
            'message = "The old name Zenith is used. The firm has another one. Write that."',
        ],
        "ACM201/good/new.html": [
            "--- expected by cases.toml",
            "+++ found",
            '+[[good."new.html".findings]]',
            "+span = [1, 1, 1, 7]",
            '+severity = "note"',
            '+message_id = "old"',
            '+message = "The old name Zenith is used. The firm has another one. Write that."',
            "",
            "For cases.toml, if what was found is right:",
            "",
            '[[good."new.html".findings]]',
            "span = [1, 1, 1, 7]",
            'severity = "note"',
            'message_id = "old"',
            'message = "The old name Zenith is used. The firm has another one. Write that."',
        ],
    }  # fmt: skip


def test_nothing_found(pack: Pack) -> None:
    found = failing(pack({f"{CASES}/bad/old.html": "<p>Hello.</p>"}))["ACM201/bad/old.html"]
    assert found[-3:] == ["For cases.toml, if what was found is right:", "", "(nothing)"]


def test_other_rules_and_related_places(pack: Pack) -> None:
    dead = (
        'config = { select = ["ACM201", "EML102"], templates = { marketing = ["*.html"] } }\n\n'
        '[[bad."old.html".findings]]\ncode = "EML102"\nspan = [1, 10, 1, 11]\nseverity = "error"\nmessage_id = "dead"\n'
        'message = "The unsubscribe link leads nowhere: its address is “#”. A link that cannot be used is no way to '
        "object (GDPR article 21, CPCE L34-5). Put the address of your unsubscribe page there, or the tag of the "
        'platform that sends the message."\n\n[[bad'
    )
    rule = RULE.replace("option\n", "option, Related, Span\n", 1).replace(
        "brand=brand)", 'brand=brand, related=(Related(Span(1, 1, 1, 3)), Related(Span(1, 2, 1, 3), "here")))'
    )
    listing = LISTING.replace("[[bad", dead, 1).replace("[1, 15, 1, 21]", "[2, 3, 2, 9]")
    related = 'related = [[1, 1], [1, 2, "here"]]\nmessage = "The old'
    changes = {
        RULE_FILE: rule,
        f"{CASES}/cases.toml": listing.replace('message = "The old', related),
        f"{CASES}/bad/old.html": '<a href="#">Unsubscribe</a>\n, Zenith',
    }
    assert failing(pack(changes)) == {}


def test_rule_that_is_off_by_default_is_on(pack: Pack) -> None:
    off = 'confidence = "high"\n    status = "preview"\n    jurisdictions = frozenset({"US", "CA"})'
    assert failing(pack({RULE_FILE: ('confidence = "high"', off)})) == {}


def test_deprecated_rule_has_no_checks(pack: Pack) -> None:
    found = pack({RULE_FILE: ('confidence = "high"', 'confidence = "high"\n    status = "deprecated"')})
    assert [str(check) for check in found] == ["acme_tested/folders"]
    assert failing(found) == {"acme_tested/folders": ["acm201_brand_old is the folder of no rule"]}


def test_configuration_that_is_wrong(pack: Pack) -> None:
    changes = {
        f"{CASES}/cases.toml": ('why = "The new name."', 'why = "The new name."\nconfig = { select = ["ACM211"] }'),
        RULE_FILE: ('brand = "Nadir"', 'band = "Nadir"'),
    }
    assert failing(pack(changes)) == {
        "ACM201/example-2-good": [
            (
                'the configuration {rules = {ACM201 = {band = "Nadir"}}} is wrong: mkt-lint.toml:2:22: the rule ACM201 '
                "has no option 'band'; did you mean 'brand'?"
            ),
        ],
        "ACM201/good/new.html": [
            "the case's config is wrong: mkt-lint.toml:1:11: there is no rule 'ACM211'; did you mean 'ACM201'?",
        ],
    }


def _raised(document: str, error_type: str, *lines: str) -> list[str]:
    return [
        (
            f"mkt-lint: error: {document}: plugin 'acme_tested' (acme-tested 1.0, entry point acme_tested): ACM201 "
            f"raised {error_type}; the other rules went on"
        ),
        *lines,
    ]


def test_rule_that_raises(pack: Pack, site: Path) -> None:
    raising = 'brand = _named("Zenith é")\n'
    rule = RULE.replace("brand = self.options.brand\n", raising).replace(
        "\n\nclass", "\n\ndef _named(brand):\n    return str(int(brand))\n\n\nclass", 1
    )
    line = 1 + rule[: rule.index("return str(int")].count("\n")
    said = (
        f'  File "{site / RULE_FILE}", line {line}, in _named',
        "    return str(int(brand))",
        "ValueError: invalid literal for int() with base 10: 'Zenith é'",
    )
    found = failing(pack({RULE_FILE: rule}))
    assert found["ACM201/good/new.html"] == _raised("new.html", "ValueError", *said)
    assert found["ACM201/example-2-good"] == _raised("example.html", "ValueError", *said)


def test_rule_that_yields_what_it_may_not(pack: Pack) -> None:
    found = failing(pack({RULE_FILE: ("brand = self.options.brand", "yield 1; return")}))
    assert found["ACM201/good/new.html"] == _raised(
        "new.html",
        "TypeError",
        f"  in what `check` of acme_tested.rules.{CODE}:BrandOld yields",
        "TypeError: a rule yields what `finding` and `undecided` return",
    )


_TABLE_RULE = '''
import polars as pl
from mkt_lint import F, Message, Rows, TableRule


class BrandOld(TableRule):
    """A table."""

    confidence = "high"
    needs = (F.EMAIL,)
    messages = {"old": Message("Old.", "Old.", "Old.")}

    def check(self, table):
        yield Rows(table.text(F.EMAIL).str.to_date("%Y", strict=True).is_not_null(), at=(F.EMAIL,), message="old")
'''


def test_expression_that_fails(pack: Pack) -> None:
    changes = {
        RULE_FILE: _TABLE_RULE,
        "acme_tested/__init__.py": ('kind="template"', 'kind="table"'),
        f"{CASES}/bad/old.csv": "email\nzoe@example.com\n",
        f"{CASES}/cases.toml": '[bad."old.csv"]\nwhy = "An address."\n',
    }
    found = failing(pack(changes))["ACM201/bad/old.csv"]
    assert found[:2] == _raised(
        "old.csv",
        "InvalidOperationError",
        f"  in what `check` of acme_tested.rules.{CODE}:BrandOld yields",
    )
    assert "zoe@example.com" in "\n".join(found[2:])


def test_fix_of_a_table(pack: Pack) -> None:
    rule = _TABLE_RULE.replace("import F,", "import Edit, F, Fix, Span,")
    fix = 'Fix("Write it.", (Edit(Span(1, 1, 1, 6), "mail"),))'
    changes = {
        RULE_FILE: rule[: rule.index("yield")] + f'yield self.finding("old", at=table.column(F.EMAIL), fix={fix})\n',
        "acme_tested/__init__.py": ('kind="template"', 'kind="table"'),
        f"{CASES}/bad/old.csv": "email\nzoe@example.com\n",
        f"{CASES}/cases.toml": '[bad."old.csv"]\nwhy = "An address."\n',
    }
    assert failing(pack(changes))["ACM201/bad/old.csv"] == _raised(
        "old.csv",
        "TypeError",
        f"  in what `check` of acme_tested.rules.{CODE}:BrandOld yields",
        "TypeError: what is said of a table has no fix, whose text could be that of a cell",
    )


def test_linter_itself_does_not_show_the_text(pack: Pack, site: Path, tmp_path: Path) -> None:
    changes = {RULE_FILE: ("brand = self.options.brand", "raise ValueError(template.text)")}
    assert any("Hello from Acme" in line for line in failing(pack(changes))["ACM201/good/new.html"])
    (tmp_path / "x.html").write_text("<p>Hello from Acme.</p>", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkt_lint", "check", "--debug", "x.html", "--select", "ACM201"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "ACM201 raised ValueError" in done.stderr
    assert "Hello from" not in done.stdout + done.stderr


def test_unknown_pack(site: Path) -> None:
    with pytest.raises(ValueError, match=r"^there is no rule pack 'emial'; did you mean 'email'\?$"):
        checks("emial", site)
    with pytest.raises(ValueError, match=r"^there is no rule pack 'zzz'; installed are core, crm, email, security"):
        checks("zzz", site)


def test_no_folder(site: Path) -> None:
    said = f"there is no folder {site / 'rules'}; it holds a folder for each rule of the pack"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        checks("crm", site / "rules")


_FROM = "mkt-lint: error: plugin 'acme_tested' (acme-tested 1.0, entry point acme_tested): "


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"acme_tested/__init__.py": "import nowhere"},
            f"{_FROM}cannot be loaded: ModuleNotFoundError: No module named 'nowhere'",
        ),
        (
            {RULE_FILE: "import nowhere"},
            (f"{_FROM}cannot load ACM201 from acme_tested.rules.{CODE}:BrandOld: ModuleNotFoundError: No module named "
            "'nowhere'"),
        ),
        (
            {RULE_FILE: ('confidence = "high"', 'confidence = "sure"')},
            (f"{_FROM}cannot load ACM201 from acme_tested.rules.{CODE}:BrandOld: ValueError: `confidence` must be one "
            "of high, medium, low"),
        ),
        (
            {"acme_tested/__init__.py": ("@hookimpl", "@hookimpl\ndef mkt_lint_vocabulary(): return 1\n\n\n@hookimpl")},
            f"{_FROM}mkt_lint_vocabulary: TypeError: returned int, not Vocabulary",
        ),
        (
            {"acme_tested/__init__.py": ""},
            "the rule pack 'acme_tested' has no rules; they are what its hook mkt_lint_rules returns",
        ),
    ],
)  # fmt: skip
def test_pack_that_is_broken(changes: dict[str, str], said: str, pack: Pack) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        pack(changes)


@pytest.mark.parametrize(
    ("as_of", "entry", "found"),
    [
        (date(2026, 11, 21), "", "2026-11-21"),
        (date(2030, 1, 2), "", "2030-01-02"),
        (date(2030, 1, 2), "as-of = 2001-02-03", "2001-02-03"),
    ],
)
def test_day_of_the_run(as_of: date, entry: str, found: str, tmp_path: Path) -> None:
    folder = tmp_path / "crm401_retention_exceeded"
    listing = f"""[bad."old.csv"]\nwhy = "Old."\n{entry}\n[[bad."old.csv".findings]]\nspan = [1, 1, 1, 1]\n"""
    listing += 'severity = "note"\nmessage_id = "kept"\nmessage = ""\n'
    write(
        folder,
        {
            "cases.toml": listing,
            "bad/old.csv": f"name,email,created_at\nAda,a@example.com,{int(found[:4]) - 4}-01-01\n",
        },
    )
    case = next(check for check in checks("crm", tmp_path, as_of=as_of) if str(check) == "CRM401/bad/old.csv")
    with pytest.raises(AssertionError, match=f"no contact from the prospect since {int(found[:4]) - 3}{found[4:]}: 1"):
        case()
