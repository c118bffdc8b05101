"""The core's own readers and output formats, through the same hooks that packs use."""

from __future__ import annotations

from mkt_lint._hookspecs import hookimpl
from mkt_lint._model import Kind
from mkt_lint._reporters.reference import ReporterReference
from mkt_lint._rule import RuleReference, rules_in
from mkt_lint._source import ReaderReference

NAME = "core"


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return rules_in("mkt_lint._suppression_rules", kind="suppression")


@hookimpl
def mkt_lint_readers() -> list[ReaderReference]:
    return [
        ReaderReference(
            "table", Kind.TABLE, ("*.csv", "*.tsv", "*.csv.gz", "*.tsv.gz", "*.csv.zst", "*.tsv.zst"),
            "mkt_lint._readers.table:TableReader",
        ),
        ReaderReference("workbook", Kind.TABLE, ("*.xlsx",), "mkt_lint._readers.table.xlsx:WorkbookReader"),
        ReaderReference("parquet", Kind.TABLE, ("*.parquet",), "mkt_lint._readers.table.parquet:ParquetReader"),
        ReaderReference(
            "template",
            Kind.TEMPLATE,
            (
                "*.html", "*.htm", "*.xhtml", "*.mjml", "*.hbs", "*.handlebars", "*.mustache", "*.liquid", "*.njk",
                "*.nunjucks", "*.jinja", "*.jinja2", "*.j2", "*.twig", "*.ejs", "*.erb", "*.tpl", "*.gohtml", "*.ftl",
                "*.php",
            ),
            "mkt_lint._readers.template.html:HtmlReader",
        ),
        ReaderReference(
            "sms",
            Kind.TEMPLATE,
            (
                "*.txt", "*.hbs", "*.handlebars", "*.mustache", "*.liquid", "*.njk", "*.nunjucks",
                "*.jinja", "*.jinja2", "*.j2", "*.twig", "*.ejs", "*.erb", "*.tpl", "*.ftl",
            ),
            "mkt_lint._readers.template.sms:SmsReader",
            named_by="sms",
        ),
        ReaderReference("eml", Kind.TEMPLATE, ("*.eml",), "mkt_lint._readers.template.eml:EmlReader"),
    ]  # fmt: skip


@hookimpl
def mkt_lint_reporters() -> list[ReporterReference]:
    return [
        ReporterReference(
            "github", "Annotations for GitHub Actions.", "mkt_lint._reporters.github:report", frozenset({"checkout"})
        ),
        ReporterReference(
            "json", "Everything, for programs; stable.", "mkt_lint._reporters.json:report",
            frozenset({"plugins", "fingerprints"}),
        ),
        ReporterReference(
            "rows", "CSV of every offending row.", "mkt_lint._reporters.rows:report", frozenset({"rows"})
        ),
        ReporterReference(
            "sarif", "SARIF 2.1.0, for code scanning.", "mkt_lint._reporters.sarif:report",
            frozenset({"plugins", "rules", "checkout", "fingerprints"}),
        ),
        ReporterReference("text", "For reading in a terminal.", "mkt_lint._reporters.text:report"),
    ]  # fmt: skip
