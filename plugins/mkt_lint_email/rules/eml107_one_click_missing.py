import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.headers import field_span, field_values
from mkt_lint_email.references import GOOGLE_SENDERS, RFC_8058, YAHOO_SENDERS

_WHY = "Gmail and Yahoo ask for one-click unsubscribing (RFC 8058) in the marketing messages of whoever sends to many."
_LIST, _POST = "list-unsubscribe", "list-unsubscribe-post"


class OneClickMissing(TemplateRule):
    """List-Unsubscribe header with which nobody unsubscribes by one click.

    ## Why

    RFC 8058 lets a mail program unsubscribe its user without opening a page: the message has one `List-Unsubscribe`
    field with one `https` address, one field `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, and a DKIM signature
    that covers both. Gmail and Yahoo ask for it since 2024 from whoever sends to many. These are the rules of mailbox
    providers, no law: the rule is on where `jurisdictions` has `bulk-senders`.

    It looks at `.eml` files that have a `List-Unsubscribe` field; without one, see `list-unsubscribe-missing`. Whether
    the address takes a POST and does not redirect, no file says.

    ## Examples

    ```eml bad {jurisdictions = ["FR", "bulk-senders"]}
    From: Acme <news@acme.fr>
    Subject: Our newsletter: 20% off everything
    List-Unsubscribe: <mailto:stop@acme.fr>
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ```eml good {jurisdictions = ["FR", "bulk-senders"]}
    From: Acme <news@acme.fr>
    Subject: Our newsletter: 20% off everything
    List-Unsubscribe: <https://acme.fr/unsubscribe?c=4f1a>, <mailto:stop@acme.fr>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ## When not to use it

    If you send few messages, these rules are advice; leave `bulk-senders` out of `jurisdictions`.
    """

    confidence = "high"
    jurisdictions = frozenset({"bulk-senders"})
    references = (RFC_8058, GOOGLE_SENDERS, YAHOO_SENDERS)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        name: Message(what=what, why=_WHY, todo=todo, severity="warning")
        for name, what, todo in (
            ("repeated", "The message has {count} fields {field}; RFC 8058 asks for one.", "Keep one of them."),
            (
                "not-https",
                "The List-Unsubscribe header has no https address.",
                "Add one, which unsubscribes by a POST, as <https://...>.",
            ),
            (
                "several-https",
                "The List-Unsubscribe header has {count} web addresses; RFC 8058 asks for one.",
                "Keep the https address that unsubscribes by a POST; mailto: addresses may stay.",
            ),
            (
                "no-post",
                "There is no List-Unsubscribe-Post header.",
                "Add “List-Unsubscribe-Post: List-Unsubscribe=One-Click”.",
            ),
            (
                "wrong-post",
                "The List-Unsubscribe-Post header does not say what RFC 8058 asks for.",
                "Write “List-Unsubscribe-Post: List-Unsubscribe=One-Click”, to the letter.",
            ),
            (
                "not-signed",
                "No DKIM signature of the message covers both List-Unsubscribe and List-Unsubscribe-Post.",
                "Add both names to the signed headers, h=, of the signature.",
            ),
        )
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        lists, posts = field_values(template, _LIST), field_values(template, _POST)
        if not lists:
            return
        for name, values in ((_LIST, lists), (_POST, posts)):
            if len(values) > 1:
                shown = "-".join(word.capitalize() for word in name.split("-"))
                yield self.finding("repeated", at=field_span(template, name), count=len(values), field=shown)
        addresses = re.findall(r"<\s*([^<>]*?)\s*>", lists[0])
        web = [address for address in addresses if re.match(r"(?i)https?:", address)]
        if not any(address.lower().startswith("https:") for address in web):
            yield self.finding("not-https", at=field_span(template, _LIST))
        elif len(web) > 1:
            yield self.finding("several-https", at=field_span(template, _LIST), count=len(web))
        if not posts:
            yield self.finding("no-post", at=field_span(template, _LIST))
        elif posts[0] != "List-Unsubscribe=One-Click":
            yield self.finding("wrong-post", at=field_span(template, _POST))
        elif not _is_signed(template):
            yield self.finding("not-signed", at=field_span(template, "dkim-signature"))


def _is_signed(template: Template) -> bool:
    """Whether a signature covers both fields; a message without any was saved before it was signed."""
    signatures = field_values(template, "dkim-signature")
    covered = [
        {name.strip().lower() for name in found[1].split(":")}
        for value in signatures
        if (found := re.search(r"(?:^|;)\s*h\s*=\s*([^;]*)", value))
    ]
    return not signatures or any({_LIST, _POST} <= names for names in covered)
