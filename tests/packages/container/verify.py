#!/usr/bin/env python3
"""Verifies the definition of the container image, and unpacks it.

Usage: verify.py IMAGE VERSION PAGE. IMAGE is a folder with the unpacked archive, whose layers are unpacked into IMAGE/root. PAGE is
docs/container.md. Prints command, environment, user and health check as JSON.
"""

import json
import re
import sys
import tarfile
from pathlib import Path

USER = "1654"


def read_blob(image: Path, descriptor: dict) -> Path:
    """Return the path of a blob."""
    return image / "blobs" / descriptor["digest"].replace(":", "/")


def require(condition: bool, message: str) -> None:
    """Exit with a message unless a condition is true."""
    if not condition:
        raise SystemExit(message)


def verify(config: dict, version: str) -> None:
    """Verify user, port, environment and labels."""
    definition = config["config"]
    require(definition["User"] == USER, f"The user is {definition['User']}.")
    require(list(definition["ExposedPorts"]) == ["5080/tcp"], f"The ports are {definition['ExposedPorts']}.")
    for variable in ("EWSIM_urls=http://+:5080", "EWSIM_Storage__Path=:memory:"):
        require(variable in definition["Env"], f"{variable} is not set.")
    expected = {"title": "Ews.ImService", "version": version, "licenses": "MIT"}
    for name, value in expected.items():
        label = definition["Labels"].get(f"org.opencontainers.image.{name}")
        require(label == value, f"The label {name} is {label}.")
    require("org.opencontainers.image.description" in definition["Labels"], "There is no description.")


def unpack(image: Path, layers: "list[dict]") -> None:
    """Unpack the layers, and verify that they contain the service, its libraries and their licenses."""
    names = set()
    for layer in layers:
        with tarfile.open(read_blob(image, layer)) as archive:
            names.update(member.name for member in archive)
            archive.extractall(image / "root")
    for name in ("Ews.ImService.dll", "Ews.ImService.runtimeconfig.json", "libe_sqlite3.so", "LICENSE", "third-party.md"):
        require(f"app/{name}" in names, f"The image does not contain /app/{name}.")
    foreign = [name for name in names if not re.match(r"app(/|$)|home(/|$)", name)]
    require(not foreign, f"The image contains {foreign}.")


def main(image: Path, version: str, page: Path) -> None:
    """Verify and unpack the image."""
    index = json.loads((image / "index.json").read_text())
    manifest = json.loads(read_blob(image, index["manifests"][0]).read_text())
    config = json.loads(read_blob(image, manifest["config"]).read_text())
    verify(config, version)
    unpack(image, manifest["layers"])
    healthcheck = json.loads(re.search(r'test: (\["CMD", .*\])', page.read_text()).group(1))[1:]
    print(json.dumps({
        "command": config["config"]["Entrypoint"] + (config["config"].get("Cmd") or []),
        "folder": config["config"]["WorkingDir"],
        "environment": config["config"]["Env"],
        "user": config["config"]["User"],
        "healthcheck": healthcheck,
    }))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
