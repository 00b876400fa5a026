#!/usr/bin/env python3
"""Serves one container image, as a base image for tests: an empty file system with the user of the .NET images.

Usage: registry.py PORT_FILE. The port of 127.0.0.1 is written to the file; the image is dotnet/aspnet:10.0.
"""

import gzip
import hashlib
import io
import json
import os
import platform
import sys
import tarfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip"


def digest(content: bytes) -> str:
    """Return the name of a blob."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def create_layer() -> bytes:
    """Create the file system of the image: the home directory of its user."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        home = tarfile.TarInfo("home/app")
        home.type, home.mode, home.uid, home.gid = tarfile.DIRTYPE, 0o755, 1654, 1654
        archive.addfile(home)
    return buffer.getvalue()


def create_image() -> "tuple[bytes, dict[str, bytes]]":
    """Create manifest and blobs of the image."""
    layer = create_layer()
    compressed = gzip.compress(layer, mtime=0)
    config = json.dumps({
        "architecture": "amd64" if platform.machine() == "x86_64" else "arm64",
        "os": "linux",
        "config": {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "APP_UID=1654"]},
        "rootfs": {"type": "layers", "diff_ids": [digest(layer)]},
        "history": [{"created_by": "the base image"}],
    }).encode()
    manifest = json.dumps({
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "config": {"mediaType": CONFIG_TYPE, "digest": digest(config), "size": len(config)},
        "layers": [{"mediaType": LAYER_TYPE, "digest": digest(compressed), "size": len(compressed)}],
    }).encode()
    return manifest, {digest(config): config, digest(compressed): compressed}


class Registry(BaseHTTPRequestHandler):
    """The part of the OCI distribution API that reads an image."""

    manifest, blobs = create_image()

    def do_GET(self) -> None:
        """Send a manifest or a blob."""
        name = self.path.rsplit("/", 1)[-1]
        if self.path == "/v2/":
            self.send(b"{}", "application/json")
        elif self.path == "/v2/dotnet/aspnet/manifests/10.0" or name == digest(self.manifest):
            self.send(self.manifest, MANIFEST_TYPE)
        elif name in self.blobs:
            self.send(self.blobs[name], "application/octet-stream")
        else:
            self.send_error(404)

    do_HEAD = do_GET

    def send(self, content: bytes, media_type: str) -> None:
        """Send a response."""
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Docker-Content-Digest", digest(content))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Do not log requests."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    with open(sys.argv[1] + ".new", "w") as port_file:
        port_file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
