"""Which files a run looks at, with real folders."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkt_lint._config import ConfigError, Configs
from mkt_lint._files import walk
from mkt_lint._model import Failure


def make(root: Path, *names: str, **texts: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(texts.get(name, ""), encoding="utf-8")


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def seen(cwd: Path, *paths: str, force_exclude: bool = False, explicit: Path | None = None) -> list[str]:
    """Paths as reports show them; named ones with a star, failures as `path: message`."""
    found = []
    for item in walk(paths, Configs(cwd, explicit), force_exclude=force_exclude):
        if isinstance(item, Failure):
            found.append(f"{item.path}: {item.message}")
        else:
            source, named = item
            assert source.location is not None
            found.append(source.path + ("*" if named else ""))
    return found


def test_named_files_and_folders_in_the_order_of_their_paths(tmp_path: Path) -> None:
    make(tmp_path, "b.html", "a/z.csv", "a/b/c.eml", "a.html", "unnamed.html")
    expected = ["a.html*", "a/b/c.eml", "a/z.csv", "b.html*"]
    assert seen(tmp_path, "b.html", "a", "a.html") == expected
    assert seen(tmp_path, "a.html", "a", "b.html") == expected
    assert seen(tmp_path, ".") == ["a.html", "a/b/c.eml", "a/z.csv", "b.html", "unnamed.html"]


def test_each_file_once(tmp_path: Path) -> None:
    make(tmp_path, "a/x.html", "a/y.html")
    (tmp_path / "link").symlink_to("a")
    paths = ["a", "./a/../a/x.html", str(tmp_path / "a/x.html"), "a/x.html", ".", "link"]
    assert seen(tmp_path, *paths) == ["a/x.html*", "a/y.html"]
    assert seen(tmp_path, *reversed(paths)) == ["a/x.html*", "a/y.html"]


def test_paths_are_relative_to_the_working_directory(tmp_path: Path) -> None:
    make(tmp_path, "a/x.html", "b/y.html")
    assert seen(tmp_path / "a", "../b", "x.html", str(tmp_path / "b")) == ["../b/y.html", "x.html*"]
    assert seen(tmp_path / "a", "..") == ["../b/y.html", "x.html"]


def test_a_link_is_followed_before_what_is_above_it(tmp_path: Path) -> None:
    make(tmp_path, "far/x.html", "far/sub/y.html", "near/x.html")
    (tmp_path / "near/link").symlink_to(tmp_path / "far/sub")
    assert seen(tmp_path, "near/link/../x.html") == ["far/x.html*"]


def test_links(tmp_path: Path) -> None:
    make(tmp_path, "real/x.html", "outside.html")
    (tmp_path / "real/again").symlink_to(tmp_path / "real")
    (tmp_path / "real/link.html").symlink_to(tmp_path / "outside.html")
    (tmp_path / "real/gone.html").symlink_to("nowhere")
    (tmp_path / "named").symlink_to("real")
    assert seen(tmp_path, "real") == ["real/gone.html", "real/link.html", "real/x.html"]
    assert seen(tmp_path, "named") == ["named/gone.html", "named/link.html", "named/x.html"]
    assert seen(tmp_path, "real/link.html") == ["real/link.html*"]


def test_what_cannot_be_reached(tmp_path: Path) -> None:
    make(tmp_path, "file.html")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe.csv")
    long = "x" * 300
    assert seen(tmp_path, "absent.html", "gone", "loop", "pipe.csv", "file.html/x", long, "", "nul\0") == sorted([
        "None: an empty path leads nowhere; “.” is the current folder",
        "absent.html: no such file or directory",
        "file.html/x: not a directory",
        "gone: no such file or directory",
        "loop: circular symbolic link",
        "nul\0: is no possible path",
        "pipe.csv: is a named pipe; expected a file or a folder",
        f"{long}: file name too long",
    ], key=lambda line: line.replace("None", ""))  # fmt: skip


def test_sockets_and_devices(tmp_path: Path) -> None:
    assert seen(tmp_path, "/dev/null") == [
        f"{os.path.relpath('/dev/null', tmp_path)}: is a device; expected a file or a folder"
    ]
    short = Path(tempfile.mkdtemp())
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(short / "s"))
            assert seen(short, "s") == ["s: is a socket; expected a file or a folder"]
            assert seen(short, ".") == []
    finally:
        shutil.rmtree(short)


def test_pipes_in_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert seen(tmp_path, ".") == []


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user to whom permissions apply."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield root
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    for folder in root.rglob("*/"):
        folder.chmod(0o755)
    shutil.rmtree(root)


def become_ordinary() -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_permissions(ordinary_user: Path) -> None:
    make(ordinary_user, "open/x.html", "open/closed/y.html", "closed/z.html", "quiet/.gitignore", "quiet/a.html")
    (ordinary_user / "open/closed").chmod(0)
    (ordinary_user / "closed").chmod(0)
    (ordinary_user / "quiet/.gitignore").chmod(0)
    become_ordinary()
    assert seen(ordinary_user, "open", "closed", "closed/z.html", "quiet") == [
        "closed: cannot be read: permission denied",
        "closed/z.html: permission denied",
        "open/closed: cannot be read: permission denied",
        "open/x.html",
        "quiet/.gitignore: cannot be read: permission denied",
        "quiet/.gitignore",
        "quiet/a.html",
    ]


def test_default_excludes(tmp_path: Path) -> None:
    make(tmp_path, "x.html", "node_modules/a/x.html", "sub/.venv/x.html", ".github/x.yml", "sub/venv.html")
    assert seen(tmp_path, ".") == [".github/x.yml", "sub/venv.html", "x.html"]


def test_excludes_are_relative_to_their_file(tmp_path: Path) -> None:
    write(tmp_path / "mkt-lint.toml", 'exclude = ["/old", "*.bak.html", "!keep.bak.html"]\nextend-exclude = ["a/b/"]')
    make(tmp_path, "old/x.html", "a/old/x.html", "a/b/x.html", "a/c/b", "x.bak.html", "keep.bak.html", "venv/x.html")
    expected = ["a/c/b", "a/old/x.html", "keep.bak.html", "mkt-lint.toml", "venv/x.html"]
    assert seen(tmp_path, ".") == expected
    assert seen(tmp_path / "a", "..") == sorted(os.path.relpath(tmp_path / path, tmp_path / "a") for path in expected)


def test_the_nearest_file_decides_for_what_is_in_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "mkt-lint.toml", 'extend-exclude = ["gone", "x.html"]')
    write(tmp_path / "sub/mkt-lint.toml", 'extend-exclude = ["y.html"]')
    write(tmp_path / "gone/mkt-lint.toml", "broken")
    make(tmp_path, "x.html", "y.html", "sub/x.html", "sub/y.html", "gone/z.html")
    assert seen(tmp_path, ".") == ["mkt-lint.toml", "sub/mkt-lint.toml", "sub/x.html", "y.html"]


def test_wrong_configuration_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "sub/mkt-lint.toml", "exclude = 1")
    with pytest.raises(ConfigError) as caught:
        seen(tmp_path, ".")
    assert str(caught.value) == "sub/mkt-lint.toml:1:11: 'exclude' must be an array, not an integer"


def test_what_is_taken_back_is_the_entry_itself(tmp_path: Path) -> None:
    write(tmp_path / "mkt-lint.toml", 'extend-exclude = ["*.html", "!drafts", "!keep.html"]')
    make(tmp_path, "drafts/x.html", "drafts/keep.html", "x.html")
    assert seen(tmp_path, ".") == ["drafts/keep.html", "mkt-lint.toml"]


def test_naming_it_asks_for_it(tmp_path: Path) -> None:
    write(tmp_path / "mkt-lint.toml", 'extend-exclude = ["old/", "*.tmp"]')
    write(tmp_path / ".gitignore", "build/\n*.log\n")
    make(tmp_path, "old/x.html", "old/y.tmp", "build/sub/z.html", "build/sub/z.log", "node_modules/a/b.html")
    assert seen(tmp_path, ".") == [".gitignore", "mkt-lint.toml"]
    assert seen(tmp_path, "old/x.html", "old/y.tmp", "build/sub/z.log") == [
        "build/sub/z.log*",
        "old/x.html*",
        "old/y.tmp*",
    ]
    assert seen(tmp_path, "old", "build/sub", "node_modules") == [
        "build/sub/z.html",
        "node_modules/a/b.html",
        "old/x.html",
    ]


def test_force_exclude(tmp_path: Path) -> None:
    write(tmp_path / "mkt-lint.toml", 'extend-exclude = ["old/", "*.tmp"]')
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "sub/mkt-lint.toml", "exclude = []")
    make(tmp_path, "old/x.html", "y.tmp", "z.log", "venv/x.html", "sub/venv/x.html", "sub/y.tmp", "z.html")
    paths = [
        "old/x.html",
        "old",
        "y.tmp",
        "z.log",
        "venv/x.html",
        "sub/venv/x.html",
        "sub/y.tmp",
        "z.html",
        "gone.html",
    ]
    kept = ["gone.html: no such file or directory", "sub/venv/x.html*", "sub/y.tmp*", "z.html*", "z.log*"]
    assert seen(tmp_path, *paths, force_exclude=True) == kept
    assert seen(tmp_path / "old", "x.html", ".", force_exclude=True) == []
    assert seen(tmp_path / "sub", "../y.tmp", "../z.html", force_exclude=True) == ["../z.html*"]


def test_gitignore_with_or_without_a_repository(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "\ufeff*.log\r\n!keep.log\n/root.html\nout/\n# comment\n\n!\n\\\n[\n")
    write(tmp_path / "a/.gitignore", "!x.log\nsub.html\n")
    make(tmp_path, "x.log", "keep.log", "root.html", "out/x.html", "a/root.html", "a/x.log", "a/y.log", "a/sub.html",
         "a/b/sub.html", "a/b/x.log", "a/out/x.html", "b/out", "b/x.log", "#comment")  # fmt: skip
    expected = ["#comment", ".gitignore", "a/.gitignore", "a/b/x.log", "a/root.html", "a/x.log", "b/out", "keep.log"]
    assert seen(tmp_path, ".") == expected
    assert seen(tmp_path, "a") == [path for path in expected if path.startswith("a/")]
    (tmp_path / ".git").mkdir()
    assert seen(tmp_path, ".") == expected
    assert seen(tmp_path / "a/b", ".") == ["x.log"]
    write(tmp_path / "mkt-lint.toml", "respect-gitignore = false")
    assert "root.html" in seen(tmp_path, ".")


def test_ignored_folders_cannot_be_looked_into_again(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "out/\n!out/keep.html\nall/*\n!all/keep.html\n")
    make(tmp_path, "out/keep.html", "all/keep.html", "all/x.html")
    assert seen(tmp_path, ".") == [".gitignore", "all/keep.html"]


def test_info_exclude_and_repositories_in_each_other(tmp_path: Path) -> None:
    write(tmp_path / ".git/info/exclude", "*.secret\n")
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "module/.git/info/exclude", "*.tmp\n")
    make(tmp_path, "x.secret", "x.log", "x.tmp", "module/x.secret", "module/x.log", "module/x.tmp")
    assert seen(tmp_path, ".") == [".gitignore", "module/x.log", "module/x.secret", "x.tmp"]


def test_info_exclude_of_a_linked_work_tree(tmp_path: Path) -> None:
    write(tmp_path / "main/.git/info/exclude", "*.secret\n")
    write(tmp_path / "main/.git/worktrees/w/commondir", "../..\n")
    write(tmp_path / "w/.git", f"gitdir: {tmp_path}/main/.git/worktrees/w\n")
    make(tmp_path, "w/x.secret", "w/x.html")
    assert seen(tmp_path, "w") == ["w/x.html"]


@pytest.mark.parametrize("content", ["", "gitdir: nowhere", "gitdir: \0", "\0\n", "gitdir: " + "x" * 5000])
def test_a_git_file_that_means_nothing(content: str, tmp_path: Path) -> None:
    write(tmp_path / ".git", content)
    make(tmp_path, "x.html")
    assert seen(tmp_path, ".") == ["x.html"]


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    try:
        (tmp_path / name).touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    write(tmp_path / ".gitignore", "*.log")
    (tmp_path / os.fsdecode(b"d\xff")).mkdir()
    (tmp_path / os.fsdecode(b"d\xff") / "x.html").touch()
    assert seen(tmp_path, ".") == [".gitignore", "caf\\xe9.html", "d\\xff/x.html"]
    assert seen(tmp_path, name, os.fsdecode(b"gone\xe9")) == [
        "caf\\xe9.html*", "gone\\xe9: no such file or directory",
    ]  # fmt: skip
    (source, _) = next(iter(walk([name], Configs(tmp_path))))  # type: ignore[misc]  # it is a file
    assert source.data == b""


def test_names_that_look_like_patterns(tmp_path: Path) -> None:
    make(tmp_path, "[a].html", "a b.html", "*.html", "été.html")
    assert seen(tmp_path, "[a].html", "*.html") == ["*.html*", "[a].html*"]
    assert seen(tmp_path, ".") == ["*.html", "[a].html", "a b.html", "été.html"]


def test_deep_folders(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 1200)
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(1200):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("x.html", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    finally:
        os.close(here)
    assert seen(tmp_path, ".") == [f"{deep}/x.html"]
    # Python's own removal recurses, and would fail when pytest tidies up.
    subprocess.run(["rm", "-rf", str(tmp_path)], check=True)


def test_a_named_file_needs_no_globs(tmp_path: Path) -> None:
    make(tmp_path, "x.html")
    program = (
        "import sys; from pathlib import Path; from mkt_lint._config import Configs; from mkt_lint._files import walk\n"
        f"print(len(list(walk(['x.html'], Configs(Path({str(tmp_path)!r})), force_exclude=True))))\n"
        "print(*sorted({'tree_sitter', 'pathspec', 'tomli'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n\n"


_NAMES = st.sampled_from(["a", "b", "x.html", "y.log"])
_LINES = st.lists(
    st.sampled_from([
        "a", "a/", "/a", "b/x.html", "*.log", "!*.log", "!a", "**/b", "a/**", "!a/b/", "x.*", "/*", "!/b", "a/*/", "?",
        "[ab]", "!x.html", "**/a/b", "a/**/x.html", "\\!a", " a", "b ",
    ]),
    max_size=4,
)  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="git is what it is compared with")
@settings(max_examples=40, deadline=None)
@example({("a", "y.log", "b", "a")}, [], ["b", "!*.log"])
@example({("a", "b", "x.html"), ("a", "a")}, ["a/**", "!a/b/", "!x.html"], [])
@given(st.sets(st.lists(_NAMES, min_size=1, max_size=4).map(tuple), max_size=8), _LINES, _LINES)
def test_gitignore_as_git_reads_it(names: set[tuple[str, ...]], top: list[str], inner: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in sorted(names, key=len, reverse=True):
            file = root.joinpath(*name)
            if not file.exists() and not any(parent.is_file() for parent in file.parents):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
        write(root / ".gitignore", "\n".join(top))
        if (root / "a").is_dir():
            write(root / "a/.gitignore", "\n".join(inner))
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", "init", "-q", folder], check=True, env=environment)
        listed = subprocess.run(
            ["git", "-C", folder, "ls-files", "--others", "--exclude-standard", "-z"],
            check=True, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert seen(root, ".") == sorted(filter(None, listed.stdout.split("\0")))
