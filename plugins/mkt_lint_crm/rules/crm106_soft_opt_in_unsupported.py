from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import CPCE_L34_5, EPRIVACY_13, INTELIGO

_ORDERS = (F.ORDER_COUNT, F.CUSTOMER_VALUE, F.FIRST_ORDER_AT, F.LAST_ORDER_AT)
_WHY = (
    "Customers may be mailed without consent only if the address was collected from them, when they bought something "
    "(CPCE article L34-5, directive 2002/58 article 13(2))."
)


class SoftOptInUnsupported(TableRule):
    """People who are mailed as existing customers, though the record shows no purchase or another source.

    ## Why

    Existing customers may be sent offers of similar products without consent where the address was collected from
    themselves, lawfully, in the context of a sale, and they may object at collection and in every message (CPCE article
    L34-5, directive 2002/58 article 13(2)). A free account may be such a sale (CJEU, C-654/23); for the CNIL an account
    at a shop without any order is not.

    ## Examples

    ```csv bad
    email,legal basis,order count,source
    jeanne@example.com,Legitimate interest - existing customer,0,Shop
    ```

    ```csv bad
    email,legal basis,source
    paul@example.com,Legitimate interest - existing customer,Purchased list
    ```

    ```csv good
    email,legal basis,order count,source
    jeanne@example.com,Legitimate interest - existing customer,2,Shop
    paul@example.com,Legitimate interest - existing customer,0,Free trial
    ```

    ## When not to use it

    Where purchases are kept in another table. Accounts, trials and subscriptions that the source or the status names
    are left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (CPCE_L34_5, EPRIVACY_13, INTELIGO)
    about = (F.EMAIL, F.LAWFUL_BASIS)
    needs = (AnyOf(F.STATUS, F.SOURCE, F.SOURCE_BROKER, *_ORDERS),)
    messages = {
        "third-party": Message(
            what="Records with the basis existing customer that came from elsewhere, by their {column}: {count}.",
            why=_WHY,
            todo="Ask them for consent by another way than e-mail, or stop mailing them.",
            severity="warning",
        ),
        "no-purchase": Message(
            what="Records with the basis existing customer that show no purchase: {count}.",
            why=_WHY,
            todo="Record the purchase, or take another basis and ask for consent.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        mailed = (
            table.lists(F.LAWFUL_BASIS, "existing_customer")
            & ~table.flag(F.CONSENT_STATUS).fill_null(False)
            & ~exemptions.is_opted_out(table)
            & ~exemptions.is_generic(table)
            & exemptions.is_under(table, self.jurisdictions)
        )
        elsewhere = origins.is_indirect(table)
        yield Rows(mailed & elsewhere, at=(F.SOURCE, F.SOURCE_BROKER, F.SOURCE_URL, *CONTACT), message="third-party")
        kept = [field for field in _ORDERS if table.has(field)]
        bought = table.lists(F.STATUS, "customer") | table.has_current_contract
        for field in kept:
            amount = field in (F.ORDER_COUNT, F.CUSTOMER_VALUE)
            bought |= (table.number(field) > 0).fill_null(False) if amount else ~exemptions.is_blank(table, field)
        account = exemptions.matches(table, exemptions.pattern("account"), F.SOURCE, F.STATUS, F.CONSENT_SOURCE, F.TAGS)
        none = mailed & ~bought & ~account & ~elsewhere
        if not kept:
            none &= (table.value(F.STATUS) == "prospect").fill_null(False)
        yield Rows(none, at=(*kept, F.STATUS, *CONTACT), message="no-purchase")
