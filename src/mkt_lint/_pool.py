"""Which process lints which file."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence

from mkt_lint import _plugins
from mkt_lint._evaluation import limit_threads
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Source

POOL_FILES = 1_000
POOL_BYTES = 16 * 1024 * 1024
"""Files below both are linted sooner than further processes start, or hardly later for much less CPU."""
_PACE = 8
"""How much faster a table is linted than as many bytes of templates."""
_LARGE = 16 * 1024 * 1024
"""Bytes of a table that is worth several threads."""

_worker: Linter


class Shares:
    """Files that this process lints itself, and those that others may, each with whether it was named."""

    def __init__(self) -> None:
        self.here: list[tuple[Source, bool]] = []
        self.away: list[tuple[Source, bool]] = []
        self._work = 0

    def send(self, source: Source, named: bool, pace: int) -> None:
        """Let another process lint a file, which takes as long as a template of a `pace`-th of its size."""
        self.away.append((source, named))
        self._work += source.size // pace

    @property
    def worth_it(self) -> bool:
        """Whether there is so much for other processes that they should start."""
        return len(self.away) >= POOL_FILES or self._work >= POOL_BYTES


def spare_collector() -> None:
    """Have the collector pass over what was imported, and run when there is much more than a template is made of."""
    gc.freeze()
    gc.set_threshold(200_000)
    gc.enable()


def _start_worker(setup: Setup) -> None:
    """Make this process a worker: it finds the same packs and reads the same configuration as its parent."""
    spare_collector()
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
    if jobs > 1 and (len(sources) >= POOL_FILES or sum(source.size for source, _ in sources) >= POOL_BYTES):
        shares = _shared_out(setup, host, sources)
        if shares.worth_it:
            yield from _lint_in_pool(setup, host, shares, jobs, advance)
            return
    linter = Linter(setup, host)
    for source, named in sources:
        yield linter.lint(source, named, jobs, advance)


def _lint_in_pool(
    setup: Setup,
    host: _plugins.Host,
    shares: Shares,
    jobs: int,
    advance: Advance,
) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor  # a quarter of a hook's start, which needs none
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    linter = Linter(setup, host)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (setup,)) as pool:
        try:
            futures = [pool.submit(_lint_in_worker, source, named) for source, named in shares.away]
            for source, named in shares.here:
                yield linter.lint(source, named, jobs, advance)
            for future, (source, _) in zip(futures, shares.away, strict=True):
                yield future.result()
                advance(source.size)
        except BrokenProcessPool:
            died = FileResult("")
            died.failures.append(Failure(message="a worker process died, perhaps for want of memory; try --jobs 1"))
            yield died
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _shared_out(setup: Setup, host: _plugins.Host, sources: Sequence[tuple[Source, bool]]) -> Shares:
    """Which files this process lints itself.

    Large tables are evaluated by threads; where rows are to be told, they are kept by the process that found them. What
    no reader takes is passed over here, sooner than it is sent.
    """
    shares = Shares()
    for source, named in sources:
        kinds = {reader.kind for reader in host.readers if not reader.named_by and reader.matches(source.name)}
        is_table = Kind.TABLE in kinds
        stays = not kinds or source.location is None
        if is_table:
            stays |= source.size > _LARGE or "rows" in setup.needs
        if stays:
            shares.here.append((source, named))
        else:
            shares.send(source, named, _PACE if is_table else 1)
    return shares
