#!/usr/bin/env python3
"""Archives the contents of a folder in a zip file that depends on names, contents and execute permissions only.

Usage: zip_folder.py FOLDER FILE. All times are SOURCE_DATE_EPOCH. COMPRESSION_LEVEL is described in .ci/packaging/build.
"""

import os
import stat
import sys
import time
import zipfile
from pathlib import Path


def add_file(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add a file under a name, with the permissions 755 or 644."""
    entry = zipfile.ZipInfo(name, time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6])
    executable = path.stat().st_mode & stat.S_IXUSR
    entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
    entry.create_system = 3  # Unix, which has permissions.
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes(), compresslevel=int(os.environ.get("COMPRESSION_LEVEL") or 9))


def zip_folder(folder: Path, file: Path) -> None:
    """Archive all files below a folder, in the order of their names."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            add_file(archive, folder / name, name)


if __name__ == "__main__":
    zip_folder(Path(sys.argv[1]), Path(sys.argv[2]))
