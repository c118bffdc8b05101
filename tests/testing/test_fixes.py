"""The fixes of findings are part of what is compared, and safe ones are a way out."""

from __future__ import annotations

import pytest

from testing.sound_pack import CASES, FILES, LISTING, RULE, RULE_FILE, Pack, failing

_MESSAGE = 'message = "The old name Zenith is used. The firm has another one. Write that."'
_FIX = 'fix = { description = "Write it.", safe = true, edits = [[1, 15, 1, 21, "Acme"]] }'
_PLAIN = [
    '[[bad."old.html".findings]]',
    "span = [1, 15, 1, 21]",
    'severity = "note"',
    'message_id = "old"',
    _MESSAGE,
]


def _files(edits: str, *, listed: str = _FIX, safe: bool = True, text: str | None = None) -> dict[str, str]:
    rule = RULE.replace("import Message", "import Edit, Fix, Message, Span").replace(
        "brand=brand)", f'brand=brand, fix=Fix("Write it.", ({edits},), safe={safe}))'
    )
    listing = LISTING.replace(_MESSAGE, f"{_MESSAGE}\n{listed}")
    return {
        RULE_FILE: rule,
        f"{CASES}/cases.toml": listing,
        f"{CASES}/bad/old.html": text or FILES[f"{CASES}/bad/old.html"],
    }


_WHOLE = 'Edit(template.span(start, start + len(brand)), "Acme")'


@pytest.mark.parametrize("safe", [True, False])
def test_fix_as_listed(safe: bool, pack: Pack) -> None:
    listed = _FIX.replace("true", str(safe).lower())
    assert failing(pack(_files(_WHOLE, safe=safe, listed=listed))) == {}


def test_order_of_keys_is_free(pack: Pack) -> None:
    listed = 'fix = { edits = [[1, 15, 1, 21, "Acme"]], safe = true, description = "Write it." }'
    assert failing(pack(_files(_WHOLE, listed=listed))) == {}


def test_fix_that_is_not_listed(pack: Pack) -> None:
    assert failing(pack(_files(_WHOLE, listed=""))) == {
        "ACM201/bad/old.html": [
            "--- expected by cases.toml",
            "+++ found",
            *(f" {line}" for line in _PLAIN),
            f"+{_FIX}",
            "",
            "For cases.toml, if what was found is right:",
            "",
            *_PLAIN,
            _FIX,
        ]
    }


@pytest.mark.parametrize("listed", ["fix = true", 'fix = { description = "Write it." }', _FIX.replace("safe", "sure")])
def test_fix_of_another_form(listed: str, pack: Pack) -> None:
    assert failing(pack(_files(_WHOLE, listed=listed)))["ACM201/cases"] == [
        (
            'bad."old.html" has a fix of another form in number 1 of its findings; write fix = { description = "...", '
            'safe = true, edits = [[line, column, end line, end column, "text"]] }'
        ),
    ]


