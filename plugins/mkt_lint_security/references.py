"""The texts that the rules rest on."""

from __future__ import annotations

from mkt_lint import Reference

CNIL_2022_100 = Reference(
    authority="CNIL",
    id="2022-100",
    url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885",
    jurisdiction="FR",
    date="2022-07-21",
    title="Recommendation on passwords and other shared secrets",
)
GDPR_32 = Reference(
    authority="EU",
    id="GDPR, article 32",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Security of processing",
)
