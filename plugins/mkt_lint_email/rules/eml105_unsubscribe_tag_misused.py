from collections.abc import Iterator

from mkt_lint import Attribute, Element, Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.fixes import out_of_address
from mkt_lint_email.places import element_at
from mkt_lint_email.platform_tags import foreign_tags, prints_whole_link
from mkt_lint_email.references import GDPR_21, L34_5

_WHY = "The link does not work, and nobody can object with it (GDPR article 21, CPCE L34-5)."


class UnsubscribeTagMisused(TemplateRule):
    """Platform's unsubscribe tag where it does not work.

    ## Why

    Some tags of sending platforms are replaced by an address, others by a complete link. One that prints a complete
    link breaks the `href` that it stands in: `<a href="{% unsubscribe %}">` becomes a link within a link. And a
    platform leaves the tags of another one as they are: `*|UNSUB|*` means nothing to Brevo.

    Which platform sends is told by `platform` in the configuration, or recognised by the tags in use. A tag that
    several platforms share is judged only where all of them would print a link. `--fix` moves a tag that prints a
    link out of the `href`, in place of a link that holds nothing but text.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter. <a href="{% unsubscribe %}">Unsubscribe</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter. {% unsubscribe 'Unsubscribe' %}</p>
    </body></html>
    ```

    ```html bad {platform = "brevo"}
    <html><body>
    <p>Our newsletter. <a href="*|UNSUB|*">Unsubscribe</a></p>
    </body></html>
    ```

    ## When not to use it

    If one template is made for several platforms and each gets its own part of it, ignore the rule for that file.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB", "US", "CA"})
    references = (GDPR_21, L34_5)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "whole-link": Message(
            what="{tag} prints a complete link, and stands in the address of one.",
            why=_WHY,
            todo="Put the tag in place of the link, or use the tag that prints the address alone.",
            severity="error",
        ),
        "foreign": Message(
            what="{tag} is a tag of {owner}; the platform in use, {platform}, leaves it as it is.",
            why=_WHY,
            todo="Use the tag of {platform}, or correct `platform` in the configuration.",
            severity="warning",
        ),
        "mixed": Message(
            what="{tag} is a tag of {owner}, and the template has tags of {platform} too.",
            why="Whichever platform sends, it leaves the tags of the other one as they are.",
            todo="Keep the tags of the platform that sends, and name it in the configuration.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        misplaced = set()
        for use in template.tag_uses:
            if use.meaning not in ("unsubscribe", "preferences") or not prints_whole_link(template, use):
                continue
            held = _address_around(template, use.start)
            if held is not None and use.start not in misplaced:
                misplaced.add(use.start)
                codes = template.code_at(use.start, use.end)
                shown = codes[0].text if codes else template.text[use.start : use.end]
                yield self.finding("whole-link", at=held[1], fix=out_of_address(template, *held), tag=f"“{shown}”")
        for tag in foreign_tags(template):
            yield self.finding(
                "foreign" if template.config.platform != "auto" else "mixed",
                at=template.span(tag.start, tag.end),
                tag=f"“{template.text[tag.start : tag.end]}”",
                owner=tag.owner,
                platform=tag.platform,
            )


def _address_around(template: Template, offset: int) -> tuple[Element, Attribute] | None:
    """The link in whose address an offset lies."""
    element = element_at(template, offset)
    href = element.attributes.get("href") if element is not None else None
    return (element, href) if element is not None and href is not None and href.start <= offset < href.end else None
