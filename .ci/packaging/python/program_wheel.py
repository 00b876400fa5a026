#!/usr/bin/env python3
"""Builds the wheel ews-im of one system, which contains the program and the module ews_im.

Usage: program_wheel.py PLATFORM PROGRAM FOLDER VERSION. PLATFORM is that of the file "systems".
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from zip_folder import zip_folder  # noqa: E402

METADATA = """\
Metadata-Version: 2.1
Name: ews-im
Version: {version}
Summary: A local server with the contact store of Exchange, for the development and test of EWS clients.
Author: The Ews.ImService authors
License: MIT
Keywords: exchange,ews,unified-contact-store,instant-messaging,testing,mock,fake
Classifier: Development Status :: 4 - Beta
Classifier: Intended Audience :: Developers
Classifier: License :: OSI Approved :: MIT License
Classifier: Topic :: Software Development :: Testing :: Mocking
Requires-Python: >=3.9
Description-Content-Type: text/markdown

{readme}"""

WHEEL = """\
Wheel-Version: 1.0
Generator: ews-im
Root-Is-Purelib: false
Tag: py3-none-{platform}
"""


def python_version(version: str) -> str:
    """Return the form of a semantic version in Python, such as 1.0.0b1 for 1.0.0-beta.1."""
    match = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?", version)
    if not match:
        raise SystemExit(f"The version {version} has no equivalent in Python. Use a pre-release label such as beta.1.")
    number, label, count = match.groups()
    return number if label is None else number + {"alpha": "a", "beta": "b", "rc": "rc"}[label] + count


def wheel_platform(platform: str, program: Path) -> str:
    """Complete the platform manylinux with the version of glibc that the program needs."""
    if not platform.startswith("manylinux"):
        return platform
    glibc = subprocess.check_output([HERE.parent / "glibc-version", program], text=True).strip()
    return platform.replace("manylinux", "manylinux_" + glibc.replace(".", "_"))


def write_record(folder: Path, information: Path) -> None:
    """Write the list of all files with their hashes."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path.relative_to(folder).as_posix()},sha256={digest},{len(content)}\n")
    record = information / "RECORD"
    record.write_text("".join(lines) + f"{record.relative_to(folder).as_posix()},,\n")


def build(platform: str, program: Path, target: Path, version: str) -> None:
    """Build the wheel."""
    version = python_version(version)
    platform = wheel_platform(platform, program)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        shutil.copytree(HERE / "ews_im", folder / "ews_im", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(program, folder / "ews_im" / "program")
        information = folder / f"ews_im-{version}.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(METADATA.format(version=version, readme=(HERE / "README.md").read_text()))
        (information / "WHEEL").write_text(WHEEL.format(platform=platform))
        (information / "entry_points.txt").write_text("[console_scripts]\news-im = ews_im.__main__:main\n")
        write_record(folder, information)
        zip_folder(folder, target / f"ews_im-{version}-py3-none-{platform}.whl")


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
