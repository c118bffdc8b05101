import re
from collections.abc import Iterator

from mkt_lint import Message, Purpose, Template, TemplateRule, Verdict
from mkt_lint_email.information import privacy_links
from mkt_lint_email.language import common_words, is_bilingual, likeliest, words_of
from mkt_lint_email.opposition import sentence_around, ways_out
from mkt_lint_email.references import GDPR_12, KASPR
from mkt_lint_email.wording import folded

_NAMES = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "pl": "Polish",
}  # fmt: skip
_ENOUGH = 8
"""Common words by which the language of a whole message is told."""


class NoticeLanguageMismatch(TemplateRule):
    """Way to object, or notice, in another language than the message.

    ## Why

    What people are told about their data must be clear and easy to understand (GDPR article 12(1)): in the language in
    which they are addressed. Kaspr told people across Europe in English alone (CNIL, SAN-2024-020).

    The rule compares the sentence around the unsubscribe link, or around the link to the notice, with the rest of the
    message; and the `lang` of the page, by which screen readers choose a voice, with its text. It knows eight languages
    by their commonest words, and says nothing of a bilingual message or of a short sentence.

    ## Examples

    ```html bad
    <html><body>
    <p>Découvrez notre nouvelle collection : les robes et les vestes que vous attendiez sont dans la boutique, avec
    une remise pour vous.</p>
    <p>If you do not want to get our messages, you can <a href="https://acme.fr/unsubscribe">leave this
    list</a>.</p>
    </body></html>
    ```

    ```html good
    <html><body>
    <p>Découvrez notre nouvelle collection : les robes et les vestes que vous attendiez sont dans la boutique, avec
    une remise pour vous.</p>
    <p>Si vous ne voulez plus recevoir nos messages, vous pouvez
    <a href="https://acme.fr/unsubscribe">vous désabonner de la liste</a>.</p>
    </body></html>
    ```

    ## When not to use it

    If your recipients read both languages, put the rule under `ignore` in the configuration.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_12, KASPR)
    purposes = frozenset({Purpose.MARKETING})
    messages = {
        "notice": Message(
            what="The message is in {body}, and the sentence around this link in {notice}.",
            why="People are told of their rights in the language in which they are addressed (GDPR article 12(1)).",
            todo="Translate the sentence.",
            severity="note",
        ),
        "lang": Message(
            what="The page says that it is in {said}, and is in {body}.",
            why="Screen readers and translators go by it, for the notices too (GDPR article 12(1)).",
            todo="Correct the lang attribute.",
            severity="note",
        ),
    }

    def check(self, template: Template) -> Iterator[Verdict]:
        links = [way.element for way in ways_out(template) if way.element is not None]
        links += [link for link in privacy_links(template) if link not in links]
        notices = [(link, common_words(folded(sentence_around(template, link)))) for link in links]
        rest = words_of(template)
        for _, notice in notices:
            rest = rest - notice
        body = likeliest(rest, least=_ENOUGH)
        if body not in _NAMES or is_bilingual(rest):
            return
        yield from self._page(template, body)
        for link, notice in notices:
            spoken = likeliest(notice)
            if spoken in _NAMES and spoken != body:
                yield self.finding("notice", at=link, body=_NAMES[body], notice=_NAMES[spoken])
                return

    def _page(self, template: Template, body: str) -> Iterator[Verdict]:
        page = next((element for element in template.elements if element.tag in ("html", "mjml")), None)
        lang = page.attributes.get("lang") if page is not None else None
        said = re.match(r"[a-z]{2}(?![a-z])", lang.value.strip().lower()) if lang is not None else None
        if lang is not None and said is not None and said[0] in _NAMES and said[0] != body:
            yield self.finding("lang", at=lang, said=_NAMES[said[0]], body=_NAMES[body])
