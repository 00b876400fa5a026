"""Reads the recipes of docs/ci.md: for each code block, the scripts that the CI system executes, with their environment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

# Steps that prepare a machine of the CI system. The machine of the test is prepared.
PREPARATIONS = ("actions/checkout@", "actions/setup-dotnet@", "actions/setup-node@", "actions/setup-python@", "UseDotNet@")


@dataclass
class Recipe:
    """One code block."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    # Scripts, each of which runs in a shell of its own.
    scripts: list[str] = field(default_factory=list)
    # Image, host name and health check of the service container.
    image: str | None = None
    host: str = "localhost"
    healthcheck: str | None = None


def read_recipes(page: Path) -> list[Recipe]:
    """Read all code blocks of the page; the heading and the comment in the first lines name them."""
    recipes = []
    heading = ""
    for match in re.finditer(r"^#{2,3} ([^\n]*)$|^```(yaml|sh)\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL):
        title, language, block = match.groups()
        if title:
            heading = title
        else:
            file = re.search(r"^# (\S+)$", block, re.MULTILINE).group(1)
            recipes.append(_read(f"{heading}: {file}", file, language, block))
    return recipes


def _read(name: str, file: str, language: str, block: str) -> Recipe:
    recipe = Recipe(name)
    if language == "sh":
        recipe.scripts.append(block)
    elif file.startswith(".github/"):
        _read_github(yaml.safe_load(block), recipe)
    elif file == ".gitlab-ci.yml":
        _read_gitlab(yaml.safe_load(block), recipe)
    elif file == "azure-pipelines.yml":
        _read_azure(yaml.safe_load(block), recipe)
    else:
        raise ValueError(f"{name} is not a file of a known CI system.")
    return recipe


def _read_github(document: dict, recipe: Recipe) -> None:
    (job,) = document["jobs"].values()
    recipe.environment.update(job.get("env", {}))
    for service in job.get("services", {}).values():
        recipe.image = service["image"]
        recipe.healthcheck = re.search(r'--health-cmd "(.*?)"', service["options"]).group(1)
        assert service["ports"] == ["5080:5080"], service["ports"]
    _read_steps(job["steps"], "uses", ("run",), recipe)


def _read_gitlab(document: dict, recipe: Recipe) -> None:
    (job,) = document.values()
    recipe.environment.update(job.get("variables", {}))
    for service in job.get("services", []):
        recipe.image, recipe.host = service["name"], service["alias"]
    # GitLab runs both lists in one shell, and after_script in another.
    recipe.scripts.append("\n".join(job.get("before_script", []) + job["script"]))
    recipe.scripts.extend("\n".join(job[name]) for name in ["after_script"] if name in job)


def _read_azure(document: dict, recipe: Recipe) -> None:
    recipe.environment.update(document.get("variables", {}))
    _read_steps(document["steps"], "task", ("script", "bash"), recipe)


def _read_steps(steps: list[dict], preparation: str, script: tuple[str, ...], recipe: Recipe) -> None:
    for step in steps:
        if preparation in step:
            assert step[preparation].startswith(PREPARATIONS), f"Unknown step: {step[preparation]}"
        else:
            recipe.scripts.append(next(step[name] for name in script if name in step))
