"""What is wrong with a rule's page, names, messages and references is said in full."""

from __future__ import annotations

import pytest

from testing.sound_pack import CASES, FILES, RULE, RULE_FILE, Pack, failing

_HOW = "write ```LANGUAGE good or ```LANGUAGE bad, then if need be the configuration as an inline table of TOML"
_REFERENCE = '"Acme", "brand book", "https://acme.example/brand", "FR", "2026-01-31"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "by its old name.\n",
            "by its old name\n",
            ["the docstring begins with a line that sums the rule up and ends in a full stop"],
        ),
        (
            "## When not to use it",
            "## When to ignore it",
            [
                ("the headings are to be Why, Examples, Options, When not to use it; they are Why, Examples, Options, "
                "When to ignore it"),
            ],
        ),
        ("`brand`: the", "The", ["the option `brand` is not described"]),
        (
            "```html bad",
            "```html",
            [f"there is no bad example; {_HOW}", f"the example that begins with ```html is not run; {_HOW}"],
        ),
        (
            "```html bad",
            "```html wrong\n    <p>\n    ```\n\n    ```html bad",
            [f"the example that begins with ```html wrong is not run; {_HOW}"],
        ),
        *(
            (
                "    ## Options",
                f"    {begin}\n    <p>\n    {end}\n\n    ## Options",
                [f"the example that begins with {begin.strip()} is not run; {_HOW}"],
            )
            for begin, end in (
                ("~~~html bad", "~~~"),
                ("~~~ html", "~~~~"),
                ("````html bad", "````"),
                ("  ```html bad", "  ```"),
                ("    ```html bad", "    ```"),
                ("```html bad", "   ```"),
                ("- ```html bad", "  ```"),
                ("> ```html bad", "> ```"),
            )
        ),
        ("The firm has another name now.", "```html bad``` is text.\n    ~~No.~~", []),
    ],
)  # fmt: skip
def test_page(old: str, new: str, said: list[str], pack: Pack) -> None:
    assert failing(pack({RULE_FILE: (old, new)})) == ({"ACM201/page": said} if said else {})


def test_no_page(pack: Pack) -> None:
    start, end = RULE.index('    """A message'), RULE.index("    confidence")
    assert failing(pack({RULE_FILE: RULE[:start] + RULE[end:]})) == {
        "ACM201/page": [
            "the docstring begins with a line that sums the rule up and ends in a full stop",
            "the headings are to be Why, Examples, Options, When not to use it; they are missing",
            "the option `brand` is not described",
            f"there is no good example; {_HOW}",
            f"there is no bad example; {_HOW}",
        ]
    }


def test_examples(pack: Pack) -> None:
    page = RULE.replace("bad\n    <p>Hello from Zenith.", "bad\n    <p>Hello from Acme.").replace("Nadir", "Hello")
    fences = (
        "    ```html good {rules = }\n    <p>\n    ```\n\n    ```html bad\n    {{ text }}\n    ```\n\n    ## Options"
    )
    assert failing(pack({RULE_FILE: page.replace("    ## Options", fences)})) == {
        "ACM201/example-1-bad": [
            "ACM201 finds nothing in this example, which is said to be bad:",
            "<p>Hello from Acme.</p>",
        ],
        "ACM201/example-2-good": [
            ("ACM201 finds, in this good example: example.html:1:4: The old name Hello is used. The firm has another "
            "one. Write that."),
        ],
        "ACM201/example-3-good": ["the configuration {rules = } is no inline table of TOML: Invalid value"],
        "ACM201/example-4-bad": [
            "ACM201 finds nothing in this example, which is said to be bad:",
            "{{ text }}",
            ("ACM201 is undecided, in this bad example: example.html:1:1: The text is made by code. It may hold the "
            "old name. Look there."),
        ],
    }  # fmt: skip


