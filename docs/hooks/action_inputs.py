"""The inputs and outputs of the GitHub action, from its `action.yml`."""

from __future__ import annotations

import yaml


def action_inputs(text: str) -> str:
    """A table of inputs and one of outputs, in Markdown."""
    action = yaml.safe_load(text)
    inputs = ["| input | default | what it is |", "| --- | --- | --- |"]
    inputs += [
        f"| `{name}` | {_code(item['default'])} | {item['description']} |" for name, item in action["inputs"].items()
    ]
    outputs = ["| output | what it is |", "| --- | --- |"]
    outputs += [f"| `{name}` | {item['description']} |" for name, item in action["outputs"].items()]
    return "\n".join(inputs) + "\n\n" + "\n".join(outputs)


def _code(default: str) -> str:
    return f"`{default}`" if default else "none"
