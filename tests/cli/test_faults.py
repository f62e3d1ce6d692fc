"""Bad input on the command line: each kind of fault with its whole sentence, where it goes, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import csto
from csto_membership.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table and a facts file of two organizations, as the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.csv").write_text("country,day,note\nUzbekistan,2003-06-30,x\n", encoding="utf-8")
    (tmp_path / "membership.yaml").write_text(
        "verified_through: 2020-01-01\nstates: {AAA: {name: Atlantis}}\n"
        "organizations: {CSTO: {name: A}, CSTO-PA: {name: B}}\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            [],
            2,
            "no command. Give one of members, status, history, changes, next, explain, together, "
            "claim, office, sources, panel, dyads, annotate, timeline, export, check, schema, from-spells, "
            "from-state-years, or --help.",
        ),
        (["member", "2003"], 2, "no command 'member'. Did you mean 'members'?"),
        (
            ["2003-06-30"],
            2,
            "no command '2003-06-30'. To ask about a day, write csto-membership members 2003-06-30",
        ),
        (
            ["UZB", "2003"],
            2,
            "no command 'UZB'. To ask about a state on a day, write csto-membership status UZB 2003",
        ),
        (
            ["xyzzy"],
            2,
            "no command 'xyzzy'. There are members, status, history, changes, next, explain, "
            "together, claim, office, sources, panel, dyads, annotate, timeline, export, check, schema, from-spells, "
            "from-state-years.",
        ),
        (
            ["members"],
            2,
            "members lacks DAY. Write csto-membership members DAY, for example csto-membership "
            "members 2003-06-30",
        ),
        (
            ["members", "2003", "2004"],
            2,
            "members takes 1 word, got 2. Write csto-membership members DAY, for example "
            "csto-membership members 2003-06-30",
        ),
        (
            ["status", "South", "Ossetia", "2003"],
            2,
            "status takes 2 words, got 3. If 'South Ossetia' is one name, put it in quotes: "
            "csto-membership status 'South Ossetia' 2003",
        ),
        (
            ["claim", "UZB"],
            2,
            "no kind of claim 'UZB'. There are roster, status, count, act, founding, milestone, signature, office, "
            "participation.",
        ),
        (
            ["claim", "Armenia suspended its membership in February 2024"],
            2,
            "a claim is made of options, not of a sentence. Say what the sentence claims, for example csto-membership "
            "claim act --states UZB --act suspend --on 2012",
        ),
        (
            ["panel", "2000", "2005", "--out", "my panel.csv"],
            2,
            "panel does not use --out. It prints: write csto-membership panel ... > 'my panel.csv', or use export.",
        ),
        (
            ["timeline", "UZB"],
            2,
            "timeline takes no word, got 'UZB'. Write csto-membership timeline, for example csto-membership timeline",
        ),
        (
            ["together", "ARM"],
            2,
            "together lacks STATE. Write csto-membership together STATE STATE ..., for example "
            "csto-membership together ARM AZE",
        ),
        (["members", "2003", "--bases", "legal"], 2, "no option '--bases'. Did you mean '--basis'?"),
        (["members", "2003", "--qqq"], 2, "no option '--qqq'. See csto-membership --help."),
        (
            ["members", "2003", "--basis"],
            2,
            "--basis lacks its value. Write --basis BASIS: legal (default), active, nominal, signed, "
            "or statuses, such as observer or member,suspended.",
        ),
        (["members", "2003", "--json=1"], 2, "--json takes no value. Write --json alone."),
        (
            ["members", "2003", "--codes", "cow"],
            2,
            "members does not use --codes. It is an option of status, history, changes, explain, "
            "together, claim, sources, panel, dyads, annotate, timeline, from-spells and from-state-years; see "
            "csto-membership members "
            "--help.",
        ),
        (
            ["--format", "xml", "members", "2003"],
            2,
            "--format 'xml' is not an option of members. Use table or json or csv.",
        ),
        (
            ["explain", "UZB", "2003", "--format", "csv"],
            2,
            "--format 'csv' is not an option of explain. Use table or json.",
        ),
        (
            ["explain", "UZB", "2003", "--json", "--markdown"],
            2,
            "--json and --markdown contradict each other. Give one of them.",
        ),
        (
            ["claim", "--on", "2003"],
            2,
            "claim roster lacks --states. Add it, for example csto-membership claim roster --states "
            "RUS,KAZ,KGZ,TJK,UZB,BLR,ARM --on 2003-06-30",
        ),
        (
            ["claim", "--states", "UZB", "--act", "join", "--partial"],
            2,
            "claim act does not use --partial. It uses --states, --act, --on.",
        ),
        (
            ["members", "today"],
            1,
            "'today' depends on the clock, which this command never reads. Write latest for {horizon}, the "
            "last day verified, or the day as YYYY-MM-DD.",
        ),
        (["members", "lates"], 1, "'lates' is not a date. Did you mean 'latest', the last day verified?"),
        (
            ["members", "2003-02-30"],
            1,
            "'2003-02-30' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as "
            "YYYY-MM or a year as YYYY.",
        ),
        (
            ["members", "30.06.2003"],
            1,
            "'30.06.2003' is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as "
            "YYYY, or some day of a range as [YYYY-MM-DD..YYYY-MM-DD].",
        ),
        (
            ["members", "2003-06-30T09:00:00+05:00"],
            1,
            "expected a day, got the moment 2003-06-30T09:00:00+05:00. Membership is kept by day: "
            "write the day in the zone you mean, as YYYY-MM-DD.",
        ),
        (
            ["members", "9000-01-01"],
            1,
            "9000-01-01 reaches past {horizon}, the last day verified. Ask about 'latest', or add "
            "--extrapolate.",
        ),
        (["next", "2003"], 1, "expected one day, got '2003'. Write the day as YYYY-MM-DD."),
        (
            ["changes", "2003-01-01", "2002-01-01"],
            1,
            "('2003-01-01', '2002-01-01') is an empty period. A period is half-open: its second day must be "
            "later than its first.",
        ),
        (["status", "Kazahstan", "2003"], 1, "no state 'Kazahstan' in CSTO. Did you mean KAZ (Kazakhstan)?"),
        (
            ["status", "2003", "UZB"],
            1,
            "'2003' is a day and 'UZB' a state. Write the state first: csto-membership status UZB 2003",
        ),
        (
            ["status", "703", "2003"],
            1,
            "'703' is ambiguous: cow KGZ (Kyrgyzstan) or iso_numeric SVK (Slovakia). Say which with --codes.",
        ),
        (
            ["status", "703", "2003", "--codes", "gwn"],
            1,
            "no code scheme 'gwn'. Did you mean 'gw'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, "
            "gw, fips, wikidata, name.",
        ),
        (
            ["members", "2003", "--basis", "member,foo"],
            1,
            "no basis 'member,foo'. There are legal, active, nominal, signed, or statuses, such as "
            "member,observer.",
        ),
        (
            ["members", "2003", "--dating", "decision,signatur"],
            1,
            "no dating 'signatur'. Did you mean 'signature'? There are effect, any, and the steps "
            "announcement, notice, receipt, decision, signature, ratification, deposit, accession, "
            "entry_into_force.",
        ),
        (
            ["members", "2003", "--era", "CSTX"],
            1,
            "CSTO has no era 'CSTX'. Did you mean 'CST'? Its eras are CST, CSTO.",
        ),
        (
            ["members", "latest", "--known-on", "9000-01-01"],
            1,
            "known_on 9000-01-01 is past {horizon}, the last day verified. Choose that day or an "
            "earlier one.",
        ),
        (
            ["members", "2003", "--lang", "hi"],
            1,
            "no names in 'hi'. There are names in ar, az, be, en, hy, ka, kk, ky, ru, tg, uz.",
        ),
        (
            ["explain", "UZB", "2003", "--lang", "hy"],
            1,
            "no sentences in 'hy'. There are sentences in en, ru, ar.",
        ),
        (
            ["members", "2003", "--file", "membership.yaml"],
            1,
            "membership.yaml: holds 2 organizations: CSTO, CSTO-PA. Say which with --organization.",
        ),
        (
            ["members", "2003", "--organization", "CST"],
            1,
            "the library: no organization 'CST'. Did you mean 'CSTO'? "
            "It holds CSTO, CSTO-PA, CIS, EAEU, EURASEC, GUAM, SCO.",
        ),
        (
            ["members", "2003", "--file", "nowhere.yaml"],
            1,
            "nowhere.yaml: No such file or directory. Check the path.",
        ),
        (
            ["changes", "--act", "withdrew"],
            1,
            "no act 'withdrew'. Did you mean 'withdraw'? There are sign, join, reaffirm, freeze, "
            "suspend, resume, lapse, withdraw, expel, end, observe, associate.",
        ),
        (
            ["office", "chari"],
            1,
            "CSTO has no office 'chari'. Did you mean 'chair'? Its offices are chair, secretary-general.",
        ),
        (
            ["claim", "--states", ",", "--partial"],
            1,
            "--states ',' names no state. Name some, for example --states RUS,KAZ,KGZ.",
        ),
        (
            ["annotate", "events.csv"],
            1,
            "events.csv: no column 'iso3'. Name one with --state; there are country, day, note.",
        ),
        (
            ["annotate", "events.csv", "--state", "country", "--on", "day", "--into", "note"],
            1,
            "events.csv: there is a column 'note' already. Name another one with --into.",
        ),
        (
            ["annotate", "events.csv", "--state", "country", "--on", "day", "--until", "dya"],
            1,
            "events.csv: no column 'dya'. Did you mean 'day'? Name one with --until; there are country, day, note.",
        ),
        (
            ["annotate", "events.csv", "--until", "end", "--rule", "any"],
            2,
            "--until does not go together with --rule. Leave --rule out for a column of first days, or --until for a "
            "column of years.",
        ),
        (
            ["annotate", "events.csv", "--out", "events.csv"],
            2,
            "--out 'events.csv' is the file that is read. Name another one.",
        ),
    ],
)
def test_each_fault_is_one_sentence_with_a_way_out(
    arguments: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line goes to standard error, and nothing to standard output; misuse of the command leaves with 2."""
    assert main(arguments) == code
    assert capsys.readouterr() == ("", sentence.replace("{horizon}", csto.horizon.isoformat()) + "\n")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["panel", "2005", "2003"],
            1,
            "[2005, 2003) holds no year. The end is the first year after the panel: name a later one.",
        ),
        (
            ["panel", "--rule", "midyear", "--freq", "month"],
            1,
            "rule 'midyear' needs years, got freq='month'. Leave --freq out, or choose another --rule.",
        ),
        (
            ["panel", "--rule", "fraction", "--rows", "members"],
            1,
            "rule 'fraction' has no members, only shares. Leave --rows out.",
        ),
    ],
)
def test_each_fault_of_a_panel_is_one_sentence_with_a_way_out(
    arguments: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line goes to standard error, and nothing to standard output; misuse of the command leaves with 2."""
    pytest.importorskip("narwhals", reason="panels need narwhals, which is not installed")
    pytest.importorskip(
        "pyarrow", reason="panels need a library of tables, such as PyArrow, which is not installed"
    )

    assert main(arguments) == code
    assert capsys.readouterr() == ("", sentence.replace("{horizon}", csto.horizon.isoformat()) + "\n")


@pytest.mark.parametrize("word", ["today", "Now", "сегодня", "اليوم"])
@pytest.mark.parametrize("command", [["members"], ["status", "UZB"], ["next"], ["office", "chair"]])
def test_a_word_of_the_clock_says_what_it_means_here(
    command: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing here reads a clock, in whatever language it is asked for: ``latest`` is the last day verified."""
    assert main([*command, word]) == 1
    assert capsys.readouterr() == (
        "",
        f"{word!r} depends on the clock, which this command never reads. Write latest for "
        f"{csto.horizon.isoformat()}, the last day verified, or the day as YYYY-MM-DD.\n",
    )
