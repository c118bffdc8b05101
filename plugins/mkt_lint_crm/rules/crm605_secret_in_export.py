from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm.contents import free_text, holds_secret, is_suspicious, no_password
from mkt_lint_crm.exemptions import is_blank_cell
from mkt_lint_crm.references import GDPR_SECURITY

_WHY = "Who gets the file can sign in as these people (GDPR articles 5(1)(f) and 32)."


class SecretInExport(TableRule):
    """Passwords, tokens and keys in an exported file.

    ## Why

    Personal data has to be protected against unauthorised access (GDPR articles 5(1)(f) and 32). A password belongs
    into no export, hashed or not: files are mailed and copied, and many people use one password in many places.

    The rule looks at columns of passwords, tokens and security answers, and into notes and columns that it does not
    know, for hashes of passwords and for keys that tell themselves by their form.

    ## Examples

    ```csv bad
    email,password
    jeanne@example.com,Soleil2019
    ```

    ```csv good
    email,password
    jeanne@example.com,********
    paul@example.com,not set
    ```

    ## When not to use it

    Never on a file that leaves the system it came from.
    """

    confidence = "high"
    references = (GDPR_SECURITY,)
    contacts_only = False
    messages: ClassVar = {
        "password": Message(
            what="Records with a password, clear or hashed, in {column}: {count}.",
            why=_WHY,
            todo="Delete the column and the copies of the file, and have these passwords changed.",
            severity="error",
        ),
        "secret": Message(
            what="Records with a token, a key or a security answer in {column}: {count}.",
            why=_WHY,
            todo="Delete the column and the copies of the file, and have these secrets changed.",
        ),
        "text": Message(
            what="Records with a password, a token or a key in the text of {column}: {count}.",
            why=_WHY,
            todo="Delete them, here and in the CRM, and have these secrets changed.",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        for message, field in {"password": F.PASSWORD, "secret": F.SECRET}.items():
            for column in table.columns_of(field):
                told = ~is_blank_cell(column) & ~pl.col(column.text).str.contains(no_password())
                yield Rows(told, at=(column,), message=message)
        for column in free_text(table):
            yield Rows(is_suspicious(column), at=(column,), message="text", confirm=holds_secret)
