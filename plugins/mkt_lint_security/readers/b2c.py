"""Custom policies of Azure AD B2C: predicates for a new password."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.pattern import read_pattern
from mkt_lint_security.readers.values import only, whole_number, word

_SETS = {
    "a-z": CharacterClass.LOWERCASE,
    "A-Z": CharacterClass.UPPERCASE,
    "0-9": CharacterClass.DIGIT,
}


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """Each `PredicateValidation`, with the predicates that its groups refer to."""
    blocks = only(root.get("BuildingBlocks"))
    listed = only(blocks.get("Predicates")) if blocks is not None else None
    validations = only(blocks.get("PredicateValidations")) if blocks is not None else None
    if listed is None or validations is None:
        return
    predicates = {word(node.get("@Id")): node for node in _all(listed, "Predicate")}
    for validation in _all(validations, "PredicateValidation"):
        groups = only(validation.get("PredicateGroups"))
        used = [
            (references, [predicates[name] for name in names if name in predicates])
            for group in (_all(groups, "PredicateGroup") if groups is not None else ())
            if (references := only(group.get("PredicateReferences"))) is not None
            for names in [[word(node.get("@Id")) for node in _all(references, "PredicateReference")]]
        ]
        if any(word(node.get("@Method")) == "IsLengthRange" for _, found in used for node in found):
            yield _policy(validation, used)


def _all(parent: Node, name: str) -> list[Node]:
    found = parent.get(name)
    return list(found.items) if found is not None else []


def _policy(validation: Node, groups: list[tuple[Node, list[Node]]]) -> PasswordPolicy:
    draft = Draft("azure-b2c", validation)
    draft.put_nothing("min_classes")
    draft.put_nothing("max_length")
    for references, predicates in groups:
        least = references.get("@MatchAtLeast")
        needed = whole_number(least) if least is not None else len(predicates)
        classes = [(cls, node) for node in predicates if (cls := _class_of(node))]
        for node in predicates:
            if word(node.get("@Method")) == "IsLengthRange":
                draft.number("min_length", _parameter(node, "Minimum"))
                draft.number("max_length", _parameter(node, "Maximum"))
        if needed is not None and needed >= len(predicates):
            for cls, node in classes:
                draft.require_here(cls, node.span)
        elif classes and least is not None:
            draft.put("min_classes", Setting(needed, least.span, identity=least.path))
    return draft.done()


def _parameter(predicate: Node, name: str) -> Node | None:
    parameters = only(predicate.get("Parameters"))
    for parameter in _all(parameters, "Parameter") if parameters is not None else ():
        if word(parameter.get("@Id")) == name:
            return parameter.get("#text")
    return None


def _class_of(predicate: Node) -> CharacterClass | None:
    """The class that a predicate asks for, if it is one that asks for a class."""
    match word(predicate.get("@Method")):
        case "IncludesCharacters":
            characters = _parameter(predicate, "CharacterSet")
            text = word(characters) or ""
            return _SETS.get(text, CharacterClass.SYMBOL if text else None)
        case "MatchesRegex":
            expression = _parameter(predicate, "RegularExpression")
            found = read_pattern(str(expression.value)) if expression is not None else None
            return next(iter(found.classes), None) if found is not None and len(found.classes) == 1 else None
    return None
