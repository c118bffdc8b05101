from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import F, Message, Reference, Rows, RuleOptions, Table, TableRule, option


class SourceRetired(TableRule):
    """Contacts whose source is a code that is no longer in use.

    ## Why

    Whoever asks must be told where their data come from (GDPR article 15(1)(g)). The register that explained the
    retired codes is gone, so that for these contacts nobody can answer.

    ## Examples

    ```csv bad
    email,desk code
    jeanne@example.com,IMPORT
    ```

    ```csv good
    email,desk code
    jeanne@example.com,FAIR-2026
    ```

    ## Options

    `codes`: the retired codes; upper and lower case are the same.

    ## When not to use it

    On exports of the archive, which keeps the codes of its time.
    """

    confidence = "high"
    references = (
        Reference(
            authority="EU",
            id="GDPR, article 15(1)(g)",
            url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            jurisdiction="EU",
            date="2016-04-27",
            title="Right of access",
        ),
    )
    needs = (F.SOURCE,)
    messages = {
        "retired": Message(
            what="Contacts whose {column} is a retired code: {count}.",
            why="Nobody can tell any more where their data come from.",
            todo="Find their source in the mail archive and enter its code, or delete the contacts.",
            severity="warning",
        ),
    }

    class Options(RuleOptions):
        codes: tuple[str, ...] = option(("IMPORT", "MISC", "OLD"), "The retired codes.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        codes = [code.lower() for code in self.options.codes]
        retired = table.text(F.SOURCE).str.to_lowercase().is_in(codes)
        yield Rows(retired, at=(F.SOURCE,), message="retired")
