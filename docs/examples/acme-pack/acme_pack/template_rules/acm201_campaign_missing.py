from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, RuleOptions, Template, TemplateRule, Verdict, option


class CampaignMissing(TemplateRule):
    """Link to Acme's site that does not say which campaign it belongs to.

    ## Why

    Visits are counted by campaign. A link without `utm_campaign` is counted as “direct”, and the campaign looks worse
    than it was.

    ## Examples

    ```html bad
    <html><body><a href="https://www.acme.example/spring">Spring sale</a></body></html>
    ```

    ```html good
    <html><body><a href="https://www.acme.example/spring?utm_campaign=spring">Spring sale</a></body></html>
    ```

    ## Options

    `host`: the site whose links are looked at, with all its subdomains.

    ## When not to use it

    If the platform adds the parameter to every link when it sends the message.
    """

    confidence = "high"
    purposes = frozenset({Purpose.MARKETING, Purpose.PARTIAL})
    messages = {
        "missing": Message(
            what="The link to {host} has no utm_campaign.",
            why="Its visits are not counted for this campaign.",
            todo="Add utm_campaign and the campaign's name to the address.",
            severity="warning",
        ),
        "code": Message(
            what="Template code in this link to {host} may add utm_campaign, or not.",
            why="The file does not show what the code prints.",
            todo="Write utm_campaign in the template itself.",
        ),
    }

    class Options(RuleOptions):
        host: str = option("acme.example", "The site whose links are looked at, with all its subdomains.")

    options: Options

    def check(self, template: Template) -> Iterator[Verdict]:
        host = self.options.host
        ours = re.compile(rf"https?://([\w-]+\.)*{re.escape(host)}(?![\w.-])", re.IGNORECASE)
        for element in template.elements:
            href = element.attributes.get("href")
            if element.tag not in ("a", "mj-button") or href is None or not ours.match(href.value):
                continue
            if re.search(r"[?&;]utm_campaign=[^&#]", href.value):
                continue
            if template.code_at(href.start, href.end):
                yield self.undecided("code", at=href, host=host)
            else:
                yield self.finding("missing", at=href, host=host)
