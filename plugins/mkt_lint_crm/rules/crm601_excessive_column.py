from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, TypeAlias

import polars as pl

from mkt_lint import F, Message, Rows, RuleOptions, Table, TableRule, option
from mkt_lint_crm.check_digits import LONG_NUMBER, holds_nir, lacks_nir
from mkt_lint_crm.exemptions import is_blank_cell
from mkt_lint_crm.references import GDPR_MINIMISATION, GDPR_SPECIAL

_FIELDS = {
    "special": (F.SPECIAL_CATEGORY,),
    "offences": (F.CRIMINAL_RECORD,),
    "identity": (F.NATIONAL_ID,),
    "bank": (F.IBAN, F.CARD),
    "family": (F.FAMILY,),
    "birth-date": (F.BIRTH_DATE,),
    "gender": (F.GENDER,),
}
_MINIMAL = "Data has to be limited to what its purpose needs (GDPR article 5(1)(c))."
_DELETE = "Delete the column, here and in the CRM, or document what it is needed for."


_Level: TypeAlias = Literal["error", "warning", "note"]


def _message(what: str, why: str = _MINIMAL, todo: str = _DELETE, level: _Level = "warning") -> Message:
    return Message(f"Records with {what} in {{column}}: {{count}}.", why, todo, level)


class ExcessiveColumn(TableRule):
    """Columns of personal data that marketing hardly ever needs.

    ## Why

    Data has to be adequate, relevant and limited to what is necessary (GDPR article 5(1)(c)). Data on health, beliefs,
    politics, union membership, origin and sexual life may be processed in few cases only (article 9), and data on
    offences in fewer still (article 10). A national number is under further conditions (article 87).

    A French social security number that proves itself by its key is an error: no marketing needs it.

    ## Examples

    ```csv bad
    email,religion
    jeanne@example.com,catholic
    ```

    ```csv good
    email,company,job title
    jeanne@example.com,Dupont,Buyer
    ```

    ## Options

    `birth-date`: set to false where you have documented what birth dates are needed for.

    `gender`: set to false where you have documented what the gender or form of address is needed for.

    ## When not to use it

    On files that are not for marketing, such as those of a health service or of payroll. Birthdays without a year are
    left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_MINIMISATION, GDPR_SPECIAL)
    messages: ClassVar = {
        "special": _message(
            "health, beliefs, politics, origin or sexual life", "GDPR article 9 forbids this but for few exceptions."
        ),
        "offences": _message(
            "offences or convictions", "GDPR article 10 leaves this to authorities but for few exceptions."
        ),
        "identity": _message("an identity number"),
        "nir": _message(
            "a French social security number", f"{_MINIMAL} No marketing needs this number.", level="error"
        ),
        "bank": _message("a bank account or card"),
        "family": _message("marital status or children"),
        "birth-date": _message(
            "a full date of birth", todo="Keep the year or the age group, if anything.", level="note"
        ),
        "gender": _message("a gender or form of address", level="note"),
    }

    class Options(RuleOptions):
        birth_date: bool = option(True, "Whether to report full dates of birth.")
        gender: bool = option(True, "Whether to report columns of gender and form of address.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        wanted = {"birth-date": self.options.birth_date, "gender": self.options.gender}
        for message, fields in _FIELDS.items():
            if not wanted.get(message, True):
                continue
            for column in (column for field in fields for column in table.columns_of(field)):
                cell = pl.col(column.text)
                where = ~is_blank_cell(column)
                if message == "birth-date":
                    where &= cell.str.contains(r"\d{4}|^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\s*$")
                if message == "identity":
                    yield Rows(cell.str.contains(LONG_NUMBER), at=(column,), message="nir", confirm=holds_nir)
                yield Rows(where, at=(column,), message=message, confirm=lacks_nir if message == "identity" else None)
