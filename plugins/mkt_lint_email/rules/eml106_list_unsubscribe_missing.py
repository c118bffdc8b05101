from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.headers import is_message
from mkt_lint_email.references import GOOGLE_SENDERS, RFC_2369, RFC_8058, YAHOO_SENDERS

_WHY = "Gmail and Yahoo ask for one-click unsubscribing in the marketing messages of whoever sends to many."


class ListUnsubscribeMissing(TemplateRule):
    """Marketing message in a file without a List-Unsubscribe header.

    ## Why

    Since February 2024 Gmail and Yahoo ask senders of many messages (Google: about 5,000 a day to personal accounts)
    for the headers of RFC 8058 in marketing and subscribed messages; a link in the text alone does not do. These are
    the rules of mailbox providers, no law: the rule is on where `jurisdictions` has `bulk-senders`.

    It looks at `.eml` files alone, since a template has no headers. In a message that was sent and signed nothing will
    be added any more, and the finding is an error; in a draft the platform may add the header.

    ## Examples

    ```eml bad {jurisdictions = ["FR", "bulk-senders"]}
    From: Acme <news@acme.fr>
    Subject: Our newsletter: 20% off everything
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ```eml good {jurisdictions = ["FR", "bulk-senders"]}
    From: Acme <news@acme.fr>
    Subject: Our newsletter: 20% off everything
    List-Unsubscribe: <https://acme.fr/unsubscribe?c=4f1a>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Content-Type: text/html; charset=utf-8

    <html><body><p>Shop now. <a href="https://acme.fr/unsubscribe">Unsubscribe</a></p></body></html>
    ```

    ## When not to use it

    If you send few messages, these rules are advice; leave `bulk-senders` out of `jurisdictions`.
    """

    confidence = "high"
    jurisdictions = frozenset({"bulk-senders"})
    references = (RFC_2369, RFC_8058, GOOGLE_SENDERS, YAHOO_SENDERS)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "sent": Message(
            what="This message was sent without a List-Unsubscribe header.",
            why=_WHY,
            todo="Have your platform or your mail server add the headers of RFC 8058.",
            severity="error",
        ),
        "unsigned": Message(
            what="This message has no List-Unsubscribe header; without a signature, one may still have been added.",
            why=_WHY,
            todo="Check that the headers of RFC 8058 are there when the message arrives.",
            severity="warning",
        ),
        "draft": Message(
            what="This draft has no List-Unsubscribe header.",
            why=f"{_WHY} Many platforms add the header when they send.",
            todo="Check that yours does, or add the headers of RFC 8058.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        if not is_message(template) or "list-unsubscribe" in template.headers:
            return
        signed = "dkim-signature" in template.headers
        message = "draft" if not template.sent else "sent" if signed else "unsigned"
        yield self.finding(message, at=template.body_span)
