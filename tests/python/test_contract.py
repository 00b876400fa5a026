"""The generated types of the control API."""

import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "src" / "pytest-ews-im"


def test_contract_is_current():
    command = [sys.executable, SOURCES / "generate_contract.py", "--print"]

    generated = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()

    committed = (SOURCES / "ews_im_testing" / "contract.py").read_text("utf-8")
    assert generated == committed, "Run src/pytest-ews-im/generate_contract.py."
