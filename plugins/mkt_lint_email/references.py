"""The texts that the rules rest on."""

from mkt_lint import Reference

GDPR_21 = Reference(
    authority="EU", id="GDPR, article 21(2) to (4)", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Right to object to direct marketing",
)  # fmt: skip
GDPR_14 = Reference(
    authority="EU", id="GDPR, article 14", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Information where data have not been obtained from the data subject",
)  # fmt: skip
WP260 = Reference(
    authority="EDPB", id="WP260 rev.01", url="https://ec.europa.eu/newsroom/article29/items/622227",
    jurisdiction="EU", date="2018-04-11", title="Guidelines on transparency",
)  # fmt: skip
EPRIVACY_13 = Reference(
    authority="EU", id="Directive 2002/58/EC, article 13", url="https://eur-lex.europa.eu/eli/dir/2002/58/oj",
    jurisdiction="EU", date="2002-07-12", title="Unsolicited communications",
)  # fmt: skip
L34_5 = Reference(
    authority="France", id="CPCE, article L34-5",
    url="https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042155961/",
    jurisdiction="FR", date="2020-07-26", title="Prospecting by electronic mail",
)  # fmt: skip
CAN_SPAM = Reference(
    authority="US", id="CAN-SPAM, 15 USC 7704",
    url="https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business",
    jurisdiction="US", date="2003-12-16", title="Requirements for commercial electronic mail",
)  # fmt: skip
KASPR = Reference(
    authority="CNIL", id="SAN-2024-020", url="https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000050791828",
    jurisdiction="FR", date="2024-12-05", title="Kaspr: 240,000 EUR, among others for telling nobody of the collection",
)  # fmt: skip
GDPR_7 = Reference(
    authority="EU", id="GDPR, articles 4(11) and 7", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Conditions for consent",
)  # fmt: skip
GDPR_12 = Reference(
    authority="EU", id="GDPR, article 12", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Transparent information and communication",
)  # fmt: skip
GDPR_13 = Reference(
    authority="EU", id="GDPR, article 13", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Information where data are collected from the data subject",
)  # fmt: skip
GDPR_5_32 = Reference(
    authority="EU", id="GDPR, articles 5(1)(f) and 32", url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    jurisdiction="EU", date="2016-04-27", title="Integrity, confidentiality and security",
)  # fmt: skip
EDPB_CONSENT = Reference(
    authority="EDPB", id="Guidelines 05/2020",
    url="https://www.edpb.europa.eu/system/files/documents/files/file1/edpb_guidelines_202005_consent_en.pdf",
    jurisdiction="EU", date="2020-05-04", title="Guidelines on consent",
)  # fmt: skip
PLANET49 = Reference(
    authority="CJEU", id="C-673/17", url="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62017CJ0673",
    jurisdiction="EU", date="2019-10-01", title="Planet49: a box ticked beforehand is no consent",
)  # fmt: skip
CNIL_2021_131 = Reference(
    authority="CNIL", id="2021-131",
    url="https://www.cnil.fr/sites/cnil/files/atoms/files/"
    "referentiel_traitements-donnees-caractere-personnel_gestion-activites-commerciales.pdf",
    jurisdiction="FR", date="2021-09-23", title="Framework on commercial management",
)  # fmt: skip
CNIL_2026_042 = Reference(
    authority="CNIL", id="2026-042",
    url="https://www.cnil.fr/sites/default/files/2026-04/recommandation-pixels_de_suivi.pdf",
    jurisdiction="FR", date="2026-03-12", title="Recommendation on tracking pixels in e-mails",
)  # fmt: skip
LIL_82 = Reference(
    authority="France", id="Law 78-17, article 82", url="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000886460",
    jurisdiction="FR", date="1978-01-06", title="Access to the terminal of a user",
)  # fmt: skip
L223_2 = Reference(
    authority="France", id="Code de la consommation, article L223-2",
    url="https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006069565/LEGISCTA000032221441/",
    jurisdiction="FR", date="2026-08-11", title="Information where a telephone number is collected",
)  # fmt: skip
R123_237 = Reference(
    authority="France", id="Code de commerce, article R123-237",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000005634379/",
    jurisdiction="FR", date="2007-03-25", title="Mentions on commercial documents",
)  # fmt: skip
CAN_SPAM_RULE = Reference(
    authority="US", id="16 CFR 316", url="https://www.ecfr.gov/current/title-16/part-316",
    jurisdiction="US", date="2008-07-07", title="CAN-SPAM rule",
)  # fmt: skip
CASL = Reference(
    authority="Canada", id="CASL, S.C. 2010 c. 23", url="https://laws-lois.justice.gc.ca/eng/acts/E-1.6/",
    jurisdiction="CA", date="2014-07-01", title="Canada's anti-spam legislation",
)  # fmt: skip
CRTC_2012_183 = Reference(
    authority="CRTC", id="2012-183", url="https://crtc.gc.ca/eng/archive/2012/2012-183.htm",
    jurisdiction="CA", date="2012-03-28", title="Electronic Commerce Protection Regulations",
)  # fmt: skip
RFC_2369 = Reference(
    authority="IETF", id="RFC 2369", url="https://datatracker.ietf.org/doc/rfc2369/",
    jurisdiction="IETF", date="1998-07-01", title="List headers",
)  # fmt: skip
RFC_8058 = Reference(
    authority="IETF", id="RFC 8058", url="https://www.rfc-editor.org/rfc/rfc8058.html",
    jurisdiction="IETF", date="2017-01-01", title="One-click unsubscribe",
)  # fmt: skip
GOOGLE_SENDERS = Reference(
    authority="Google", id="Sender guidelines", url="https://support.google.com/a/answer/81126",
    jurisdiction="bulk-senders", date="2024-02-01", title="Requirements of Gmail for senders",
)  # fmt: skip
YAHOO_SENDERS = Reference(
    authority="Yahoo", id="Sender best practices", url="https://senders.yahooinc.com/best-practices",
    jurisdiction="bulk-senders", date="2024-02-01", title="Requirements of Yahoo for senders",
)  # fmt: skip
AF2M = Reference(
    authority="AF2M", id="Business messaging charter", url="https://af2m.org/sms-marketing",
    jurisdiction="FR", date="2026-03-01", title="Text messages: STOP, hours, sender numbers (self-regulation)",
)  # fmt: skip
