from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.opposition import ways_out
from mkt_lint_email.references import GDPR_5_32
from mkt_lint_email.tracking import personal_parameters


class PersonalDataInUrl(TemplateRule):
    """Address of a link or an image that carries the recipient's data.

    ## Why

    What stands in an address ends up in the logs of every server on the way, in the browser's history, in statistics,
    and, as `Referer`, with whoever else serves the page. An e-mail address has no place there (GDPR articles 5(1)(f)
    and 32); an identifier that only your own database can read does the same work.

    The rule looks at the parameters of web addresses for variables and tags that are named like an e-mail address, a
    telephone number, a name or a day of birth, and for written-out addresses of persons. Hashed and encrypted values,
    and `mailto:`, are passed over. In an unsubscribe link the finding is a note.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/offer?email={{ contact.email }}">See the offer</a></p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter. <a href="https://acme.fr/offer?c={{ contact.id }}">See the offer</a></p>
    </body></html>
    ```

    ## When not to use it

    If a service takes nothing but the address itself, ignore the rule for that link, with that reason.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_5_32,)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "variable": Message(
            what="This address carries {what} of the recipient, in “{parameter}”.",
            why="Addresses are kept in logs, histories and statistics (GDPR articles 5(1)(f) and 32).",
            todo="Pass an identifier that says nothing by itself.",
            severity="warning",
        ),
        "opposition": Message(
            what="This unsubscribe link carries {what} of the recipient, in “{parameter}”.",
            why="Addresses are kept in logs and histories, and anybody can put another person's address there.",
            todo="Pass a token that says nothing by itself.",
            severity="note",
        ),
        "written": Message(
            what="This address carries a person's e-mail address, in “{parameter}”.",
            why="Every recipient gets it, and it is kept in logs and statistics (GDPR articles 5(1)(f) and 32).",
            todo="Take it out.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        found = list(personal_parameters(template))
        out = {way.element.index for way in ways_out(template) if way.element is not None} if found else ()
        for element, attribute, parameter, what in found:
            if what == "a written address":
                yield self.finding("written", at=attribute, parameter=parameter)
            else:
                message = "opposition" if element.index in out else "variable"
                yield self.finding(message, at=attribute, parameter=parameter, what=what)
