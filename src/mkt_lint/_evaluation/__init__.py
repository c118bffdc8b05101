"""Evaluates the checks of table rules over all records, range by range."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from mkt_lint._evaluation.messages import CORE_MESSAGES

if TYPE_CHECKING:
    from mkt_lint._evaluation.evaluation import InternalError, RuleFailure, TableResult, evaluate

__all__ = ["CORE_MESSAGES", "InternalError", "RuleFailure", "TableResult", "evaluate", "limit_threads"]

_ONE_HEAP = "narenas:1,dirty_decay_ms:200,muzzy_decay_ms:0"
"""For jemalloc: a heap of each thread's own holds memory that no other can use, and what is free goes back soon."""


def limit_threads(jobs: int) -> None:
    """Keep Polars to as many threads of its own as `jobs`, and its memory small; before it is imported."""
    os.environ["POLARS_MAX_THREADS"] = str(jobs)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of numpy: they wait in a loop for work that never comes
    os.environ.setdefault("_RJEM_MALLOC_CONF", _ONE_HEAP)


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module("mkt_lint._evaluation.evaluation"), name)
    globals()[name] = value
    return value
