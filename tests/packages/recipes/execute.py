"""Executes the scripts of one recipe in the current folder.

Usage: execute.py DOCS NUMBER. PACKAGES names the folder with the packages, and VERSION is their version.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from recipes import Recipe, read_recipes

RELEASE = re.compile(r"https://github\.com/OWNER/ews-imservice/releases/download/v([^/\s\"]+)")


def start_service_container(recipe: Recipe, packages: Path, version: str, docs: Path) -> None:
    """Start the program with the environment of the image, because this machine has no container engine."""
    assert recipe.image.endswith(f"/ews-imservice:{version}"), recipe.image
    command = json.loads(re.search(r'test: (\["CMD", .*\])', (docs / "container.md").read_text()).group(1))[1:]
    assert recipe.healthcheck in (None, " ".join(command)), recipe.healthcheck
    with open("/etc/hosts", "a") as hosts:
        hosts.write(f"127.0.0.1 {recipe.host}\n")
    system = "linux-x64" if platform.machine() == "x86_64" else "linux-arm64"
    archive = packages / f"ews-im-{version}-{system}.tar.gz"
    folder = Path(os.environ["HOME"]) / "image"
    folder.mkdir()
    subprocess.check_call(["tar", "-xzf", archive, "-C", folder, "--strip-components=1"])
    program = folder / "bin" / "ews-im"
    environment = {**os.environ, "EWSIM_urls": "http://+:5080", "EWSIM_Storage__Path": ":memory:"}
    subprocess.Popen([program, "serve"], env=environment)
    subprocess.check_call([program, "healthcheck", "--wait", "30"])


def execute(script: str, environment: "dict[str, str]", packages: Path, version: str) -> None:
    """Execute a script, whose downloads come from the folder with the packages."""
    assert all(stated in (version, "$version") for stated in RELEASE.findall(script)), script
    script = RELEASE.sub(packages.as_uri(), script)
    Path("script.sh").write_text(script)
    print(f"--- {script}", flush=True)
    subprocess.check_call(["bash", "-eo", "pipefail", "script.sh"], env={**os.environ, **environment}, timeout=300)


def main(docs: Path, number: int, packages: Path, version: str) -> None:
    """Execute all scripts of the recipe. Those that run only after a failure run too: they must also work."""
    recipe = read_recipes(docs / "ci.md")[number]
    assert shutil.which("ews-im") is None or not recipe.scripts, "ews-im is already installed."
    if recipe.image:
        start_service_container(recipe, packages, version, docs)
    environment = {name: RELEASE.sub(packages.as_uri(), str(value)) for name, value in recipe.environment.items()}
    for script in recipe.scripts:
        execute(script, environment, packages, version)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(os.environ["PACKAGES"]), os.environ["VERSION"])
