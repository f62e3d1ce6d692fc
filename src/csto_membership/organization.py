"""An organization: a membership, with the methods that present what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from csto_membership._membership.dates_in_words import day_in_words
from csto_membership.errors import ColumnError, in_one_line, shown
from csto_membership.export.exporting import Exporting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import Never

    from matplotlib.axes import Axes

    from csto_membership._facts.dates import Day
    from csto_membership._membership.tracks import Freq, Rule
    from csto_membership.claims import Claim, Finding
    from csto_membership.frames import Reconciliation
    from csto_membership.frames._building import Backend, ReadingIn
    from csto_membership.frames._dyads import Pairs
    from csto_membership.frames._existing import System
    from csto_membership.frames._options import Others, Unknown
    from csto_membership.frames._panels import PanelRows, PanelRule, RowChoice

FrameT = TypeVar("FrameT")


@frozen(eq=False, repr=False, kw_only=True)
class Organization(Exporting):
    """An organization under one reading: ask it who was a member, when, and why, and show the answer.

    Its questions come first. The methods that present an answer judge what others say, fill tables and draw.
    """

    def check(self, claim: Claim, *, lang: str = "en") -> Finding:
        """Judge a claim: whether it is right, and if not, what would make it right.

        A claim about a month or a year is judged by three-valued logic, not rounded. One that speaks of days past the
        last one verified is undetermined; its finding says how things stood on that day.

        Args:
            claim: A claim of one of nine kinds, such as a ``RosterClaim``.
            lang: The language of the finding: ``"en"``, ``"ru"`` or ``"ar"``.

        Raises:
            ClaimError: It is no claim, speaks of another organization, or names an instrument that is not there.
            StateError: It names no state in the world, or one code for several.
            OfficeError: The organization has no such office.
            ParticipationError: The organization has no such operation or session.
            ReadingError: The organization has no such era, or there are no sentences in that language.

        Examples:
            >>> from csto_membership import FoundingClaim, csto
            >>> seven = ("RUS", "KAZ", "KGZ", "TJK", "UZB", "BLR", "ARM")
            >>> finding = csto.check(FoundingClaim(states=seven))
            >>> finding.sentence, str(finding.periods[0])
            ('No: none of the foundings recorded had just these states.', '[2006-08-16, 2012-12-19)')
        """
        from csto_membership.claims.judging import judge

        return judge(self, claim, lang)

    def annotate(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        frame: FrameT,
        *unnamed: Never,
        state: str = "iso3",
        on: str = "date",
        codes: str | None = "iso3",
        into: str = "member",
        status: str | None = None,
        why: str | None = None,
        rule: Rule | None = None,
        until: str | None = None,
        others: Others = "no",
        unknown: Unknown = "check",
    ) -> FrameT:
        """The table with a column that says of every row whether its state was a member on its day.

        The same kind of table comes back: pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or
        PySpark, with the same rows, in the same order where the engine has one, under the same index.
        The new column is boolean. A state of the world without any act is no member: the record is closed. The
        column is null where there is no state or no day, where a word means no state or several, where a day
        cannot be read or lies past the horizon, and wherever the sources leave it open. Null never means no.

        In memory, names are read as ``state`` reads them: in any case, with or without accents, in the ways
        they are commonly written. Lazy and distributed tables are planned by their engine, which only trims a
        word and puts it into small letters: a spelling that is not listed is null there, and never another state.

        Args:
            frame: The table; it is not changed.
            unnamed: Not used: columns and options are passed by keyword.
            state: The column of states: text, categories or whole numbers.
            on: The column of days: dates, datetimes without a zone, whole numbers such as 20120628, or text:
                ``2012-06-28``, with a time behind it or not, or ``20120628``. In memory also a month
                ``2012-06`` or a year ``2012`` as text, which asks about all of its days. With *rule*, the column
                of years.
            codes: How states are written: ``"iso3"``, ``"iso2"``, ``"cow"``, ``"gw"``, ``"fips"``,
                ``"name"``, ...; ``None`` for all of them, where a word that means different states in
                two of them is null.
            into: The name of the new column.
            status: The name of a further column with the status as text; several where it is open.
            why: The name of a further column that says what makes a null of the first: ``"no date"``,
                ``"unreadable date"``, ``"no state"``, ``"unknown state"``, ``"ambiguous"``,
                ``"past the horizon"`` or ``"open"`` (the sources leave it open). It has the first reason that
                applies, and is null where *into* is not.
            rule: How the days of a year make one answer: ``"any"`` of them, ``"all"``, the one at its
                ``"start"`` or ``"end"``, or ``"midyear"``, 1 July.
            until: For a table of periods, the column of their ends; *on* then holds their first days. An end
                is the first day after the period. All its days count; an empty one is an ``"unreadable
                date"``.
            others: ``"no"`` for states of the world without any act, or ``"null"``, as for unknown ones.
            unknown: ``"check"``, which refuses a table in memory if none of its states is known by *codes*;
                ``"null"``, which refuses nothing; or ``"raise"`` for any state or day that cannot be read. For a
                lazy table that reads the column first.

        Raises:
            ColumnError: There is no such column, or a new one is there already.
            FrameError: The table is of no supported library, or a column of a type that cannot be read.
            DayError: With ``unknown="raise"``: a day or a year cannot be read.
            StateError: There are no such codes, none of the states is known by them, or with
                ``unknown="raise"`` one is not.
            ReadingError: There is no such rule.
            MissingExtraError: What tables need is not installed.
        """
        if unnamed:
            given: tuple[object, ...] = unnamed
            names = [f"{name}={shown(value)}" for name, value in zip(("state", "on"), given, strict=False)]
            raise ColumnError(
                f"annotate() takes columns by their names, got {shown(unnamed[0])}.",
                f"Write annotate(table, {', '.join(names)}).",
            )
        from csto_membership.frames._annotate import annotate
        from csto_membership.frames._options import AnnotateOptions

        options = AnnotateOptions(
            state=state,
            on=on,
            codes=codes,
            into=into,
            status=status,
            why=why,
            rule=rule,
            until=until,
            others=others,
            unknown=unknown,
        )
        return annotate(self, frame, options)

    def to_frame(self, what: str = "spells", *, backend: Backend = "pandas") -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """The spells, the events or the sources as a table.

        Spells are half-open, as everywhere: ``end`` is the first day outside, and an open side is null.
        An event has its effective date as written and the first and last day that it leaves open, its
        steps, what it rests on, and what is disputed, each with the identifiers of its sources.

        Args:
            what: ``"spells"``, one row a state and status; ``"events"``, one an act; or ``"sources"``,
                one a source that an act cites.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            FrameError: There is no such table or backend.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames._listing import to_frame

        return to_frame(self, what, backend)

    def panel(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        start: Day | int | None = None,
        end: Day | int | None = None,
        *,
        freq: Freq = "year",
        rule: PanelRule = "any",
        codes: str = "iso3",
        rows: PanelRows = "all",
        system: System = "cow",
        backend: Backend = "pandas",
        reading_in: ReadingIn = "metadata",
    ) -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """State-years, or state-months or state-days, each with what a named rule makes of it.

        Ordered by the states' alpha-3 codes and then time. ``member`` is null where it is unknown: a year
        that reaches past the horizon can be decided by a day that is known, and is open otherwise.

        Args:
            start: The first year (a number), or the day whose year, month or day is the first; by
                default that of the first change.
            end: The first year (or a day in the first year, month or day) to leave out; by default the one
                after the horizon's.
            freq: ``"year"``, ``"month"`` (written as its first day) or ``"day"``.
            rule: ``"any"`` day of it, ``"all"``, the one at its ``"start"`` or ``"end"``, ``"midyear"`` (1
                July), or ``"fraction"``: the share of its days, as a column ``share``.
            codes: How states are written.
            rows: ``"all"`` for a balanced panel, ``"existing"`` for states that were in the *system* of states on some
                day of the year, ``"members"`` for memberships that are certain, alone.
            system: For ``"existing"``: that of the Correlates of War, ``"cow"``, or of Gleditsch and Ward, ``"gw"``,
                with its microstates. States that share a number are in it one after the other: Yugoslavia, Serbia.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            reading_in: Where rule and reading stand: in the ``"metadata"`` (pandas' ``attrs``, the
                schema of PyArrow; Polars has none) or in ``"columns"``.

        Raises:
            ReadingError: There is no such freq or rule.
            FrameError: The stretch is empty, or there is no such choice.
            StateError: A state has no code of this kind.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames._panels import PanelOptions, panel

        options = PanelOptions(
            start=start,
            end=end,
            freq=freq,
            rule=rule,
            codes=codes,
            rows=rows,
            system=system,
            backend=backend,
            reading_in=reading_in,
        )
        return panel(self, options)

    def dyads(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        start: Day | int | None = None,
        end: Day | int | None = None,
        *,
        freq: Freq = "year",
        rule: Rule = "any",
        codes: str = "iso3",
        pairs: Pairs = "undirected",
        rows: RowChoice = "members",
        backend: Backend = "pandas",
        reading_in: ReadingIn = "metadata",
    ) -> Any:  # noqa: ANN401 (the backend's kind of frame)
        """Pairs of states that were members together, by years, months or days.

        Unless *rows* says otherwise only pairs for which that is certain are listed: a pair that is missing was
        none, or it is open, or the time is past the last day verified. With the rule ``"any"`` they shared a day:
        two states that were members in the same year, one after the other, are no pair.

        Args:
            start: As for ``panel``.
            end: As for ``panel``.
            freq: ``"year"``, ``"month"`` or ``"day"``.
            rule: As for ``panel``, but for ``"fraction"``.
            codes: How states are written.
            pairs: ``"undirected"``, each pair once, the smaller of its codes first, or ``"directed"``, both ways.
            rows: ``"members"`` for pairs that are certain, or ``"all"`` for every pair at every time, with a
                nullable column ``member``: null where it is open or past the last day verified.
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            reading_in: As for ``panel``.

        Raises:
            ReadingError: There is no such freq or rule.
            FrameError: The stretch is empty, or there is no such choice.
            StateError: A state has no code of this kind.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames._dyads import DyadOptions, dyads

        options = DyadOptions(
            start=start,
            end=end,
            freq=freq,
            rule=rule,
            codes=codes,
            pairs=pairs,
            rows=rows,
            backend=backend,
            reading_in=reading_in,
        )
        return dyads(self, options)

    def reconcile(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        frame: object,
        *,
        state: str = "iso3",
        value: str = "member",
        year: str | None = None,
        on: str | None = None,
        codes: str | None = "iso3",
        rule: Rule = "any",
        others: Others = "no",
        unknown: Unknown = "check",
    ) -> Reconciliation:
        """Somebody's coding of the membership beside ours: where they differ, and which reading explains it.

        A lazy or distributed table is read into memory; for one that does not fit there, annotate it and
        compare the columns in its engine.

        Args:
            frame: Their table, one row a state and time.
            state: The column of states.
            value: The column of their coding: booleans, or codes of the Correlates of War (0 no, 1 full,
                2 associate, 3 observer, -9 missing, -1 not in the system), of which 1 is a member.
            year: The column of years; give this or *on*.
            on: The column of days; give this or *year*.
            codes: How states are written.
            rule: How the days of a year make one answer.
            others: As for ``annotate``.
            unknown: As for ``annotate``; with ``"null"``, cells that cannot be read are undecided.

        Raises:
            ColumnError: There is no such column.
            FrameError: The table or a column cannot be read, or a value is no coding.
            StateError: There are no such codes, or with ``unknown="raise"`` a state means nothing.
            DayError: With ``unknown="raise"`` a day or a year means nothing.
            ReadingError: There is no such rule.
            MissingExtraError: What tables need is not installed.
        """
        from csto_membership.frames._options import ReconcileOptions
        from csto_membership.frames._reconciling import reconcile

        options = ReconcileOptions(
            state=state, value=value, year=year, on=on, codes=codes, rule=rule, others=others, unknown=unknown
        )
        return reconcile(self, frame, options)

    def _repr_html_(self) -> str:
        """The organization as a card for notebooks: who was a member on the last day checked, and a small timeline."""
        from csto_membership._membership.cards import organization_card
        from csto_membership._membership.roster_cards import read_with
        from csto_membership.drawing import svg

        return organization_card(
            "en",
            name=in_one_line(self.history.name),
            members=[in_one_line(state.english) for state in self.latest()],
            horizon=day_in_words("en", self.horizon),
            reading=read_with(self.compiled),
            picture=svg(self, width=616, title="", theme="page", prefix=f"csto-{self.data_version[-6:]}"),
        )

    def plot(  # noqa: PLR0913 (each names one choice of the caller)
        self,
        ax: Axes | None = None,
        *,
        on: Day | None = None,
        lang: str = "en",
        states: Iterable[object] | None = None,
        order: str | Iterable[object] = "fate",
        offices: bool = False,
        theme: str = "light",
        width: float = 1200,
        title: str | None = None,
        font: str | None = None,
    ) -> Axes:
        """The timeline as a picture on matplotlib axes: counts above, and a lane for each state.

        The shape of a bar shows the status and its colour repeats it; doubt is a dashed box; the heavy line is the
        last day verified. Nothing is shown and no setting of matplotlib is changed: call ``plt.show()``, or
        ``plot.save`` for a file with the same bytes each time.

        Args:
            ax: Axes to draw on; ``None`` makes a figure of the right size.
            on: A day to mark.
            lang: The language of the texts: ``en``, ``ar`` (from right to left) or ``ru``.
            states: Only lanes of these states, by any code or name; the stairs count all states.
            order: ``"fate"`` (members first), ``"name"``, ``"first"`` (act), or states in the order wanted.
            offices: Whether a lane for each office is drawn.
            theme: ``"light"`` or ``"dark"``.
            width: The width of a new figure in pixels, a hundredth of an inch each.
            title: Another title than the neutral one; empty for none.
            font: A family that matplotlib finds; by default the one that comes with it.

        Raises:
            DrawingError: There is no such language, order, theme or font, or *ax* or *width* are of no use.
            StateError: The organization has no such state.
            DayError: *on* is not one day, or is before the first day drawn.
            BeyondHorizonError: *on* is past the last day verified.
            MissingExtraError: Matplotlib is not installed.
        """
        from csto_membership.plot import plot

        return plot(
            self,
            ax,
            on=on,
            lang=lang,
            states=states,
            order=order,
            offices=offices,
            theme=theme,
            width=width,
            title=title,
            font=font,
        )

    def to_html(
        self,
        path: str | PathLike[str],
        lang: str = "en",
        *,
        others: Mapping[str, str] | None = None,
        home: str | None = None,
    ) -> None:
        """Write the explorer of this organization: a page in one file that any browser opens, also without a net.

        The page begins with this reading on the last day verified; its reader chooses days and other readings.

        Args:
            path: The file to write; one that is there is replaced.
            lang: The language of the page: ``en``, ``ar`` (from right to left) or ``ru``.
            others: Where the pages in other languages are, by language: relative or ``https`` addresses.
            home: Where the documentation is that the page belongs to, if any.

        Raises:
            DrawingError: There are no texts in *lang*, or an address is not valid.
            ExportError: The file cannot be written; nothing is left behind.
        """
        from csto_membership.explorer import html
        from csto_membership.export.tables import write_text

        write_text(path, html(self, lang, others=others, home=home))
