from collections.abc import Iterator

from mkt_lint import Fix, Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.addresses import postal_address
from mkt_lint_email.facts import address_tag
from mkt_lint_email.fixes import at_the_end
from mkt_lint_email.includes import unread
from mkt_lint_email.references import CAN_SPAM, CAN_SPAM_RULE, CASL, CRTC_2012_183

_WHY = "Commercial messages must hold the sender's valid postal address (15 USC 7704(a)(5), CASL section 6)."
_BLOCK = "[Your company, street and number, postal code and city, country]"


class PostalAddressMissing(TemplateRule):
    """Marketing message without the sender's postal address, in the United States and Canada.

    ## Why

    CAN-SPAM asks for a valid physical postal address in every commercial message (15 USC 7704(a)(5)): a street
    address, a registered post office box or a private mailbox (16 CFR 316.2). Canada asks for a mailing address and
    one more way to get in touch (CASL section 6, CRTC 2012-183). The rule is on where `jurisdictions` has `US` or
    `CA`; French law does not ask for it.

    A street with a number, a post office box, a postal code with its place, a platform's tag for the address and a
    variable that is named like one count. An address in a picture cannot be read: write it out, since not every
    recipient sees pictures either.

    The finding is an error where nothing will be added: the message was sent, or `platform` is `none` or a platform
    that adds nothing. `--fix --unsafe-fixes` adds the platform's tag for the address, or a block to fill in.

    ## Examples

    ```html bad {jurisdictions = ["US"]}
    <html><body>
    <p>20% off everything, this week only. Shop now!</p>
    </body></html>
    ```

    ```html good {jurisdictions = ["US"]}
    <html><body>
    <p>20% off everything, this week only. Shop now!</p>
    <p>Acme Inc., 48 Harbor Street, Springfield, IL 62701</p>
    </body></html>
    ```

    ## When not to use it

    If every recipient is outside the United States and Canada, leave both out of `jurisdictions`.
    """

    confidence = "medium"
    jurisdictions = frozenset({"US", "CA"})
    references = (CAN_SPAM, CAN_SPAM_RULE, CASL, CRTC_2012_183)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "missing": Message(
            what="This marketing message has no postal address.",
            why=_WHY,
            todo="Add the address of the sender, or the platform's tag for it.",
            severity="error",
        ),
        "unless-added": Message(
            what="This marketing message has no postal address, unless what sends it adds one.",
            why=_WHY,
            todo="Add the address of the sender, or the platform's tag for it.",
            severity="warning",
        ),
        "placeholder": Message(
            what="The postal address of this marketing message is a placeholder.",
            why=_WHY,
            todo="Fill in the address of the sender.",
            severity="warning",
        ),
        "include": Message(
            what="This message has no postal address of its own, and includes {name}, which {problem}.",
            why="Whether there is an address cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        address = postal_address(template)
        if address == "given":
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
        elif address == "placeholder":
            yield self.finding("placeholder", at=template.body_span)
        else:
            nothing_added = template.sent or template.config.platform == "none"
            nothing_added |= [platform.appends for platform in template.platforms] == ["no"]
            message = "missing" if nothing_added else "unless-added"
            yield self.finding(message, at=template.body_span, fix=_fix(template))


def _fix(template: Template) -> Fix | None:
    known = [tag for platform in template.platforms if (tag := address_tag(platform.name))]
    if len(known) == 1:
        return at_the_end(template, known[0], "Add the platform's tag for the postal address.")
    return at_the_end(template, _BLOCK, "Add a block for the postal address, to be filled in.")
