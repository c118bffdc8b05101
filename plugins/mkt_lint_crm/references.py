"""The texts and decisions that the rules rest on."""

from __future__ import annotations

from mkt_lint import Reference

GDPR_STORAGE = Reference(
    authority="EU",
    id="GDPR, article 5(1)(e)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Storage limitation",
)
CNIL_FRAMEWORK = Reference(
    authority="CNIL",
    id="2021-131",
    url="https://www.cnil.fr/sites/cnil/files/atoms/files/referentiel_traitements-donnees-caractere-personnel_gestion-activites-commerciales.pdf",
    jurisdiction="FR",
    date="2021-09-23",
    title="Framework on commercial management",
)
CNIL_PUBLIC_DATA = Reference(
    authority="CNIL",
    id="notice of 30 April 2020",
    url="https://www.cnil.fr/fr/la-reutilisation-des-donnees-publiquement-accessibles-en-ligne-des-fins-de-demarchage-commercial",
    jurisdiction="FR",
    date="2020-04-30",
    title="Reuse of public data for prospecting",
)
CALOGA = Reference(
    authority="CNIL",
    id="sanction of 15 May 2025, Caloga",
    url="https://www.cnil.fr/fr/sanction-de-80-000-euros-societe-caloga",
    jurisdiction="FR",
    date="2025-05-15",
    title="Caloga: 80,000 euros",
)
KASPR = Reference(
    authority="CNIL",
    id="SAN-2024-020",
    url="https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000050791828",
    jurisdiction="FR",
    date="2024-12-05",
    title="Kaspr: 240,000 euros",
)
