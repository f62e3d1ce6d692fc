"""Type names for tables, and the arguments of ``annotate`` and ``reconcile`` as checked records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

from attrs import evolve, field, frozen

from csto_membership._facts.states import SCHEMES
from csto_membership._membership.tracks import question_about
from csto_membership.errors import ColumnError, FrameError, StateError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

    from csto_membership._membership.tracks import Rule

# The libraries need not be installed, and most of them carry no type information. Each name stands for Any: it tells
# the reader what is meant, and the type checker nothing.
NativeFrame: TypeAlias = Any  # a table of pandas, Polars, PyArrow, DuckDB, Dask or PySpark
NativeColumn: TypeAlias = Any  # a column of one of them, or an Arrow array
NativeType: TypeAlias = Any  # the type of a column
Library: TypeAlias = Any  # the module of one of them
Expression: TypeAlias = Any  # an expression of Polars, or a condition in SQL
ColumnName: TypeAlias = Any  # text, or a tuple of text where pandas' columns have several levels
Cell: TypeAlias = Any  # a value of a column, of any type

Unknown: TypeAlias = Literal["check", "null", "raise"]
"""What happens to values of a table that cannot be read."""

Others: TypeAlias = Literal["no", "null"]
"""What the answer is for a state of the world without any act."""


def check_choice(argument: str, value: object, choices: tuple[str, ...]) -> None:
    """Refuses a value that is not one of the choices.

    Raises:
        FrameError: It is not; the nearest choice and all choices are named.
    """
    if value not in choices:
        *first, last = map(repr, choices)
        listed = f"{', '.join(first)} or {last}" if first else last
        raise FrameError(
            f"{argument}={value!r} is not an option.",
            f"{did_you_mean(value, choices)}Use {listed}.",
            option=argument,
        )


def _one_of(choices: object) -> Callable[[object, Attribute[Any], Any], None]:
    """Validates that an argument is one of the choices of a Literal."""
    return lambda _, attribute, value: check_choice(attribute.name, value, get_args(choices))


def _are_codes(_: object, __: Attribute[str | None], codes: str | None) -> None:
    """Validates a scheme of codes.

    Raises:
        StateError: There is no such scheme.
    """
    if codes is not None and codes not in SCHEMES:
        raise StateError(
            f"there is no code scheme {codes!r}.",
            f"{did_you_mean(codes, SCHEMES)}The schemes are {', '.join(SCHEMES)}.",
            option="codes",
        )


@frozen(kw_only=True)
class AnnotateOptions:
    """What ``Organization.annotate`` is asked for; that method documents each field."""

    state: str
    on: str
    codes: str | None = field(validator=_are_codes)
    into: str
    status: str | None
    why: str | None
    rule: Rule | None
    unknown: Unknown = field(validator=_one_of(Unknown))
    until: str | None = None
    others: Others = field(default="no", validator=_one_of(Others))

    def __attrs_post_init__(self) -> None:
        """Checks that a period has no rule."""
        if self.until is not None and self.rule is not None:
            raise FrameError(
                f"until={self.until!r} does not go together with rule={self.rule!r}.",
                "Leave rule= out for a column of first days, or until= for a column of years.",
                option="until",
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (self.state, self.on) if self.until is None else (self.state, self.on, self.until)

    @property
    def new_columns(self) -> tuple[tuple[str, ColumnName, str], ...]:
        """The columns to add: the argument, the column's name, and its ``Question.what``."""
        pairs = (("into", self.into, "member"), ("status", self.status, "status"), ("why", self.why, "why"))
        return tuple(pair for pair in pairs if pair[1] is not None)

    def with_levels(self, levels: int) -> AnnotateOptions:
        """The same options with names of columns that have all levels, as those of pandas may.

        Raises:
            ColumnError: A name has more levels than the columns have.
        """
        if levels == 1:
            return self
        named = ("state", "on", "until", "into", "status", "why")
        return evolve(
            self,
            **{
                argument: padded(argument, name, levels)
                for argument in named
                if (name := getattr(self, argument)) is not None
            },
        )


@frozen(kw_only=True)
class ReconcileOptions:
    """What ``Organization.reconcile`` is asked for; that method documents each field."""

    state: str
    value: str
    year: str | None
    on: str | None
    codes: str | None = field(validator=_are_codes)
    rule: Rule
    unknown: Unknown = field(validator=_one_of(Unknown))
    others: Others = field(default="no", validator=_one_of(Others))

    def __attrs_post_init__(self) -> None:
        """Checks that there is one column of time, and a rule that exists, whether it is used or not."""
        if (self.year is None) == (self.on is None):
            raise FrameError("reconcile needs one column of time.", "Use year= for years or on= for days.")
        question_about("year", self.rule, "member")

    @property
    def time(self) -> str:
        """The column of years or of days."""
        return cast("str", self.on if self.year is None else self.year)

    @property
    def used_rule(self) -> Rule | None:
        """The rule for a column of years; a column of days needs none."""
        return None if self.year is None else self.rule


def padded(argument: str, name: ColumnName, levels: int) -> ColumnName:
    """The column name padded with empty text to *levels* levels.

    Raises:
        ColumnError: It has more levels than the columns have.
    """
    parts = name if isinstance(name, tuple) else (name,)
    if levels == 1:
        return name
    if len(parts) > levels:
        raise ColumnError(
            f"{argument} {name!r} has {len(parts)} levels, and the columns have {levels}.",
            f"Name it with {levels}.",
            option=argument,
        )
    return (*parts, *("",) * (levels - len(parts)))