def test_example_with_another_rule(pack: Pack) -> None:
    config = (
        'bad {select = ["ACM201", "EML102"], templates = {marketing = ["*.html"]}}\n    <a href="#">Unsubscribe</a>'
    )
    assert failing(pack({RULE_FILE: ("bad\n", f"{config}\n")})) == {
        "ACM201/example-1-bad": [
            (
                "EML102 finds, in this bad example: example.html:1:10: The unsubscribe link leads nowhere: its address "
                "is “#”. A link that cannot be used is no way to object (GDPR article 21, CPCE L34-5). Put the address "
                "of your unsubscribe page there, or the tag of the platform that sends the message."
            )
        ]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "Look there.",
            "Look there",
            ["the message 'code': `todo` is a sentence, with a capital letter and a full stop; it is “Look there”"],
        ),
        (
            "It may hold",
            "it may hold",
            [
                ("the message 'code': `why` is a sentence, with a capital letter and a full stop; it is “it may hold "
                "the old name.”"),
            ],
        ),
        (
            "It may hold the old name.",
            "",
            ["the message 'code': `why` is a sentence, with a capital letter and a full stop; it is “”"],
        ),
        (
            "made by code.",
            "made by {Code!r}.",
            [("the message 'code': a placeholder of `what` is more than a plain {name}: “The text is made by "
             "{Code!r}.”")],
        ),
        (
            "Look there.",
            "It is Illegal.",
            ["the message 'code': `todo` says “illegal”, which a court says; name the text and what it asks for"],
        ),
        (
            "Look there.",
            "Look at " + ", ".join(f"{{x{letter}}}" for letter in "abcdefghijk") + ".",
            ["the message 'code': it has more than 10 placeholders"],
        ),
    ],
)  # fmt: skip
def test_messages(old: str, new: str, said: list[str], pack: Pack) -> None:
    assert failing(pack({RULE_FILE: (old, new)}))["ACM201/messages"] == said


def test_placeholders_of_other_languages_are_text(pack: Pack) -> None:
    tag = "Write {{ unsubscribe }}."
    changes = {
        RULE_FILE: ("Write that.", tag),
        f"{CASES}/cases.toml": FILES[f"{CASES}/cases.toml"].replace("Write that.", tag),
    }
    assert failing(pack(changes)) == {}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('"", "brand book", "https://acme.example", "FR", "2026-01-31"', "authority is who wrote it"),
        (
            '"Acme", "brand book", "http://acme.example", "FR", "2026-01-31"',
            "url is an https address, not 'http://acme.example'",
        ),
        (
            '"Acme", "brand book", "https://acme.example", "F R", "2026-01-31"',
            "jurisdiction is such as FR, EU or IETF, not 'F R'",
        ),
        (
            '"Acme", "brand book", "https://acme.example", "FR", "January 2026"',
            "date is the text's, as YYYY-MM-DD, not 'January 2026'",
        ),
        ('"Acme", "brand book", "https://acme.example", "FR"', "date is the text's, as YYYY-MM-DD, not ''"),
    ],
)
def test_references(new: str, said: str, pack: Pack) -> None:
    assert failing(pack({RULE_FILE: (_REFERENCE, new)})) == {
        "ACM201/references": [f"the reference 'brand book': {said}"]
    }


def test_reference_without_id(pack: Pack) -> None:
    assert failing(pack({RULE_FILE: ('"brand book"', '""')})) == {
        "ACM201/references": ["the reference '': id is what the authority calls it"]
    }


@pytest.mark.parametrize("jurisdiction", ["EU", "IETF", "bulk-senders", "US-CA"])
def test_jurisdictions_of_references(jurisdiction: str, pack: Pack) -> None:
    assert failing(pack({RULE_FILE: ('"FR"', f'"{jurisdiction}"')})) == {}


def test_names(pack: Pack) -> None:
    by_hand = """
from mkt_lint import Kind, RuleReference, hookimpl


@hookimpl
def mkt_lint_rules():
    return [RuleReference("ACM201", "brand-old", Kind.TEMPLATE, "acme_tested.brands:OldBrand")]
"""
    changes = {
        "acme_tested/__init__.py": by_hand,
        "acme_tested/brands.py": RULE.replace("BrandOld", "OldBrand"),
        RULE_FILE: None,
    }
    assert failing(pack(changes)) == {
        "ACM201/name": [
            "the file of ACM201 brand-old is to be acm201_brand_old.py",
            "the class of ACM201 brand-old is to be BrandOld",
        ]
    }


@pytest.mark.parametrize("deep", ["[" * 3000 + "]" * 3000, "{ a = " * 60 + "1" + " }" * 60])
def test_configuration_of_an_example_that_is_nested_too_deeply(deep: str, pack: Pack) -> None:
    config = f"{{rules = {deep}}}"
    shown = config if len(config) <= 200 else f"{config[:200]}..."
    assert failing(pack({RULE_FILE: ('{rules = {ACM201 = {brand = "Nadir"}}}', config)})) == {
        "ACM201/example-2-good": [
            f"the configuration {shown} is no inline table of TOML: arrays and tables are nested more than 50 deep"
        ]
    }


def test_fence_that_is_not_closed(pack: Pack) -> None:
    rule = RULE.replace("    ## Options", "    ```html bad\n    <p>\n\n    ## Options")
    assert failing(pack({RULE_FILE: rule}))["ACM201/page"][-1] == (
        f"the example that begins with ```html bad is not run; {_HOW}"
    )
