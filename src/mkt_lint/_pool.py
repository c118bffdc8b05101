"""Which process lints which file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import translate

from mkt_lint import _plugins
from mkt_lint._evaluation import initialise_worker
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Source

POOL_FILES = 1_000
POOL_BYTES = 128 * 1024 * 1024
POOL_TEXT = 16 * 1024 * 1024
"""Work below all of them is done sooner than further processes start, or hardly later for much less CPU; the last is
that of files that are no tables."""

_worker: Linter


def _start_worker(setup: Setup) -> None:
    """Make this process a worker: it finds the same packs and reads the same configuration as its parent."""
    initialise_worker()
    global _worker  # noqa: PLW0603  # a worker process is nothing but this
    _worker = Linter(setup, _plugins.load(setup.blocked))
    from threading import Thread

    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is gone: one that was killed could tell its workers nothing."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _lint_in_worker(source: Source, named: bool) -> FileResult:
    return _worker.lint(source, named, None, lambda _: None)


def results(
    setup: Setup, host: _plugins.Host, sources: Sequence[tuple[Source, bool]], jobs: int, advance: Advance
) -> Iterator[FileResult]:
    """Lint files, each with whether it was named; results come in no particular order.

    Args:
        jobs: Processes at most. Few and small files are linted here whatever it says.

    Raises:
        ConfigError: a file's configuration is wrong.
    """
    if jobs > 1 and _worth_a_pool(sources, host):
        yield from _lint_in_pool(setup, host, sources, jobs, advance)
        return
    linter = Linter(setup, host)
    for source, named in sources:
        yield linter.lint(source, named, None, advance)


def _lint_in_pool(
    setup: Setup, host: _plugins.Host, sources: Sequence[tuple[Source, bool]], jobs: int, advance: Advance
) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor  # a quarter of a hook's start, which needs none
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    linter = Linter(setup, host)
    here = [pair for pair in sources if _stays_here(pair[0], host)]
    away = [pair for pair in sources if not _stays_here(pair[0], host)]
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (setup,)) as pool:
        try:
            futures = [pool.submit(_lint_in_worker, source, named) for source, named in away]
            for source, named in here:
                yield linter.lint(source, named, pool, advance)
            for future, (source, _) in zip(futures, away, strict=True):
                yield future.result()
                advance(source.size)
        except BrokenProcessPool:
            died = FileResult("")
            died.failures.append(Failure(message="a worker process died, perhaps for want of memory; try --jobs 1"))
            yield died
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _stays_here(source: Source, host: _plugins.Host) -> bool:
    """Tables are read here and evaluated range by range in the pool: a worker must not start workers of its own.

    What no reader takes is passed over here, sooner than it is sent.
    """
    kinds = {reader.kind for reader in host.readers if reader.matches(source.name)}
    return not kinds or Kind.TABLE in kinds or source.location is None


def _worth_a_pool(sources: Sequence[tuple[Source, bool]], host: _plugins.Host) -> bool:
    if len(sources) < POOL_FILES and sum(source.size for source, _ in sources) < POOL_TEXT:
        return False
    taken, read_whole = _matcher(host, set(Kind)), _matcher(host, set(Kind) - {Kind.TABLE})
    sizes = [(source.size, read_whole(name)) for source, _ in sources if taken(name := source.name.lower())]
    return (
        len(sizes) >= POOL_FILES
        or sum(size for size, _ in sizes) >= POOL_BYTES
        or sum(size for size, whole in sizes if whole) >= POOL_TEXT
    )


def _matcher(host: _plugins.Host, kinds: Collection[Kind]) -> Callable[[str], object]:
    """What tells whether a name is one that a reader of these kinds takes."""
    references = [reader for reader in host.readers if not reader.named_by and reader.kind in kinds]
    patterns = [pattern for reader in references for pattern in reader.patterns]
    return re.compile("|".join(map(translate, patterns)) or "(?!)").match
