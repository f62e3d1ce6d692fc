"""The law suite: all laws on one organization, with how many questions each of them asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership import Organization, ReadingError
from csto_membership.testing import (
    laws_of_answers,
    laws_of_claims,
    laws_of_exports,
    laws_of_readings,
    laws_of_tables,
)
from csto_membership.testing.asking import Law

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from csto_membership.testing.asking import Asking


def _law(ask: Callable[[Asking], None], lacks: Callable[[], str] = lambda: "") -> Law:
    """A law named after the function that asks it, whose docstring is the rule."""
    return Law(name=ask.__name__.replace("_", " "), rule=str(ask.__doc__), ask=ask, lacks=lacks)


LAWS: tuple[Law, ...] = (
    _law(laws_of_answers.spells_cover),
    _law(laws_of_answers.status_is_the_spells),
    _law(laws_of_answers.answer_follows_from_the_status),
    _law(laws_of_answers.rosters_are_the_answers),
    _law(laws_of_answers.changes_lead_to_the_answers),
    _law(laws_of_answers.neighbouring_changes_enclose),
    _law(laws_of_answers.changes_of_a_period_are_on_its_days),
    _law(laws_of_answers.periods_ask_about_all_days),
    _law(laws_of_answers.differences_are_of_two_days),
    _law(laws_of_answers.periods_hold_their_days),
    _law(laws_of_answers.explanations_say_the_same),
    _law(laws_of_answers.a_diary_agrees),
    _law(laws_of_readings.all_is_known_on_the_horizon),
    _law(laws_of_readings.nothing_later_is_known),
    _law(laws_of_readings.known_on_agrees_with_a_diary),
    _law(laws_of_readings.what_was_known_stays_without_news),
    _law(laws_of_readings.extrapolating_adds_days),
    _law(laws_of_readings.better_dates_rule_out),
    _law(laws_of_readings.order_of_records_is_irrelevant),
    _law(laws_of_tables.panels_are_the_answers, laws_of_tables.lacks_tables),
    _law(laws_of_tables.dyads_are_both, laws_of_tables.lacks_tables),
    _law(laws_of_tables.annotated_rows_are_the_answers, laws_of_tables.lacks_tables),
    _law(laws_of_tables.annotated_periods_are_the_answers, laws_of_tables.lacks_tables),
    _law(laws_of_tables.spells_of_tables_are_the_spells, laws_of_tables.lacks_tables),
    _law(laws_of_claims.own_rosters_are_supported),
    _law(laws_of_claims.own_counts_are_supported),
    _law(laws_of_claims.own_statuses_are_supported),
    _law(laws_of_exports.json_comes_back),
    _law(laws_of_exports.yaml_comes_back),
    _law(laws_of_exports.pickles_come_back),
)
"""All laws, those of the questions first."""


@frozen(kw_only=True)
class Checked:
    """The result of ``check_laws`` for an organization for which every law holds.

    Attributes:
        organization: The organization's identifier.
        questions: How many questions each law asked, by its name.
        left_out: The laws that could not be asked, each with what is missing.
    """

    organization: str
    questions: Mapping[str, int]
    left_out: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many questions all laws asked together."""
        return sum(self.questions.values())

    def __str__(self) -> str:
        lines = [f"{self.organization}: {len(self.questions)} laws hold in {self.total:,} questions."]
        lines += [f"{count:>9,}  {name}" for name, count in self.questions.items()]
        lines += [f" left out  {name}: {missing}" for name, missing in self.left_out.items()]
        return "\n".join(lines)


def check_laws(
    organization: Organization,
    *,
    laws: Iterable[Law] = LAWS,
    examples: int | None = 40,
    seed: int = 0,
) -> Checked:
    """Ask an organization the questions of every law.

    Nothing is asked of a clock or a net, and the same call asks the same questions.

    Args:
        organization: Any organization: loaded, built, or made of a table. The other readings are made from its own.
        laws: The laws to be asked.
        examples: How many readings each law asks at most, and about how many days each; ``None`` for all readings
            and all edge days.
        seed: Decides which are left out.

    Returns:
        How many questions each law asked.

    Raises:
        LawError: A law does not hold: its sentence names law, organization, reading, state, day and both answers.
        ReadingError: The organization is read with one era alone.

    Examples:
        >>> from csto_membership import csto
        >>> from csto_membership.testing import LAWS, check_laws
        >>> checked = check_laws(csto, laws=LAWS[:3], examples=10)
        >>> list(checked.questions)
        ['spells cover', 'status is the spells', 'answer follows from the status']
    """
    if organization.read_as.era is not None:
        raise ReadingError(
            f"the laws ask about every era themselves, and got a reading of era {organization.read_as.era!r}.",
            "Pass the organization without an era.",
        )
    questions, left_out = {}, {}
    for law in laws:
        missing = law.lacks()
        if missing:
            left_out[law.name] = missing
        else:
            questions[law.name] = law.check(organization, examples=examples, seed=seed)
    return Checked(organization=organization.history.id, questions=questions, left_out=left_out)
