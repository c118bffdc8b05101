"""SARIF 2.1.0, as GitHub and SARIF's own validator want it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mkt_lint._model import Edit, Excerpt, Fix, Message, Reference, Silence, Span
from mkt_lint._report import PluginInfo, Report
from mkt_lint._reporters.reference import Style
from mkt_lint._reporters.sarif import report
from mkt_lint._reporters.sarif_rules import MAX_TAGS, Taxonomies, descriptor, semantic_version

if TYPE_CHECKING:
    from reporters.conftest import Samples


def run_of(of: Report) -> Any:
    text = "".join(report(of, Style()))
    log = json.loads(text)
    assert text == json.dumps(log, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert list(log) == ["$schema", "version", "runs"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def result_of(of: Report) -> Any:
    (result,) = run_of(of)["results"]
    return result


def region(*place: int, snippet: str | None = None) -> dict[str, object]:
    keys = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(keys, place, strict=True)) | ({} if snippet is None else {"snippet": {"text": snippet}})


def test_a_result_in_a_template(samples: type[Samples]) -> None:
    artifact = {"uri": "marketing/templates/welcome.html", "uriBaseId": "%SRCROOT%"}
    assert result_of(samples.report(findings=(samples.template,), checkout=samples.checkout)) == {
        "ruleId": "EML102",
        "ruleIndex": 1,
        "level": "error",
        "message": {
            "text": (
                "The unsubscribe link leads nowhere: “#”. Everyone must be able to object, in every message. "
                "Put the platform's tag there, such as {{ unsubscribe }}."
            ),
            "id": "dead",
            "arguments": ["“#”"],
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": region(12, 13, 12, 16, snippet='"#"'),
                    "contextRegion": region(12, 1, 12, 32, snippet='    <a href="#">Unsubscribe</a>'),
                }
            }
        ],
        "partialFingerprints": {
            "mktLint/v1": "v1:22222222222222222222222222222222",
            "primaryLocationLineHash": "db746deafc64b2:1",
        },
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": artifact, "region": region(3, 1, 3, 7)},
                "message": {"text": "Hidden by this element."},
            }
        ],
        "taxa": [{"id": "CPCE L34-5", "index": 0, "toolComponent": {"name": "France", "index": 1}}],
        "fixes": [
            {
                "description": {"text": "Put Mailchimp's tag there."},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [
                            {"deletedRegion": region(12, 14, 12, 15), "insertedContent": {"text": "*|UNSUB|*"}}
                        ],
                    }
                ],
            }
        ],
    }


def test_a_result_in_a_table_shows_no_content(samples: type[Samples]) -> None:
    artifact = {"uri": "exports/crm.csv", "uriBaseId": "%SRCROOT%"}
    masked = "(table content is not shown)"
    assert result_of(samples.report(findings=(samples.table,))) == {
        "ruleId": "CRM401",
        "ruleIndex": 0,
        "level": "warning",
        "message": {
            "text": (
                "Prospects kept longer than the CNIL's reference of three years, last contact before 2023-11-21: "
                "1,204. The reference counts from the last contact that came from the prospect (last_contact_at or "
                "last_click_at). Delete them or ask them whether they want to stay, starting with “Last contact”."
            ),
            "id": "kept",
            "arguments": ["2023-11-21", "1,204", "last_contact_at or last_click_at", "“Last contact”"],
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": region(1, 12, 1, 24, snippet=masked),
                    "contextRegion": {"startLine": 1, "endLine": 1, "snippet": {"text": "(not shown)"}},
                }
            }
        ],
        "partialFingerprints": {"mktLint/v1": "v1:11111111111111111111111111111111"},
        "occurrenceCount": 1204,
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": region(line, 12, line, 22, snippet=masked),
                },
                "message": {"text": "A cell that the finding counts."},
            }
            for number, line in ((1, 2), (2, 5), (3, 9))
        ],
        "taxa": [{"id": "2021-131", "index": 0, "toolComponent": {"name": "CNIL", "index": 0}}],
    }


def test_the_line_around_a_setting_is_not_shown(samples: type[Samples]) -> None:
    (location,) = result_of(samples.report(findings=(samples.settings,)))["locations"]
    assert location["physicalLocation"]["region"] == region(4, 30, 4, 39, snippet="length(6)")
    assert location["physicalLocation"]["contextRegion"] == {
        "startLine": 4,
        "endLine": 4,
        "snippet": {"text": "(not shown)"},
    }


def test_a_result_in_a_part_is_placed_at_the_start_of_the_file(samples: type[Samples]) -> None:
    result = result_of(samples.report(findings=(samples.in_part,)))
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "sent/mail.eml", "uriBaseId": "%SRCROOT%"},
                "region": region(1, 1, 1, 1, snippet=""),
                "contextRegion": {"startLine": 1, "endLine": 1, "snippet": {"text": "(not shown)"}},
            },
            "logicalLocations": [
                {"name": "text/html part", "fullyQualifiedName": "text/html part:12:13", "kind": "module"}
            ],
        }
    ]
    assert result["message"]["text"].endswith(" (In text/html part, line 12, column 13.)")
    assert result["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "text/html part:3:1"
    assert "fixes" not in result


def test_a_region_over_several_lines_and_a_long_snippet(samples: type[Samples]) -> None:
    found = replace(samples.template, span=Span(2, 1, 40, 3), snippet="x" * 1001, excerpt=Excerpt(2, 1, "<body>"))
    (location,) = result_of(samples.report(findings=(found,)))["locations"]
    assert location["physicalLocation"]["region"] == region(2, 1, 40, 3, snippet="x" * 1000 + "…")
    assert location["physicalLocation"]["contextRegion"] == {
        "startLine": 2,
        "endLine": 40,
        "snippet": {"text": "(not shown)"},
    }


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("à faire/100%: #1?.html", "marketing/%C3%A0%20faire/100%25%3A%20%231%3F.html"),
        ("./a/../b.html", "marketing/b.html"),
        ("../other/b.html", "other/b.html"),
        ("caf\udce9.html", "marketing/caf%E9.html"),
    ],
)
def test_paths_are_relative_to_the_repository_and_encoded(samples: type[Samples], path: str, uri: str) -> None:
    result = result_of(samples.report(findings=(replace(samples.template, path=path),), checkout=samples.checkout))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_text_from_a_template_makes_no_link(samples: type[Samples]) -> None:
    found = replace(samples.template, arguments={"target": "[here](https://evil.example)"})
    assert "[here] (https://evil.example)" in result_of(samples.report(findings=(found,)))["message"]["text"]


def test_a_rule(samples: type[Samples]) -> None:
    rule = run_of(samples.report())["tool"]["driver"]["rules"][1]
    assert rule == {
        "id": "EML102",
        "name": "UnsubscribeDead",
        "shortDescription": {"text": "Summary of unsubscribe-dead."},
        "fullDescription": {"text": "The law says so, since long."},
        "help": {
            "text": (
                "# EML102 unsubscribe-dead\n\nSummary of unsubscribe-dead.\n\n## Why\n\nThe law says so,\nsince long."
                "\n\n## When not to use it\n\nNo.\n\n## Texts\n\n"
                "- France CPCE L34-5: https://www.legifrance.gouv.fr/l34-5\n"
            ),
            "markdown": (
                "# EML102 unsubscribe-dead\n\nSummary of unsubscribe-dead.\n\n## Why\n\nThe law says so,\nsince long."
                "\n\n## When not to use it\n\nNo.\n\n## Texts\n\n"
                "- [France CPCE L34-5](https://www.legifrance.gouv.fr/l34-5)\n"
            ),
        },
        "helpUri": "https://mkt-lint.github.io/mkt-lint/rules/EML102/",
        "defaultConfiguration": {"level": "error"},
        "messageStrings": {
            "dead": {
                "text": (
                    "The unsubscribe link leads nowhere: '{0}'. Everyone must be able to object, in every message. "
                    "Put the platform's tag there, such as {{{{ unsubscribe }}}}."
                )
            },
            "include": {
                "text": (
                    "The template includes '{0}', which is not under a template root. The unsubscribe link may be "
                    "there. Add its folder to `roots` under `[templates]`."
                )
            },
        },
        "properties": {
            "tags": ["template", "email", "unsubscribe-dead", "FR"],
            "precision": "high",
            "problem.severity": "error",
        },
        "relationships": [
            {
                "target": {"id": "CPCE L34-5", "index": 0, "toolComponent": {"name": "France", "index": 1}},
                "kinds": ["relevant"],
            }
        ],
    }


def test_a_placeholder_that_comes_twice_has_one_number(samples: type[Samples]) -> None:
    message = Message(what="{b} and {a}", why="{b} {0} }", todo="")
    rule = samples.report().rules[0]._replace(messages={"m": message})
    described = descriptor(rule, Taxonomies(rule.references))
    assert described["messageStrings"] == {"m": {"text": "'{0}' and '{1}' '{0}' {{0}} }}."}}


def test_a_message_without_arguments_has_the_file_for_one(samples: type[Samples]) -> None:
    message = Message(what="The message has no unsubscribe link.", why="It must.", todo="Add one.")
    rules = (samples.report().rules[1]._replace(messages={"dead": message}),)
    found = replace(samples.template, message=message, arguments={})
    run = run_of(samples.report(rules=rules, findings=(found,), undecided=(), checkout=samples.checkout))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["messageStrings"] == {"dead": {"text": "'{0}': The message has no unsubscribe link. It must. Add one."}}
    assert run["results"][0]["message"] == {
        "text": "The message has no unsubscribe link. It must. Add one.",
        "id": "dead",
        "arguments": ["marketing/templates/welcome.html"],
    }


def test_what_github_limits(samples: type[Samples]) -> None:
    rule = (
        samples.report()
        .rules[0]
        ._replace(
            jurisdictions=tuple(f"X{number}" for number in range(20)),
            documentation="S.\n\n## Why\n\n" + "word " * 400,
        )
    )
    described = descriptor(rule, Taxonomies(rule.references))
    assert len(described["properties"]["tags"]) == MAX_TAGS
    assert len(described["fullDescription"]["text"]) == 1024


def test_the_texts_are_taxonomies(samples: type[Samples]) -> None:
    run = run_of(samples.report())
    assert run["tool"]["driver"]["supportedTaxonomies"] == [
        {"name": "CNIL", "index": 0},
        {"name": "France", "index": 1},
    ]
    cnil, france = run["taxonomies"]
    assert cnil["taxa"] == [
        {
            "id": "2021-131",
            "shortDescription": {"text": "Framework on commercial management."},
            "helpUri": "https://www.cnil.fr/reference",
            "properties": {"jurisdiction": "FR", "date": "2021-09-23"},
        },
        {
            "id": "2022-100",
            "shortDescription": {"text": "CNIL 2022-100."},
            "helpUri": "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885",
            "properties": {"jurisdiction": "FR"},
        },
    ]
    assert {key: value for key, value in france.items() if key != "taxa"} == {
        "name": "France",
        "organization": "France",
        "shortDescription": {"text": "Texts of France that rules rest on."},
        "isComprehensive": False,
    }


def test_a_text_without_an_address_has_no_help_uri() -> None:
    (component,) = Taxonomies([Reference("Arcep", "2018-0881", "", "FR")]).components
    assert component["taxa"] == [
        {"id": "2018-0881", "shortDescription": {"text": "Arcep 2018-0881."}, "properties": {"jurisdiction": "FR"}}
    ]


def test_the_tool_and_its_packs(samples: type[Samples]) -> None:
    tool = run_of(samples.report())["tool"]
    assert {key: value for key, value in tool["driver"].items() if key not in {"rules", "supportedTaxonomies"}} == {
        "name": "mkt-lint",
        "version": "0.1.0",
        "semanticVersion": "0.1.0",
        "informationUri": "https://github.com/mkt-lint/mkt-lint",
    }
    assert tool["extensions"] == [
        {"name": "crm", "fullName": "mkt-lint 0.1.0", "version": "0.1.0"},
        {"name": "email", "fullName": "mkt-lint 0.1.0", "version": "0.1.0"},
    ]


@pytest.mark.parametrize(
    ("version", "semantic"),
    [("1.2.3", "1.2.3"), ("1.2", "1.2.0"), ("1.2.0rc01", "1.2.0-rc.1"), ("1.0.dev3", "1.0.0-dev.3"), ("1!2", None)],
)
def test_a_semantic_version(version: str, semantic: str | None) -> None:
    assert semantic_version(version) == semantic


def test_provenance_in_and_outside_a_checkout(samples: type[Samples]) -> None:
    inside = run_of(samples.report(checkout=samples.checkout))
    assert inside["versionControlProvenance"] == [
        {
            "repositoryUri": "https://github.com/acme/mails.git",
            "revisionId": "4f" * 20,
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    assert inside["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The repository's root."}}}
    outside = run_of(samples.report())
    assert outside["versionControlProvenance"] == [
        {"repositoryUri": "about:blank", "mappedTo": {"uriBaseId": "%SRCROOT%"}}
    ]
    assert outside["columnKind"] == "unicodeCodePoints"
    assert "/home/ci" not in json.dumps([inside, outside])


def test_an_undecided_result_is_a_notification(samples: type[Samples]) -> None:
    run = run_of(samples.report(findings=()))
    assert run["results"] == []
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {
                    "level": "note",
                    "message": {
                        "text": (
                            "The template includes “footer.html”, which is not under a template root. The unsubscribe "
                            "link may be there. Add its folder to `roots` under `[templates]`."
                        )
                    },
                    "associatedRule": {"id": "EML102", "index": 1},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "templates/offer.html", "uriBaseId": "%SRCROOT%"},
                                "region": region(3, 1, 3, 28, snippet='{% include "footer.html" %}'),
                                "contextRegion": {
                                    "startLine": 3,
                                    "endLine": 3,
                                    "snippet": {"text": "(not shown)"},
                                },
                            }
                        }
                    ],
                }
            ],
        }
    ]


def test_failures_are_notifications(samples: type[Samples]) -> None:
    failures = (samples.internal, samples.broken_plugin, samples.no_such_file, samples.broken_rule, samples.unreadable)
    artifact = {"uriBaseId": "%SRCROOT%"}
    assert run_of(samples.report(findings=(), undecided=(), failures=failures))["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": samples.no_such_file.message},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "absent.html"} | artifact}}],
                },
                {
                    "level": "error",
                    "message": {"text": samples.broken_rule.message},
                    "associatedRule": {"id": "CRM401", "index": 0},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "exports/crm.csv"} | artifact}}],
                },
                {
                    "level": "error",
                    "message": {"text": samples.unreadable.message},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "exports/old.csv"} | artifact,
                                "region": {"startLine": 3, "startColumn": 7},
                            }
                        }
                    ],
                },
            ],
            "toolConfigurationNotifications": [
                {"level": "error", "message": {"text": samples.internal.message}},
                {"level": "error", "message": {"text": samples.broken_plugin.message}},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("name", "successful"),
    [
        ("unreadable", True),
        ("no_such_file", True),
        ("broken_plugin", False),
        ("broken_rule", False),
        ("internal", False),
    ],
)
def test_an_unreadable_file_is_no_failure_of_the_linter(samples: type[Samples], name: str, successful: bool) -> None:
    (invocation,) = run_of(samples.report(failures=(getattr(samples, name),)))["invocations"]
    assert invocation["executionSuccessful"] is successful


def test_suppressed_results_are_left_out_unless_asked_for(samples: type[Samples]) -> None:
    suppressed = (
        replace(samples.table, suppressed=Silence("Being cleaned.", in_source=False)),
        replace(samples.undecided, suppressed=Silence("Known.", in_source=False)),
    )
    assert run_of(samples.report(findings=(), suppressed=suppressed))["results"] == []
    result = result_of(samples.report(findings=(), suppressed=suppressed, report_suppressed=True))
    assert result["suppressions"] == [{"kind": "external", "justification": "Being cleaned."}]


@pytest.mark.parametrize("category", ["mails", "mails/"])
def test_the_category_ends_with_a_slash(samples: type[Samples], category: str) -> None:
    assert run_of(samples.report(category=category))["automationDetails"] == {"id": "mails/"}
    assert "automationDetails" not in run_of(samples.report())


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(item)


def test_every_shape_of_report_has_locations_and_can_be_written(samples: type[Samples]) -> None:
    for of in samples.all().values():
        run = run_of(of)
        run_text = "".join(strings(run))
        run_text.encode()
        for result in run["results"]:
            assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            assert all(location["physicalLocation"]["region"]["startLine"] for location in result["locations"])
            assert len(result["locations"]) == 1
            for taxon in result["taxa"]:
                component = run["taxonomies"][taxon["toolComponent"]["index"]]
                assert component["name"] == taxon["toolComponent"]["name"]
                assert component["taxa"][taxon["index"]]["id"] == taxon["id"]


def test_a_pack_of_another_distribution_and_a_fix_of_two_edits(samples: type[Samples]) -> None:
    plugin = PluginInfo("acme", "1.2", "acme-pack", "acme_pack")
    fix = Fix("Both.", (Edit(Span(1, 1, 1, 1), "a"), Edit(Span(2, 1, 3, 1), "")))
    run = run_of(samples.report(plugins=(plugin,), findings=(replace(samples.template, fix=fix),)))
    assert run["tool"]["extensions"] == [{"name": "acme", "fullName": "acme-pack 1.2", "version": "1.2"}]
    assert run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": region(1, 1, 1, 1), "insertedContent": {"text": "a"}},
        {"deletedRegion": region(2, 1, 3, 1), "insertedContent": {"text": ""}},
    ]
