from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Groups, Message, Table, TableRule
from mkt_lint_crm.exemptions import has_personal_address
from mkt_lint_crm.references import GDPR_ACCURACY


class ContactDuplicated(TableRule):
    """The same address in more than one record.

    ## Why

    Personal data has to be accurate (GDPR article 5(1)(d)). Who objects under one record goes on receiving messages
    under the other, and an answer to a request for access misses half of the data.

    Addresses are compared without case, and without what follows a plus sign in their first part
    (`jeanne+news@example.com`). Addresses of a function (`info@`) are left out, since several people may share one.

    ## Examples

    ```csv bad
    email,name
    jeanne@example.com,Jeanne Dupont
    Jeanne@Example.com,J. Dupont
    ```

    ```csv good
    email,list
    jeanne@example.com,newsletter
    jeanne@example.com,offers
    ```

    ## When not to use it

    On logs of events, in which a person has many records by design. Where a column names the list of each record, the
    same address counts once a list.
    """

    confidence = "medium"
    references = (GDPR_ACCURACY,)
    needs = (F.EMAIL,)
    messages: ClassVar = {
        "duplicated": Message(
            what="Records that share their address with another record: {count}.",
            why="An opposition or a correction under one of them does not reach the other.",
            todo="Merge them in the CRM, and keep the opposition if one of them has one.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Groups]:
        address = table.shared(table.text(F.EMAIL).str.to_lowercase()).str.replace(r"\+[^@]*@", "@")
        if table.column(F.LIST_NAME):
            address = pl.concat_str(address, table.text(F.LIST_NAME), separator="\n")
        yield Groups(address, where=has_personal_address(table), at=(F.EMAIL,), message="duplicated")
