"""Prints the branch coverage of parts of the service from the JSON results of coverlet.

A branch is covered if any of the results contains a hit. Code that the compiler generated into "obj" is not counted.
"""

import json
import sys
from collections import Counter
from pathlib import Path

REQUIRED = 92.0

SOURCE = Path(__file__).resolve().parents[2] / "src"

# Each part with its folders; a file belongs to the first part that matches.
PARTS = {
    "reader": [
        "Ews.ImService.Protocol/Soap", "Ews.ImService.Protocol/Xml", "Ews.ImService.Protocol/Schema", "Ews.ImService.Protocol/Http",
    ],
    "ids": ["Ews.ImService.Mailbox/Ids"],
    "rules": ["Ews.ImService.Mailbox"],
    "store": ["Ews.ImService.Storage"],
    "sign-in": ["Ews.ImService.Protocol/SignIn"],
}


def read_branches(results: Path) -> Counter:
    """Returns the hits of each branch: (file below src, line, method, offset, path, ordinal)."""
    hits: Counter = Counter()
    for result in results.rglob("coverage.json"):
        for files in json.loads(result.read_text()).values():
            for file, classes in files.items():
                path = Path(file)
                if not path.is_relative_to(SOURCE) or "obj" in path.parts:
                    continue
                for methods in classes.values():
                    for method, details in methods.items():
                        for branch in details["Branches"]:
                            place = branch["Line"], method, branch["Offset"], branch["Path"], branch["Ordinal"]
                            hits[(path.relative_to(SOURCE).as_posix(), *place)] += branch["Hits"]
    return hits


def part_of(file: str) -> str | None:
    return next((part for part, folders in PARTS.items() if any(file.startswith(folder + "/") for folder in folders)), None)


def main() -> int:
    branches = read_branches(Path(sys.argv[1]))
    total, covered, uncovered = Counter(), Counter(), Counter()
    for (file, line, *_), hits in branches.items():
        part = part_of(file)
        if part is None:
            continue
        total[part] += 1
        if hits > 0:
            covered[part] += 1
        else:
            uncovered[(part, file, line)] += 1

    if missing := PARTS.keys() - total.keys():
        print(f"There are no results of {', '.join(sorted(missing))}.", file=sys.stderr)
        return 1

    for (part, file, line), count in sorted(uncovered.items()):
        text = (SOURCE / file).read_text(encoding="utf-8-sig").splitlines()[line - 1].strip()
        print(f"{part}: {file}:{line}: {count} uncovered: {text}")
    print()
    print("| part | branches | covered | coverage |")
    print("|---|---|---|---|")
    for part in PARTS:
        print(f"| {part} | {total[part]} | {covered[part]} | {100 * covered[part] / total[part]:.1f} % |")
    return 0 if all(100 * covered[part] >= REQUIRED * total[part] for part in PARTS) else 1


if __name__ == "__main__":
    sys.exit(main())
