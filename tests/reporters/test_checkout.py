"""The git working tree, read without git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._checkout import find_checkout, public_uri
from mkt_lint._report import Checkout

REVISION = "0123456789abcdef0123456789abcdef01234567"

CONFIG = """\
[core]
\tbare = false
[remote "upstream"]
\turl = https://example.com/upstream.git
[Remote "origin"] ; where it comes from
\tfetch = +refs/heads/*:refs/remotes/origin/*
\tURL = https://alice:s3cret@example.com/acme/mails.git?token=abc#x ; private
[branch "main"]
\tremote = origin
"""


def make(root: Path, head: str = "ref: refs/heads/main\n", config: str = CONFIG) -> Path:
    git = root / ".git"
    git.mkdir(parents=True)
    (git / "HEAD").write_text(head, encoding="utf-8")
    (git / "config").write_text(config, encoding="utf-8")
    return git


def test_a_loose_reference(tmp_path: Path) -> None:
    git = make(tmp_path, "ref: refs/heads/feature/mails\n")
    (git / "refs/heads/feature").mkdir(parents=True)
    (git / "refs/heads/feature/mails").write_text(f"{REVISION}\n", encoding="utf-8")
    folder = tmp_path / "à faire" / "templates"
    folder.mkdir(parents=True)
    assert find_checkout(folder) == Checkout(
        root=tmp_path.as_posix(),
        prefix="à faire/templates/",
        uri="https://example.com/acme/mails.git",
        revision=REVISION,
        branch="feature/mails",
    )
    here = find_checkout(tmp_path)
    assert here is not None
    assert not here.prefix


def test_a_packed_reference(tmp_path: Path) -> None:
    git = make(tmp_path)
    packed = f"# pack-refs with: peeled fully-peeled sorted\n{'f' * 40} refs/heads/mainly\n{REVISION} refs/heads/main\n"
    (git / "packed-refs").write_text(f"{packed}^{'e' * 40}\n", encoding="utf-8")
    found = find_checkout(tmp_path)
    assert found is not None
    assert (found.revision, found.branch) == (REVISION, "main")


@pytest.mark.parametrize(
    ("head", "revision", "branch"),
    [
        (f"{REVISION}\n", REVISION, None),
        ("ab" * 32, "ab" * 32, None),
        ("ref: refs/heads/unborn\n", None, "unborn"),
        ("ref: refs/heads/.invalid\n", None, None),
        ("ref: refs/heads/../../HEAD\n", None, None),
        ("ref: HEAD\n", None, None),
        ("nonsense", None, None),
        ("", None, None),
        ("\x00\x01", None, None),
    ],
)
def test_what_head_may_hold(tmp_path: Path, head: str, revision: str | None, branch: str | None) -> None:
    make(tmp_path, head)
    found = find_checkout(tmp_path)
    assert found is not None
    assert (found.revision, found.branch) == (revision, branch)


def test_a_circle_of_references_ends(tmp_path: Path) -> None:
    git = make(tmp_path)
    (git / "refs/heads").mkdir(parents=True)
    (git / "refs/heads/main").write_text("ref: refs/heads/main\n", encoding="utf-8")
    found = find_checkout(tmp_path)
    assert found is not None
    assert found.revision is None


@pytest.mark.parametrize("content", ["gitdir: nowhere\n", "gitdir: bad\x00name\n", "something else", ""])
def test_a_git_file_that_leads_nowhere_is_no_checkout(tmp_path: Path, content: str) -> None:
    make(tmp_path / "outer")
    inner = tmp_path / "outer" / "inner"
    inner.mkdir()
    (inner / ".git").write_text(content, encoding="utf-8")
    found = find_checkout(inner)
    assert found is None or found.prefix == "inner/"


def test_outside_a_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert find_checkout(tmp_path) is None
    assert find_checkout(tmp_path / "absent") is None
    assert find_checkout(Path("a\x00b")) is None


@pytest.mark.parametrize(
    ("config", "uri"),
    [
        ("", None),
        ("\x00[remote", None),
        ('[remote "origin"] url = https://example.com/a\n', "https://example.com/a"),
        ('[remote "origin"]\nurl = "https://example.com/a" ; b\n', "https://example.com/a"),
        ('[remote "origin"]\nurl = https://exam\\\nple.com/a\n', "https://example.com/a"),
        ('[remote "origin"]\npushurl = https://example.com/a\n', None),
        ('[remote "other"]\nurl = https://example.com/a\n', None),
    ],
)
def test_the_remote_in_the_configuration(tmp_path: Path, config: str, uri: str | None) -> None:
    make(tmp_path, config=config)
    found = find_checkout(tmp_path)
    assert found is not None
    assert found.uri == uri


@pytest.mark.parametrize(
    ("remote", "uri"),
    [
        ("https://github.com/acme/mails", "https://github.com/acme/mails"),
        ("https://x-access-token:ghs_1@github.com/acme/mails.git", "https://github.com/acme/mails.git"),
        ("https://alice:p@ss@example.com:8443/a.git?private_token=t#frag", "https://example.com:8443/a.git"),
        ("ssh://git@example.com:2222/acme/mails.git", "ssh://example.com:2222/acme/mails.git"),
        ("git@github.com:acme/mails.git", "https://github.com/acme/mails.git"),
        ("github.com:/srv/mails.git?token=t", "https://github.com/srv/mails.git"),
        ("https://example.com/é/(a)", "https://example.com/%C3%A9/(a)"),
        ("https://alice:pa/ss@example.com/a", None),
        ("https://alice:12/ss@example.com/a", None),
        ("alice:secret@example.com:a", None),
        ("https://example.com:port/a", None),
        ("https://[::1", None),
        ("codecommit::eu-west-3://profile@mails", None),
        ("ext::sh -c 'x'", None),
        ("file:///home/alice/mails.git", None),
        ("/home/alice/mails.git", None),
        ("../mails.git", None),
        ("C:\\mails", None),
        ("C:/mails", None),
        ("https://example.com/a\nb", None),
        ("", None),
    ],
)
def test_a_remote_without_what_is_private(remote: str, uri: str | None) -> None:
    assert public_uri(remote) == uri


@given(st.from_regex(r"(https?://|ssh://|git://|)[a-z0-9:/@?#%\[\].é ]{0,30}", fullmatch=True))
def test_a_public_uri_never_holds_a_user_or_a_query(remote: str) -> None:
    uri = public_uri(remote)
    assert uri is None or (uri.isascii() and not {"@", "?", "#", " "} & set(uri))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git to make a linked working tree")
def test_a_linked_working_tree(tmp_path: Path) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(main), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()

    main = tmp_path / "main"
    main.mkdir()
    git("init", "--quiet", "--initial-branch=main")
    git("commit", "--quiet", "--allow-empty", "--message=one")
    git("remote", "add", "origin", "git@example.com:acme/mails.git")
    git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    git("pack-refs", "--all")
    assert find_checkout(tmp_path / "linked") == Checkout(
        root=(tmp_path / "linked").as_posix(),
        prefix="",
        uri="https://example.com/acme/mails.git",
        revision=git("rev-parse", "HEAD"),
        branch="side",
    )
