"""The JSON report: exact keys, and a schema that knows each of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from mkt_lint._model import Silence
from mkt_lint._report import Report
from mkt_lint._reporters.json import report
from mkt_lint._reporters.reference import Style

if TYPE_CHECKING:
    from reporters.conftest import Samples

SCHEMA = files("mkt_lint._reporters").joinpath("data/json-report.schema.json").read_text(encoding="utf-8")


def printed(of: Report) -> Any:
    return json.loads("".join(report(of, Style())))


def schema_errors(document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(json.loads(SCHEMA)).iter_errors(document)]


def everything(samples: type[Samples]) -> Report:
    return samples.report(
        findings=(samples.table, samples.settings, samples.template, samples.in_part),
        failures=(samples.broken_plugin, samples.broken_rule, samples.unreadable),
        suppressed=(replace(samples.table, suppressed=Silence("Known.", in_source=True)),),
    )


def test_what_is_suppressed_is_listed_where_it_is_asked_for(samples: type[Samples]) -> None:
    report = everything(samples)
    assert "suppressed" not in printed(report)
    listed = printed(report._replace(report_suppressed=True))
    assert schema_errors(listed) == []
    (entry,) = listed["suppressed"]
    suppression = {"by": "comment", "reason": "Known."}
    assert entry == printed(samples.report(findings=(samples.table,)))["findings"][0] | {"suppression": suppression}


def test_a_finding_of_a_template(samples: type[Samples]) -> None:
    assert printed(samples.report(findings=(samples.template,)))["findings"] == [
        {
            "path": "templates/welcome.html",
            "line": 12,
            "column": 13,
            "end_line": 12,
            "end_column": 16,
            "code": "EML102",
            "name": "unsubscribe-dead",
            "severity": "error",
            "confidence": "high",
            "message_id": "dead",
            "message": (
                "The unsubscribe link leads nowhere: “#”. Everyone must be able to object, in every message. "
                "Put the platform's tag there, such as {{ unsubscribe }}."
            ),
            "count": 1,
            "related": [{"line": 3, "column": 1, "end_line": 3, "end_column": 7, "message": "Hidden by this element."}],
            "references": [
                {
                    "authority": "France",
                    "id": "CPCE L34-5",
                    "url": "https://www.legifrance.gouv.fr/l34-5",
                    "jurisdiction": "FR",
                }
            ],
            "fix": {
                "description": "Put Mailchimp's tag there.",
                "safe": True,
                "edits": [{"line": 12, "column": 14, "end_line": 12, "end_column": 15, "text": "*|UNSUB|*"}],
            },
            "fingerprint": "v1:22222222222222222222222222222222",
        }
    ]


def test_what_is_not_known_is_left_out(samples: type[Samples]) -> None:
    document = printed(everything(samples))
    assert document["files"] == [
        {
            "path": "exports/crm.csv",
            "kind": "table",
            "encoding": "utf-8",
            "records": 20,
            "records_checked": 19,
            "records_reported": 1,
        },
        {"path": "realm.json", "kind": "settings", "encoding": "utf-8"},
        {"path": "templates/welcome.html", "kind": "template", "purpose": "marketing", "encoding": "utf-8"},
    ]
    assert document["errors"] == [
        {"plugin": "acme", "message": samples.broken_plugin.message},
        {"path": "exports/crm.csv", "plugin": "crm", "code": "CRM401", "message": samples.broken_rule.message},
        {"path": "exports/old.csv", "message": samples.unreadable.message, "line": 3, "column": 7},
    ]
    assert [finding.get("part") for finding in document["findings"]] == [None, None, None, "text/html part"]
    assert "severity" not in document["undecided"][0]


def test_the_head_and_the_counts(samples: type[Samples]) -> None:
    document = printed(everything(samples))
    assert list(document) == ["version", "tool", "as_of", "files", "findings", "undecided", "errors", "summary"]
    assert document["version"] == 1
    assert document["tool"] == {
        "name": "mkt-lint",
        "version": "0.1.0",
        "plugins": [{"name": "crm", "version": "0.1.0"}, {"name": "email", "version": "0.1.0"}],
    }
    assert document["as_of"] == "2026-11-21"
    assert document["summary"] == {
        "files": 4,
        "findings": 4,
        "undecided": 1,
        "errors": 3,
        "suppressed": 1,
        "rows_flagged": 1204,
        "by_code": {"CRM401": 1, "EML102": 2, "SEC101": 1},
        "by_severity": {"error": 2, "warning": 1, "note": 1},
    }


def test_an_empty_report_as_text(samples: type[Samples]) -> None:
    text = "".join(report(samples.all()["empty"], Style()))
    assert text == (
        '{\n  "version": 1,\n  "tool": {\n    "name": "mkt-lint",\n    "version": "0.1.0",\n    "plugins": []\n  },\n'
        '  "as_of": "2026-11-21",\n  "files": [],\n  "findings": [],\n  "undecided": [],\n  "errors": [],\n'
        '  "summary": {\n    "files": 0,\n    "findings": 0,\n    "undecided": 0,\n    "errors": 0,\n'
        '    "suppressed": 0,\n    "rows_flagged": 0,\n    "by_code": {},\n    "by_severity": {\n      "error": 0,\n'
        '      "warning": 0,\n      "note": 0\n    }\n  }\n}\n'
    )


def test_it_is_written_as_json_writes_it(samples: type[Samples]) -> None:
    text = "".join(report(everything(samples), Style()))
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_a_name_that_is_not_utf_8_can_be_written(samples: type[Samples]) -> None:
    text = "".join(report(samples.report(findings=(replace(samples.template, path="caf\udce9.html"),)), Style()))
    assert json.loads(text.encode())["findings"][0]["path"] == "caf\N{REPLACEMENT CHARACTER}.html"


def test_real_output_fits_the_schema(samples: type[Samples]) -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA))
    assert schema_errors(printed(everything(samples))) == []
    for of in samples.all().values():
        assert schema_errors(printed(of)) == []


def objects(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        yield document
    for value in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from objects(value)


def test_a_key_that_the_schema_does_not_know_breaks_it_everywhere(samples: type[Samples]) -> None:
    document = printed(everything(samples))
    count = len(list(objects(document)))
    for number in range(count):
        changed = copy.deepcopy(document)
        list(objects(changed))[number]["added"] = 1
        assert schema_errors(changed), list(objects(document))[number]


def test_a_key_that_is_missing_breaks_it(samples: type[Samples]) -> None:
    document = printed(everything(samples))
    optional = {"part", "purpose", "records", "records_checked", "records_reported", "fix", "plugin", "line", "column"}
    for number, original in enumerate(list(objects(document))):
        for key in original:
            if original is document["summary"]["by_code"] or key in optional:
                continue
            changed = copy.deepcopy(document)
            del list(objects(changed))[number][key]
            may_go = "message" in original and key in {"path", "code", "message"} and "fingerprint" not in original
            assert may_go or schema_errors(changed), (key, original)


def test_every_property_is_described() -> None:
    def undescribed(schema: Any, place: str) -> Iterator[str]:
        if isinstance(schema, dict):
            for name, value in schema.get("properties", {}).items():
                target = json.loads(SCHEMA)["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else value
                if not target.get("description"):
                    yield f"{place}/{name}"
            if schema.get("type") == "object" and "properties" in schema and schema.get("additionalProperties", 1):
                yield f"{place} is open"
            for name, value in schema.items():
                yield from undescribed(value, f"{place}/{name}")

    assert list(undescribed(json.loads(SCHEMA), "")) == []


def test_the_documentation_has_the_same_schema() -> None:
    published = Path(__file__).parents[2] / "docs/json-report.schema.json"
    assert published.read_text(encoding="utf-8") == SCHEMA
