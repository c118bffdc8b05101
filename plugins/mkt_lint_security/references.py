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
CNIL_2017_012 = Reference(
    authority="CNIL",
    id="2017-012",
    url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000033929210",
    jurisdiction="FR",
    date="2017-01-19",
    title="Recommendation on passwords, repealed by 2022-100",
)
NIST_800_63B = Reference(
    authority="NIST",
    id="SP 800-63B-4",
    url="https://pages.nist.gov/800-63-4/sp800-63b.html",
    jurisdiction="US",
    date="2025-07-31",
    title="Digital identity guidelines: authentication",
)
CNIL_2026_042 = Reference(
    authority="CNIL",
    id="2026-042",
    url="https://www.cnil.fr/sites/default/files/2026-04/recommandation-pixels_de_suivi.pdf",
    jurisdiction="FR",
    date="2026-03-12",
    title="Recommendation on tracking pixels in e-mails",
)
GDPR_21 = Reference(
    authority="EU",
    id="GDPR, article 21",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Right to object",
)
GDPR_5 = Reference(
    authority="EU",
    id="GDPR, article 5(1)(e)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Storage limitation",
)
CNIL_2021_131 = Reference(
    authority="CNIL",
    id="2021-131",
    url="https://www.cnil.fr/sites/cnil/files/atoms/files/referentiel_traitements-donnees-caractere-personnel_gestion-activites-commerciales.pdf",
    jurisdiction="FR",
    date="2021-09-23",
    title="Framework on commercial management",
)
