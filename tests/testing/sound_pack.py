"""A small pack that is sound, file by file, and what its checks say when it is not."""

from __future__ import annotations

from collections.abc import Callable

from mkt_lint.testing import Check

CODE = "acm201_brand_old"
RULE_FILE = f"acme_tested/rules/{CODE}.py"
CASES = f"cases/{CODE}"

RULE = '''
from mkt_lint import Message, Purpose, Reference, RuleOptions, TemplateRule, option


class BrandOld(TemplateRule):
    """A message that calls the firm by its old name.

    ## Why

    The firm has another name now.

    ## Examples

    ```html bad
    <p>Hello from Zenith.</p>
    ```

    ```html good {rules = {ACM201 = {brand = "Nadir"}}}
    <p>Hello from Zenith.</p>
    ```

    ## Options

    `brand`: the old name.

    ## When not to use it

    In quotations.
    """

    confidence = "high"
    references = (Reference("Acme", "brand book", "https://acme.example/brand", "FR", "2026-01-31"),)
    purposes = frozenset(Purpose)
    messages = {
        "old": Message("The old name {brand} is used.", "The firm has another one.", "Write that.", "note"),
        "code": Message("The text is made by code.", "It may hold the old name.", "Look there."),
    }

    class Options(RuleOptions):
        brand: str = option("Zenith", "The old name.")

    def check(self, template):
        brand = self.options.brand
        start = template.text.find(brand)
        if start >= 0:
            yield self.finding("old", at=template.span(start, start + len(brand)), brand=brand)
        elif template.codes:
            yield self.undecided("code", at=template.codes[0])
'''

LISTING = """\
[bad."old.html"]
why = "The old name."

[[bad."old.html".findings]]
span = [1, 15, 1, 21]
severity = "note"
message_id = "old"
message = "The old name Zenith is used. The firm has another one. Write that."

[good."new.html"]
why = "The new name."

[undecided."code.html"]
why = "Code prints the text."

[[undecided."code.html".undecided]]
span = [1, 4, 1, 14]
message_id = "code"
message = "The text is made by code. It may hold the old name. Look there."
"""

FILES = {
    "acme_tested/__init__.py": """
from mkt_lint import hookimpl, rules_in


@hookimpl
def mkt_lint_rules():
    return rules_in("acme_tested.rules", kind="template")
""",
    "acme_tested/rules/__init__.py": "",
    RULE_FILE: RULE,
    f"{CASES}/cases.toml": LISTING,
    f"{CASES}/bad/old.html": "<p>Hello from Zenith.</p>\n",
    f"{CASES}/good/new.html": "<p>Hello from Acme.</p>\n",
    f"{CASES}/undecided/code.html": "<p>{{ text }}</p>\n",
}

Pack = Callable[..., list[Check]]
"""Called with files that replace those of the pack (None for none), or with `{file: (old text, new text)}`."""


def failing(found: list[Check]) -> dict[str, list[str]]:
    """Each check that fails, with what it says below its first line."""
    said = {}
    for check in found:
        try:
            check()
        except AssertionError as error:
            head, *lines = str(error).splitlines()
            assert head.startswith(f"{check} (")
            said[str(check)] = lines
    return said
