"""The git working tree around a folder, read from its files: git itself need not be installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from mkt_lint._report import Checkout

_OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]+")
_SCHEMES = frozenset({"http", "https", "ssh", "git"})
_SECTION = re.compile(r'\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)')
_URL = re.compile(r"url\s*=\s*(.*)", re.IGNORECASE)
_COMMENT = re.compile(r"\s[#;].*")
_SYMBOLIC = "ref: "
_BRANCHES = "refs/heads/"


def find_checkout(directory: Path) -> Checkout | None:
    """The nearest working tree that holds `directory`; None where there is none or it cannot be read. Never raises."""
    try:
        working = directory.resolve()
        for root in (working, *working.parents):
            git_dir = _git_dir(root / ".git")
            if git_dir is not None:
                prefix = working.relative_to(root).as_posix()
                return _read(git_dir, root.as_posix(), "" if prefix == "." else f"{prefix}/")
    except (OSError, RuntimeError, ValueError):  # a loop of links is a RuntimeError, a NUL in a path a ValueError
        pass
    return None


def _git_dir(dot_git: Path) -> Path | None:
    """Where the repository's data are: `.git` itself or, in linked working trees and submodules, where it points."""
    if dot_git.is_file():
        kind, _, target = _text(dot_git).partition(":")
        if kind != "gitdir":
            return None
        dot_git = dot_git.parent / target.strip()
    return dot_git if (dot_git / "HEAD").is_file() else None


def _read(git_dir: Path, root: str, prefix: str) -> Checkout:
    common = _text(git_dir / "commondir").strip()
    shared = git_dir / common if common else git_dir
    head = _text(git_dir / "HEAD").strip()
    branch = head.removeprefix(_SYMBOLIC + _BRANCHES)
    return Checkout(
        root=root,
        prefix=prefix,
        uri=_origin(_text(shared / "config")),
        revision=_revision(head, (git_dir, shared)),
        # With the reftable format HEAD holds `.invalid`; a branch can have no such name, nor one with two dots.
        branch=None if branch == head or branch.startswith(".") or ".." in branch else branch,
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _revision(name: str, folders: tuple[Path, Path]) -> str | None:
    for _ in range(5):  # as git, which so ends a circle of symbolic references
        if not name.startswith(_SYMBOLIC):
            return name if _OBJECT_ID.fullmatch(name) else None
        reference = name.removeprefix(_SYMBOLIC)
        if not reference.startswith("refs/") or ".." in reference:
            return None
        loose = (_text(folder / reference).strip() for folder in folders)
        name = next(filter(None, loose), None) or _packed(reference, folders[1])
    return None


def _packed(reference: str, shared: Path) -> str:
    for line in _text(shared / "packed-refs").splitlines():
        revision, _, name = line.partition(" ")
        if name == reference:
            return revision
    return ""


def _origin(config: str) -> str | None:
    urls = (public_uri(value) for value in _origin_urls(config))
    return next(urls, None)


def _origin_urls(config: str) -> Iterator[str]:
    """The values of `remote.origin.url` in a git configuration."""
    inside = False
    for line in re.sub(r"\\\r?\n", "", config).splitlines():
        rest = line.strip()
        if section := _SECTION.match(rest):
            inside = section[1].lower() == "remote" and section[2] == "origin"
            rest = section[3].strip()
        if inside and (found := _URL.match(rest)):
            value = found[1]
            yield value[1:].partition('"')[0] if value.startswith('"') else _COMMENT.sub("", value).strip()


def public_uri(remote: str) -> str | None:
    """A git remote as a URI without user, password, query and fragment; None for a local path and what is no URI.

    The short form of SSH, `git@example.com:acme/mails.git`, is told as `https://example.com/acme/mails.git`, where
    hosting services show the same repository.
    """
    if not remote.isprintable() or " " in remote:
        return None
    if "://" not in remote:
        host, colon, path = remote.partition(":")
        remote = f"https://{host}/{path.lstrip('/')}" if colon and "/" not in host else ""
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    # An "@" in the path is the end of a password that had a slash in it.
    if parts.scheme not in _SCHEMES or not _HOST.fullmatch(host) or "@" in parts.path:
        return None
    path = quote(parts.path, safe="/%~!$&'()*+,;=:")
    return f"{parts.scheme}://{host}{port}{path}"
