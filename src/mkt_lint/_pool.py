"""Which process lints which file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from mkt_lint import _plugins
from mkt_lint._evaluation import limit_threads
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Source

POOL_FILES = 64
POOL_BYTES = 128 * 1024 * 1024
"""Work below both is done sooner than a second process starts."""
_LARGE = 16 * 1024 * 1024
"""Bytes of a table that is worth several threads."""

_worker: Linter


def _start_worker(setup: Setup) -> None:
    """Make this process a worker: it finds the same packs and reads the same configuration as its parent."""
    limit_threads(1)
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
    return _worker.lint(source, named, 1, lambda _: None)


def results(
    setup: Setup, host: _plugins.Host, sources: Sequence[tuple[Source, bool]], jobs: int, advance: Advance
) -> Iterator[FileResult]:
    """Lint files, each with whether it was named; results come in no particular order.

    Args:
        jobs: Processors to use. Large tables are evaluated by as many threads of this process, many files by as many
            processes.

    Raises:
        ConfigError: a file's configuration is wrong.
    """
    limit_threads(jobs)
    here, away = list(sources), list[tuple[Source, bool]]()
    if jobs > 1 and _worth_a_pool([source for source, _ in sources]):
        here, away = _shared_out(setup, host, sources)
    if _worth_a_pool([source for source, _ in away]):
        yield from _lint_in_pool(setup, host, here, away, jobs, advance)
        return
    linter = Linter(setup, host)
    for source, named in sources:
        yield linter.lint(source, named, jobs, advance)


def _lint_in_pool(
    setup: Setup,
    host: _plugins.Host,
    here: Sequence[tuple[Source, bool]],
    away: Sequence[tuple[Source, bool]],
    jobs: int,
    advance: Advance,
) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor  # a quarter of a hook's start, which needs none
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    linter = Linter(setup, host)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (setup,)) as pool:
        try:
            futures = [pool.submit(_lint_in_worker, source, named) for source, named in away]
            for source, named in here:
                yield linter.lint(source, named, jobs, advance)
            for future, (source, _) in zip(futures, away, strict=True):
                yield future.result()
                advance(source.size)
        except BrokenProcessPool:
            died = FileResult("")
            died.failures.append(Failure(message="a worker process died, perhaps for want of memory; try --jobs 1"))
            yield died
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _shared_out(
    setup: Setup, host: _plugins.Host, sources: Sequence[tuple[Source, bool]]
) -> tuple[list[tuple[Source, bool]], list[tuple[Source, bool]]]:
    """The files that this process lints itself, and those that others may.

    Large tables are evaluated by threads; where rows are to be told, they are kept by the process that found them. What
    no reader takes is passed over here, sooner than it is sent.
    """
    here: list[tuple[Source, bool]] = []
    away: list[tuple[Source, bool]] = []
    for source, named in sources:
        kinds = {reader.kind for reader in host.readers if not reader.named_by and reader.matches(source.name)}
        stays = not kinds or source.location is None
        if Kind.TABLE in kinds:
            stays |= source.size > _LARGE or "rows" in setup.needs
        (here if stays else away).append((source, named))
    return here, away


def _worth_a_pool(sources: Sequence[Source]) -> bool:
    return len(sources) >= POOL_FILES or sum(source.size for source in sources) >= POOL_BYTES
