"""Jobs that delete prospects later than the CNIL's reference."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, RuleOptions, Settings, SettingsRule, Verdict, option
from mkt_lint_security.references import CNIL_2021_131, GDPR_5


class RetentionJobTooLong(SettingsRule):
    """Job that keeps prospects for longer than the CNIL's reference of three years.

    ## Why

    Personal data may be kept no longer than their purpose needs (GDPR, article 5(1)(e)). For prospects the CNIL's
    framework 2021-131 names three years from their collection or from the last contact that came from the prospect. It
    is a reference: a controller may justify another period.

    Numbers are looked at whose key names a period of retention in days, months or years (`retention_days`,
    `purgeAfterMonths`, `keep_for_years`) and whose path names prospects or leads.

    ## Examples

    ```yaml bad
    prospects:
      retention_days: 1825
    ```

    ```yaml good
    prospects:
      retention_days: 1095
    ```

    ## Options

    - `max-days`: a prospect may be kept for this many days.

    ## When not to use it

    Where the period is justified and documented, or counts from another day than the last contact.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2021_131, GDPR_5)
    messages = {
        "long": Message(
            what="Prospects are kept for this number of days: {days}.",
            why="This exceeds the CNIL's reference of three years (1,095 days; framework 2021-131), under GDPR article "
            "5(1)(e).",
            todo="Shorten the period, or document why a longer one is needed.",
        ),
        "variable": Message(
            what="How long prospects are kept cannot be told, since the value comes from a variable.",
            why="The CNIL's reference is three years (framework 2021-131).",
            todo="Check the value where it is set.",
        ),
    }

    class Options(RuleOptions):
        max_days: int = option(1095, "A prospect may be kept for this many days.")

    options: Options

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for period in settings.retention:
            days = period.days.value
            if days is None:
                yield self.undecided("variable", at=period.days)
            elif days > self.options.max_days:
                yield self.finding("long", at=period.days, days=days)
