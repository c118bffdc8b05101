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