@pytest.mark.parametrize(
    ("edits", "listed", "said"),
    [
        (
            'Edit(template.span(start, start), "Old ")',
            '[[1, 15, 1, 15, "Old "]]',
            [
                (
                    "after the safe fix “Write it.”, ACM201 still says: old.html:1:19: The old name Zenith is used. "
                    "The firm has another one. Write that."
                ),
                "The file is then:",
                "<p>Hello from Old Zenith.</p>",
            ],
        ),
        (
            'Edit(template.span(start, start + len(brand)), "{{ name }}")',
            '[[1, 15, 1, 21, "{{ name }}"]]',
            [
                (
                    "after the safe fix “Write it.”, ACM201 still says: old.html:1:15: The text is made by code. It "
                    "may hold the old name. Look there."
                ),
                "The file is then:",
                "<p>Hello from {{ name }}.</p>",
            ],
        ),
    ],
)
def test_safe_fix_that_is_none(edits: str, listed: str, said: list[str], pack: Pack) -> None:
    listed = f'fix = {{ description = "Write it.", safe = true, edits = {listed} }}'
    assert failing(pack(_files(edits, listed=listed))) == {"ACM201/bad/old.html": said}


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ('Edit(Span(1, 1, 9, 1), "")', "IndexError: 1:1 to 9:1 is no place in the document"),
        ('Edit(Span(1, 1, 1, 90), "")', "IndexError: 1:1 to 1:90 is no place in the document"),
        (
            'Edit(Span(1, 19, 1, 21), ""), Edit(Span(1, 1, 1, 20), "")',
            "ValueError: two edits of a Fix overlap at 1:19",
        ),
        ("Edit(Span(1, 15, 1, 21), None)", "TypeError: the text of an Edit must be a string"),
        ("", "ValueError: a Fix has at least one Edit"),
    ],
)
def test_fix_that_cannot_be_made(edits: str, said: str, safe: bool, pack: Pack) -> None:
    changes = _files(edits, safe=safe)
    changes[RULE_FILE] = changes[RULE_FILE].replace("(,)", "()")
    name = said.partition(":")[0]
    assert failing(pack(changes))["ACM201/bad/old.html"] == [
        (
            "mkt-lint: error: old.html: plugin 'acme_tested' (acme-tested 1.0, entry point acme_tested): "
            f"ACM201 raised {name}; the other rules went on"
        ),
        "  in what `check` of acme_tested.rules.acm201_brand_old:BrandOld yields",
        said,
    ]


def test_fix_in_an_encoding_that_cannot_write_it(pack: Pack) -> None:
    edit = 'Edit(template.span(start, start + len(brand)), "Łódź")'
    changes: dict[str, str | bytes] = {**_files(edit, listed=_FIX.replace("Acme", "Łódź"))}
    changes[f"{CASES}/bad/old.html"] = "<p>Hello fröm Zenith.</p>\n".encode("cp1252")
    assert failing(pack(changes)) == {
        "ACM201/bad/old.html": [
            (
                "the safe fix “Write it.” is no way out: the file cannot be fixed: cp1252 has no way to write what "
                "would be put in"
            ),
        ]
    }


def test_fix_that_is_not_safe_is_not_applied(pack: Pack) -> None:
    listed = 'fix = { description = "Write it.", safe = false, edits = [[1, 15, 1, 15, "Old "]] }'
    assert failing(pack(_files('Edit(template.span(start, start), "Old ")', safe=False, listed=listed))) == {}


def test_places_are_characters_after_the_mark(pack: Pack) -> None:
    assert failing(pack(_files(_WHOLE, text="\ufeff<p>Hello é 😀, Zenith.</p>\r\n"))) == {}


def test_each_safe_fix_is_applied_by_itself(pack: Pack) -> None:
    changes = _files(_WHOLE, text="<p>Hello from Zenith, Zenith</p>\n")
    once = "start = template.text.find(brand)\n        if start >= 0:"
    assert once in changes[RULE_FILE]
    again = "starts = [at for at in range(template.text.count('')) if template.text.startswith(brand, at)]"
    changes[RULE_FILE] = changes[RULE_FILE].replace(once, f"{again}\n        for start in starts:")
    changes[RULE_FILE] = changes[RULE_FILE].replace("elif template.codes:", "if not starts and template.codes:")
    listing = changes[f"{CASES}/cases.toml"]
    first = listing[listing.index("[[bad") : listing.index("[good")]
    second = first.replace("15", "23").replace("21", "29")
    changes[f"{CASES}/cases.toml"] = listing.replace("[good", f"{second}[good")
    assert failing(pack(changes)) == {}


def test_text_of_a_related_place_is_compared(pack: Pack) -> None:
    rule = RULE.replace("import Message", "import Message, Related, Span").replace(
        "brand=brand)", 'brand=brand, related=(Related(Span(1, 2, 1, 3), "here"),))'
    )
    listing = LISTING.replace(_MESSAGE, f"related = [[1, 2]]\n{_MESSAGE}")
    found = failing(pack({RULE_FILE: rule, f"{CASES}/cases.toml": listing}))
    assert found["ACM201/bad/old.html"][6:8] == ["-related = [[1, 2]]", '+related = [[1, 2, "here"]]']
