"""What it costs to tell that a file holds no settings, against walking the folder and reading the files.

    python benchmarks/recognise_settings.py [--files 10000] [--runs 5]

The files are made up, of the kinds that a repository has; one of ten speaks of passwords and holds no policy. Both
columns are CPU time of this process, the least of all runs; recognising reads the files by itself. The files with such
words are not spread evenly: half of all JSON is among them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mkt_lint import Source
from mkt_lint._config import CommandLine, Configs
from mkt_lint._files import walk
from mkt_lint._model import Failure, Kind
from mkt_lint._plugins import load

BAR = 1.2

WORDS = """
account address amount article button campaign client colour contact content default delete description email error
field filter folder format handler header index item label language length link list locale message minimum name
number option order page path period pixel price product query reset response result role rule schema service session
setting status string style table template title token type user value
""".split()  # noqa: SIM905  # sixty words, which nobody reads one by one
OURS = ["password", "track", "policy", "prospects", "lockout", "complexity", "strategy", "minLength", "purge", "days"]
"""Words that policies have, too; in one file of ten."""

Sentence = Callable[[], str]


def _json(sentence: Sentence, size: int) -> str:
    return json.dumps({f"{sentence()}.{number}": sentence() for number in range(size)}, indent=2)


def _page(sentence: Sentence, size: int) -> str:
    return "<html><body>" + "".join(f"<p class='x'>{sentence()}</p>\n" for _ in range(size)) + "</body></html>"


def _lines(before: str, between: str, after: str) -> Callable[[Sentence, int], str]:
    def text(sentence: Sentence, size: int) -> str:
        return "".join(f"{before}{sentence()}{between}{sentence()}{after}\n" for _ in range(size))

    return text


KINDS: dict[str, Callable[[Sentence, int], str]] = {
    "json": _json,
    "yaml": _lines("", ": ", ""),
    "yml": _lines("  - ", ": ", ""),
    "toml": _lines('"', '" = "', '"'),
    "html": _page,
    "twig": _page,
    "py": _lines("# ", "\nvalue = '", "'"),
    "rb": _lines("# ", "\nvalue = '", "'"),
    "tf": _lines('resource "aws_s3_bucket" "', '" {\n  bucket = "', '"\n}'),
    "cs": _lines("// ", '\nvar value = "', '";'),
    "php": _lines("// ", "\n$value = '", "';"),
    "xml": _lines("<item>", "</item>\n<item>", "</item>"),
    "conf": _lines("", " = ", ""),
    "md": _lines("", "\n\n", ""),
    "ts": _lines("// ", '\nconst value = "', '";'),
}


def write(folder: Path, files: int) -> None:
    """Write the files, a hundred a folder."""
    random_ = random.Random(20261121)
    for number in range(files):
        words = WORDS + OURS if number % 10 == 0 else WORDS
        suffix, made = list(KINDS.items())[number % len(KINDS)]
        path = folder / str(number // 100) / f"{random_.choice(WORDS)}_{number}.{suffix}"
        path.parent.mkdir(exist_ok=True)

        def sentence(words: list[str] = words) -> str:
            return " ".join(random_.choices(words, k=random_.randint(2, 8)))

        path.write_text(made(sentence, random_.randint(10, 150)), encoding="utf-8")


def cpu_seconds(actions: list[Callable[[], None]], runs: int) -> list[float]:
    """The least CPU time of all runs of each action; they take turns, so that what else the machine does hits all."""
    spent: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for action, times in zip(actions, spent, strict=True):
            started = time.process_time()
            action()
            times.append(time.process_time() - started)
    return [min(times) for times in spent]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    host = load()
    references = [reference for reference in host.readers if reference.kind is Kind.SETTINGS]
    readers = [(reference, reader) for reference in references if (reader := host.reader(reference))]
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), arguments.files)
        os.chdir(name)

        def found() -> list[Source]:
            configs = Configs(Path(name), None, False, CommandLine())
            return [item[0] for item in walk(["."], configs) if not isinstance(item, Failure)]

        def read() -> None:
            for source in found():
                with source.open() as file:
                    file.read()

        def recognise() -> None:
            for source in found():
                for reference, reader in readers:
                    if reference.matches(source.name):
                        reader.recognises(source)

        theirs, ours = cpu_seconds([read, recognise], arguments.runs)
        os.chdir("/")
    print(f"{'files':>8}{'walk, read':>14}{'walk, recognise':>18}{'ratio':>8}{'bar':>6}")
    print(f"{arguments.files:>8}{theirs:>14.3f}{ours:>18.3f}{ours / theirs:>8.2f}{BAR:>6.1f}")


if __name__ == "__main__":
    main()
