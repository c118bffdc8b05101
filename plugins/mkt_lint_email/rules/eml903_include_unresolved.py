from collections.abc import Iterator, Mapping

from mkt_lint import IncludeProblem, Message, Purpose, Template, TemplateRule, Verdict

_LONGEST = 80
_UNREAD = "What it holds was not checked, so that rules about the whole message do not decide."
_OUTSIDE = "Only files under the configuration's folder and the template roots are read."

_BY_PROBLEM: Mapping[IncludeProblem | None, str] = {
    IncludeProblem.MISSING: "missing",
    IncludeProblem.UNREADABLE: "unreadable",
    IncludeProblem.ABSOLUTE: "absolute",
    IncludeProblem.OUTSIDE: "outside",
}
"""The others cannot be helped."""


class IncludeUnresolved(TemplateRule):
    """Include that was not read: a file that is not there, lies outside the template roots, or includes itself.

    ## Why

    Whether a message can be unsubscribed from often depends on a footer in a file of its own. Where that file is not
    found, rules about the whole message say that they cannot tell. This rule says which file it is.

    A name is looked up next to the file and under `templates.roots`; without roots, in the folders above the file, up
    to the configuration's. Nothing else is read, whatever a name or a link says.

    ## Examples

    ```html bad
    <html><body>
    <p>Our newsletter: 20% off everything.</p>
    {% include "footer.html" %}
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Our newsletter: 20% off everything.</p>
    {% include "footer.html" ignore missing %}
    </body></html>
    ```

    ## When not to use it

    If a build puts the files together from elsewhere, lint what it makes. Includes that a variable names, or that the
    sending platform holds, are left out: nobody could put them under a root.
    """

    confidence = "medium"
    purposes = frozenset({Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.PARTIAL})
    messages = {
        "missing": Message(
            what="{name} is included here and was not found.",
            why=_UNREAD,
            todo="Put the folder that it lies in under templates.roots in the configuration.",
            severity="note",
        ),
        "unreadable": Message(
            what="{name} is included here and cannot be read as text.",
            why=_UNREAD,
            todo="Check that it is a template.",
            severity="warning",
        ),
        "absolute": Message(
            what="{name} is included here by an absolute path, and was not read.",
            why=_OUTSIDE,
            todo="Write the path relative to a template root.",
            severity="warning",
        ),
        "outside": Message(
            what="{name} is included here and lies outside the template roots; it was not read.",
            why=_OUTSIDE,
            todo="Put its folder under templates.roots in the configuration, or the file into such a folder.",
            severity="warning",
        ),
        "circular": Message(
            what="By way of {name} the template includes itself.",
            why="Unless a condition ends it, the message cannot be made.",
            todo="Take one of the includes out.",
            severity="warning",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        for include in template.includes:
            message = _BY_PROBLEM.get(include.problem or None)
            if message is not None:
                yield self.finding(message, at=include.span, name=include.name[:_LONGEST])
        for include in template.circular():
            yield self.finding("circular", at=include.span, name=include.name[:_LONGEST])
