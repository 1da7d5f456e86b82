"""A derivation as JSON: the same tree as the text. A rule that occurs again is only referred to."""

from __future__ import annotations

from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation
from engine.explain.labels import Labels
from engine.explain.notes import FactNote, fact_notes, parameter_notes
from engine.explain.outline import outline
from engine.facts.sheet import Observation
from engine.language.values import Unknown
from engine.messages import Lang
from engine.project.comparison import owner
from engine.project.policy import Policy
from engine.wording.comparisons import standing_object
from engine.wording.json_text import dumps
from engine.wording.words import choice_value, plain, supplier_of, truth_token


def tree_json(tree: DerivationTree, lang: Lang) -> str:
    """``{"policy", "engine", "as_of", "unit", "classification", "subject", "derivation"}``"""
    return dumps(tree_object(tree, lang), indent=1)


def tree_object(tree: DerivationTree, lang: Lang) -> dict[str, object]:
    """The object that ``tree_json`` writes."""
    evaluation = tree.evaluation
    program = evaluation.program
    return {
        "policy": {"id": program.policy.id, "digest": program.policy.digest},
        "engine": evaluation.engine,
        "as_of": program.as_of.isoformat(),
        "unit": {"id": evaluation.sheet.unit, "name": evaluation.sheet.name, "kind": evaluation.kind},
        "classification": evaluation.classification,
        "subject": tree.subject,
        "derivation": derivation_object(tree, lang),
    }


def derivation_object(tree: DerivationTree, lang: Lang) -> dict[str, object]:
    """The tree alone."""
    program = tree.evaluation.program
    return _Writer(program.policy, Labels(outline(program), lang), lang).root(tree)


class _Writer:
    def __init__(self, policy: Policy, labels: Labels, lang: Lang) -> None:
        self._policy = policy
        self._labels = labels
        self._lang: Lang = lang
        self._told: set[str] = set()

    def root(self, tree: DerivationTree) -> dict[str, object]:
        root = tree.root
        return self._table(root) if isinstance(root, TableDerivation) else self._node(root)

    def _table(self, found: TableDerivation) -> dict[str, object]:
        table = found.outline.table
        return {
            "kind": "table",
            "table": table.id,
            "label": table.name[self._lang],
            "hit_policy": table.hit_policy,
            "choice": choice_value(found.choice),
            "clause": self._clause(table.clause),
            "rows": [
                {"outcome": row.then, "clause": self._clause(row.clause), **self._node(node)}
                for node, (_, row) in zip(found.rows, found.outline.rows, strict=True)
            ],
        }

    def _node(self, node: DerivationNode) -> dict[str, object]:
        point, rule = node.point, node.point.rule
        found: dict[str, object] = {
            "kind": "test" if point.kind == "leaf" else point.kind,
            "truth": truth_token(node.truth),
            "label": self._labels.label(point),
        }
        if rule is not None:
            found["rule"] = rule.id
            if rule.id in self._told:
                return {**found, "shown_above": True}
            self._told.add(rule.id)
            found["clause"] = self._clause(rule.clause)
            found["condition"] = self._labels.condition(point)
            if rule.version is not None:
                found["version"] = {
                    "since": plain(rule.version.start),
                    "in_force": rule.version.when is not None,
                    "clause": rule.version.clause,
                    "reason": None if rule.version.reason is None else rule.version.reason[self._lang],
                    "made": plain(rule.version.made),
                    "retroactive": rule.version.retroactive,
                }
        if point.kind == "at_least":
            found["need"] = point.need
        if point.leaf is not None:
            found["facts"] = [self._fact(note) for note in fact_notes(node)]
        parameters = parameter_notes(node)
        if parameters:
            found["parameters"] = [
                {
                    "parameter": note.parameter.id,
                    "name": note.parameter.name[self._lang],
                    "value": plain(note.value),
                    "basis": note.parameter.basis,
                    "reason": note.parameter.reason[self._lang],
                    "clause": note.parameter.clause,
                    "since": plain(note.since),
                }
                for note in parameters
            ]
        if node.truth is None:
            found["unknown"] = list(node.unknown_facts)
        if node.firings:
            found["firings"] = [
                {"rule": firing.rule, "matched": [str(literal) for literal in firing.matched]}
                for firing in node.firings
            ]
        if node.hidden:
            found["hidden"] = node.hidden
        found["inputs"] = [self._node(child) for child in node.inputs]
        return found

    def _clause(self, id_: str) -> dict[str, object]:
        clause = self._policy.clauses[id_]
        return {
            "id": id_,
            "title": clause.title[self._lang],
            "summary": clause.summary[self._lang],
            "passage": clause.passage,
        }

    def _fact(self, note: FactNote) -> dict[str, object]:
        found: dict[str, object] = {
            "fact": note.fact,
            "known": not isinstance(note.value, Unknown),
            "reason": note.reason,
            "supplier": supplier_of(self._policy, note.fact),
            "values": [_observation(observation) for observation in note.observations],
        }
        if note.standing is not None:
            comparison = owner(note.fact, self._policy.comparisons.values())
            found["standing"] = standing_object(comparison, note.standing)
        if note.fact in (*self._policy.derived, *self._policy.compared) and not isinstance(
            note.value, Unknown
        ):
            found["value"] = plain(note.value)
        if note.fact in self._policy.registers:
            if note.empty is not None:
                found["no_rows"] = {"where": str(note.empty), "observed": plain(note.reported)}
            found["rows"] = [
                {
                    "row": row.number,
                    "counted": truth_token(row.counted),
                    "where": str(row.row.source),
                    "cells": {id_: _observation(cell) for id_, cell in row.row.cells.items()},
                }
                for row in note.rows
            ]
        return found


def _observation(observation: Observation) -> dict[str, object]:
    return {
        "value": plain(observation.value) if observation.readable else None,
        "written": observation.raw,
        "where": str(observation.source),
        "observed": plain(observation.observed),
        "by": observation.supplier,
    }
