from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.forms import collecting_forms
from mkt_lint_email.includes import unread
from mkt_lint_email.information import leads_to_privacy
from mkt_lint_email.references import GDPR_12, GDPR_13


class FormNoticeMissing(TemplateRule):
    """Sign-up form without a link to the notice about personal data.

    ## Why

    Whoever asks people for their data tells them at that moment who collects them, why, for how long, and which rights
    they have (GDPR article 13). A link beside the form to the notice, or at least on its page, is the usual way. Among
    what the CNIL fined Nestor for (SAN-2020-018) was a form without it.

    The rule looks at forms that ask for an e-mail address or a telephone number and whose button, words or address say
    that they sign somebody up, order something or get in touch. Forms for logging in, for searching, for a lost
    password and for unsubscribing are passed over. A link anywhere on the page counts, in eight languages.

    ## Examples

    ```html bad
    <html><body><nav>Acme</nav><main>
    <form action="/newsletter"><input type="email" name="email"><button>Subscribe</button></form>
    </main></body></html>
    ```

    ```html good
    <html><body><nav>Acme</nav><main>
    <form action="/newsletter"><input type="email" name="email"><button>Subscribe</button></form>
    <a href="/privacy">Privacy policy</a>
    </main></body></html>
    ```

    ## When not to use it

    If a layout that the linter does not see adds the link, name the folder of your layouts under `templates.roots`.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_12, GDPR_13)
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL, Purpose.PAGE})
    messages = {
        "missing": Message(
            what="This form collects personal data, and nothing on its page leads to a notice about them.",
            why="People are told at the moment of the collection what is done with their data (GDPR article 13).",
            todo="Link to the notice beside the button.",
            severity="warning",
        ),
        "piece": Message(
            what="This form collects personal data, and nothing beside it leads to a notice about them.",
            why="People are told at the moment of the collection what is done with their data (GDPR article 13).",
            todo="Link to the notice beside the button, unless every page that takes this piece in does.",
            severity="note",
        ),
        "include": Message(
            what="This form has no link to a notice about its data, and its page includes {name}, which {problem}.",
            why="Whether there is a link cannot be told without it.",
            todo="Put the folder of your templates under templates.roots in the configuration.",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        forms = list(collecting_forms(template))
        if not forms or leads_to_privacy(template):
            return
        if gap := unread(template):
            yield self.undecided("include", at=gap.at, name=gap.name, problem=gap.problem)
            return
        for form in forms:
            yield self.finding("piece" if template.purpose is Purpose.PARTIAL else "missing", at=form.element)
