"""Links comparisons between units: their names before anything may use them, their content when all rules are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.language import Boolean, Number, String, Type, check, free_names, substitute
from engine.language.syntax import Expr, Literal
from engine.project.comparison import Comparison, Quota, Rank, Share, last_name, of_name
from engine.project.comparison_models import ComparisonModel, ComparisonsFile
from engine.project.conditions import ConditionReader
from engine.project.expressions import template
from engine.project.files import ProjectFile
from engine.project.link_vocabulary import as_text, note_of
from engine.project.policy import UNIT_KIND, DerivedFact, Fact, Rule, Text, findings_in
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.texts import shown
from engine.project.usage import condition_names
from engine.project.yaml import Document

FORMS = ("rank", "share", "quota")
#: The keys of each form besides its own, and which of them it must have.
_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rank": (("among", "order", "ties"), ("order", "ties")),
    "share": (("among",), ()),
    "quota": (
        ("end", "part", "rounding", "ties", "at least", "at most"),
        ("end", "part", "rounding", "ties"),
    ),
}
_TIES = {"rank": ("better place", "worse place", "no gaps"), "quota": ("in", "out")}
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[%％]")


class ComparisonLinker:
    """Links all files of comparisons; first ``declare``, then, after the rules, ``link``."""

    def __init__(
        self, files: Iterable[ProjectFile], scope: Scope, refs: References, report: Reporter
    ) -> None:
        self._scope = scope
        self._refs = refs
        self._report = report
        self._pending: dict[str, tuple[Document, Path, ComparisonModel, str]] = {}
        self._files = [file for file in files if isinstance(file.model, ComparisonsFile)]

    def declare(self) -> dict[str, Fact]:
        """Makes the names known that comparisons give, and returns them as facts that the engine computes."""
        found: dict[str, Fact] = {}
        for file in self._files:
            assert isinstance(file.model, ComparisonsFile)
            for i, model in enumerate(file.model.comparisons):
                path: Path = ("comparisons", i)
                form = self._form(file.document, path, model)
                if form is None:
                    self._lost(model)
                    continue
                facts = facts_of(model, form)
                free = [self._claim(file.document, path, fact) for fact in facts]  # every clash is reported
                if all(free):
                    self._pending[model.id] = (file.document, path, model, form)
                    found |= {fact.id: fact for fact in facts}
                    self._scope.compared |= {fact.id: fact for fact in facts}
                    if form == "rank":
                        self._scope.ranks.add(model.id)
        return found

    def link(self, rules: Mapping[str, Rule], derived: Mapping[str, DerivedFact]) -> dict[str, Comparison]:
        """The comparisons in the order of their clauses. None may rest on another, except a quota on its ranking."""
        found: dict[str, Comparison] = {}
        ranks_first = sorted(self._pending.items(), key=lambda item: item[1][3] == "quota")
        for id_, (document, path, model, form) in ranks_first:
            self._refs.clause(document, (*path, "clause"), model.clause, executed=True)
            reader = ConditionReader(document, self._scope, self._report)
            among = self._among(document, path, model, derived)
            made: Rank | Share | Quota | None
            if form == "rank":
                made = self._rank(reader, path, model)
            elif form == "share":
                condition = reader.condition(model.share, (*path, "share"))
                made = None if condition is None else Share(condition)
            else:
                made = self._quota(reader, path, model)
                if made is not None and made.rank in found:
                    among = found[made.rank].among
            if made is None or among is None:
                continue
            location = document.value_location((*path, "id"))
            found[id_] = Comparison(
                id_, as_text(model.name), model.clause, among, made, location, note_of(model.note)
            )
        self._check_rests(found, rules, derived)
        order = {clause: i for i, clause in enumerate(self._refs.clauses)}
        listed = sorted(found.values(), key=lambda c: (order.get(c.clause, len(order)), c.id))
        return {comparison.id: comparison for comparison in listed}

    # ------------------------------------------------------------------------------------------------- names

    def _claim(self, document: Document, path: Path, fact: Fact) -> bool:
        free = self._refs.claim(document, path, fact.id, fact.name.zh)
        if free:
            self._scope.add(fact.id, fact.name.zh, fact.language_type)
        return free

    def _lost(self, model: ComparisonModel) -> None:
        """What an unusable comparison would be called is no error elsewhere."""
        names = {model.id, model.name.zh.strip(), of_name(model.id), last_name(model.id)}
        self._scope.broken |= names
        self._refs.broken |= names
        self._scope.types |= {name: Type() for name in sorted(names - self._scope.types.keys())}

    def _form(self, document: Document, path: Path, model: ComparisonModel) -> str | None:
        """Which of the three it is; None, after reporting it, if its keys do not go together."""
        data = model.model_dump(by_alias=True, exclude_unset=True)
        given = [form for form in FORMS if data.get(form) is not None]
        if len(given) != 1:
            if given:
                self._report.at_key(document, (*path, given[1]), "comparison-two-forms", found=given[1])
            else:
                self._report.at_value(document, (*path, "id"), "comparison-no-form", found=model.id)
            return None
        (form,) = given
        allowed, needed = _KEYS[form]
        fits = True
        for key in data:
            if key not in ("id", "name", "clause", "note", form, *allowed):
                self._report.at_key(
                    document,
                    (*path, key),
                    "comparison-stray-key",
                    found=key,
                    form=form,
                    keys=_listed(allowed),
                )
                fits = False
        for key in needed:
            if data.get(key) is None:
                self._report.at_key(document, (*path, form), f"comparison-needs-{key}", form=form)
                fits = False
        ties = data.get("ties")
        if ties is not None and form in _TIES and ties not in _TIES[form]:
            self._report.at_value(document, (*path, "ties"), f"comparison-ties-{form}", found=ties)
            fits = False
        return form if fits else None

    # ----------------------------------------------------------------------------------------------- content

    def _among(
        self, document: Document, path: Path, model: ComparisonModel, derived: Mapping[str, DerivedFact]
    ) -> tuple[str, ...] | None:
        found: list[str] = []
        for i, name in enumerate(model.among):
            at: Path = (*path, "among", i) if isinstance(_at(document, path), list) else (*path, "among")
            id_ = self._scope.canonical.get(name)
            known = (UNIT_KIND, *self._scope.facts, *derived)
            if id_ is None or (id_ not in known and id_ not in self._scope.broken):
                names = [n for n, one in self._scope.canonical.items() if one in known]
                self._refs.unknown(document, at, "unknown-fact", name, names)
                return None
            if not isinstance(self._scope.types[id_], String | Boolean):
                self._report.at_value(document, at, "comparison-among", found=name)
                return None
            found.append(id_)
        return tuple(found)

    def _rank(self, reader: ConditionReader, path: Path, model: ComparisonModel) -> Rank | None:
        assert model.rank is not None and model.ties in ("better place", "worse place", "no gaps")
        value = reader.expression(model.rank, (*path, "rank"), Number())
        if value is None:
            return None
        return Rank(value, model.order == "highest first", model.ties)

    def _quota(self, reader: ConditionReader, path: Path, model: ComparisonModel) -> Quota | None:
        assert model.quota is not None and model.end and model.rounding and model.ties in ("in", "out")
        rank = self._scope.canonical.get(model.quota)
        if rank not in self._scope.ranks or rank is None:
            names = [n for n, id_ in self._scope.canonical.items() if id_ in self._scope.ranks]
            self._refs.unknown(reader.document, (*path, "quota"), "unknown-ranking", model.quota, names)
            return None
        part = self._part(reader, model.part, (*path, "part"))
        least = self._places(reader, model.at_least, (*path, "at least"))
        most = self._places(reader, model.at_most, (*path, "at most"))
        if part is None or least is False or most is False:
            return None
        assert not isinstance(least, bool) and not isinstance(most, bool)
        if isinstance(least, Literal) and isinstance(most, Literal) and least.value > most.value:  # type: ignore[operator]
            self._report.at_value(
                reader.document,
                (*path, "at most"),
                "quota-most-below-least",
                found=most.value,
                least=least.value,
            )
            return None
        return Quota(rank, model.end, part, model.rounding, model.ties, least, most)

    def _part(self, reader: ConditionReader, data: Any, path: Path) -> Expr | None:
        """``10%``, a number from 0 to 1, or an expression over parameters; one whose unit is % counts in hundredths."""
        value: Decimal | None = None
        if isinstance(data, str) and (percent := _PERCENT.fullmatch(data.strip())):
            value = Decimal(percent[1]).scaleb(-2)
        elif isinstance(data, int | Decimal) and not isinstance(data, bool):
            value = Decimal(data)
        if value is not None:
            if not 0 <= value <= 1:
                self._report.at_value(reader.document, path, "quota-part", found=shown(data))
                return None
            return Literal(value)
        if not isinstance(data, str):
            self._report.at_value(reader.document, path, "quota-part", found=shown(data))
            return None
        found = self._over_parameters(reader, data, path)
        if found is None:
            return None
        type_, _ = check(found, self._scope.types)
        if isinstance(type_, Number) and type_.unit in ((("%", 1),), (("％", 1),)):
            return substitute(template("p / 100"), {"p": found})
        return found

    def _places(self, reader: ConditionReader, data: Any, path: Path) -> Expr | bool | None:
        """A number of places, or an expression over parameters; None if none is given, False after an error."""
        if data is None:
            return None
        if isinstance(data, int) and not isinstance(data, bool):
            if data < 0:
                self._report.at_value(reader.document, path, "quota-places", found=shown(data))
                return False
            return Literal(Decimal(data))
        if not isinstance(data, str):
            self._report.at_value(reader.document, path, "quota-places", found=shown(data))
            return False
        return self._over_parameters(reader, data, path) or False

    def _over_parameters(self, reader: ConditionReader, data: str, path: Path) -> Expr | None:
        return reader.number_of_parameters(data, path)

    # ------------------------------------------------------------------------------------------------ strata

    def _check_rests(
        self,
        comparisons: Mapping[str, Comparison],
        rules: Mapping[str, Rule],
        derived: Mapping[str, DerivedFact],
    ) -> None:
        """Comparisons are made once, of what is known of every unit before; a circle through them has no meaning."""
        names = {name: id_ for id_, comparison in comparisons.items() for name in comparison.names}
        for id_, comparison in comparisons.items():
            document, path, _, form = self._pending[id_]
            begin: list[str] = list(comparison.among)
            if isinstance(comparison.form, Rank):
                begin += sorted(free_names(comparison.form.value))
            elif isinstance(comparison.form, Share):
                begin += sorted(condition_names(comparison.form.holds))
                begin += [_finding(name) for name in findings_in(comparison.form.holds)]
            else:
                continue
            way = _way_to(begin, names, rules, derived)
            if way is not None:
                shown_way = " → ".join((id_, *(name.removeprefix(_FINDING) for name in way)))
                self._report.at_value(
                    document, (*path, form), "comparison-on-comparison", found=id_, path=shown_way
                )


_FINDING = "finding "


def _finding(rule: str) -> str:
    return _FINDING + rule


def _way_to(
    begin: Iterable[str],
    wanted: Mapping[str, str],
    rules: Mapping[str, Rule],
    derived: Mapping[str, DerivedFact],
) -> tuple[str, ...] | None:
    """The shortest way from what a comparison reads to a name in ``wanted``, through derived facts and findings."""
    front: dict[str, tuple[str, ...]] = {name: (name,) for name in begin}
    seen = set(front)
    while front:
        following: dict[str, tuple[str, ...]] = {}
        for name, way in front.items():
            if name in wanted:
                return way
            below: list[str] = []
            if name.startswith(_FINDING) and name.removeprefix(_FINDING) in rules:
                for condition in rules[name.removeprefix(_FINDING)].conditions:
                    below += sorted(condition_names(condition))
                    below += [_finding(rule) for rule in findings_in(condition)]
            elif name in derived:
                below += sorted(derived[name].reads)
            for other in below:
                if other not in seen:
                    seen.add(other)
                    following[other] = (*way, other)
        front = following
    return None


def facts_of(model: ComparisonModel, form: str) -> list[Fact]:
    """The facts that a comparison gives each unit, in the order of ``Comparison.names``."""
    name = as_text(model.name)
    if form == "share":
        return [_fact(model, model.id, name, "number", Number())]
    if form == "quota":
        return [_fact(model, model.id, name, "boolean", Boolean())]
    return [
        _fact(model, model.id, name, "integer", Number()),
        _fact(model, of_name(model.id), Text(f"{name.zh}总数", f"{name.en}: units"), "integer", Number()),
        _fact(model, last_name(model.id), Text(f"{name.zh}末位", f"{name.en}: last"), "boolean", Boolean()),
    ]


def _fact(model: ComparisonModel, id_: str, name: Text, kind: Any, type_: Type) -> Fact:
    return Fact(id_, name, kind, type_, None, note=note_of(model.note), clause=model.clause, computed=True)


def _at(document: Document, path: Path) -> Any:
    here: Any = document.data
    for step in (*path, "among"):
        here = here[step]
    return here


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
