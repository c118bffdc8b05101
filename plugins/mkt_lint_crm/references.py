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
GDPR_ACCESS = Reference(
    authority="EU",
    id="GDPR, articles 12(3) and 15",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Time limits and the right of access",
)
GDPR_ERASURE = Reference(
    authority="EU",
    id="GDPR, articles 12(3) and 17",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Time limits and the right to erasure",
)
GDPR_MINIMISATION = Reference(
    authority="EU",
    id="GDPR, article 5(1)(c)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Data minimisation",
)
GDPR_ACCURACY = Reference(
    authority="EU",
    id="GDPR, article 5(1)(d)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Accuracy",
)
GDPR_SECURITY = Reference(
    authority="EU",
    id="GDPR, articles 5(1)(f) and 32",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Security of processing",
)
GDPR_SPECIAL = Reference(
    authority="EU",
    id="GDPR, articles 9 and 10",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Special categories of data; offences",
)
CNIL_PIXELS = Reference(
    authority="CNIL",
    id="2026-042",
    url="https://www.cnil.fr/sites/default/files/2026-04/recommandation-pixels_de_suivi.pdf",
    jurisdiction="FR",
    date="2026-03-12",
    title="Tracking pixels in e-mails",
)
CPCE_L34_5 = Reference(
    authority="France",
    id="CPCE, article L34-5",
    url="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042155961/",
    jurisdiction="FR",
    date="2020-07-26",
    title="Direct marketing by electronic means",
)
EPRIVACY_13 = Reference(
    authority="EU",
    id="Directive 2002/58/EC, article 13",
    url="https://eur-lex.europa.eu/eli/dir/2002/58/oj",
    jurisdiction="EU",
    date="2002-07-12",
    title="Unsolicited communications",
)
UWG_7 = Reference(
    authority="Germany",
    id="UWG, section 7",
    url="https://www.gesetze-im-internet.de/uwg_2004/__7.html",
    jurisdiction="DE",
    date="2021-10-01",
    title="Unacceptable nuisance",
)
PECR_22 = Reference(
    authority="United Kingdom",
    id="PECR, regulation 22",
    url="https://www.legislation.gov.uk/uksi/2003/2426",
    jurisdiction="GB",
    date="2003-12-11",
    title="Use of electronic mail for direct marketing",
)
GDPR_CONSENT = Reference(
    authority="EU",
    id="GDPR, articles 4(11) and 7",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Conditions for consent",
)
PLANET49 = Reference(
    authority="CJEU",
    id="C-673/17",
    url="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62017CJ0673",
    jurisdiction="EU",
    date="2019-10-01",
    title="Planet49: pre-ticked boxes",
)
INTELIGO = Reference(
    authority="CJEU",
    id="C-654/23",
    url="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62023CJ0654",
    jurisdiction="EU",
    date="2025-11-13",
    title="Inteligo Media: the address of a free account",
)
CONSO_L223_1 = Reference(
    authority="France",
    id="Code de la consommation, article L223-1",
    url="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006069565/LEGISCTA000032221441/",
    jurisdiction="FR",
    date="2026-08-11",
    title="Consent to calls",
)
DECREE_2026_662 = Reference(
    authority="France",
    id="Decree 2026-662",
    url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000054483939",
    jurisdiction="FR",
    date="2026-07-23",
    title="Consent to calls: one year, proof for three",
)
LAW_2025_594 = Reference(
    authority="France",
    id="Law 2025-594, article 13",
    url="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000051824277",
    jurisdiction="FR",
    date="2025-06-30",
    title="Law against fraud in public aid: calls need consent from 11 August 2026",
)
GDPR_OBJECTION = Reference(
    authority="EU",
    id="GDPR, article 21(2) and (3)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Right to object to direct marketing",
)
GDPR_INFORMATION = Reference(
    authority="EU",
    id="GDPR, article 14",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Information where data were not obtained from the person",
)
GDPR_ACCOUNTABILITY = Reference(
    authority="EU",
    id="GDPR, articles 5(2) and 24",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Accountability",
)
GDPR_LAWFULNESS = Reference(
    authority="EU",
    id="GDPR, article 6(1)",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU",
    date="2016-04-27",
    title="Lawfulness of processing",
)
SOLOCAL = Reference(
    authority="CNIL",
    id="sanction of 15 May 2025, Solocal Marketing Services",
    url="https://www.cnil.fr/fr/sanction-de-900-000-euros-societe-solocal-marketing-services",
    jurisdiction="FR",
    date="2025-05-15",
    title="Solocal Marketing Services: 900,000 euros",
)
