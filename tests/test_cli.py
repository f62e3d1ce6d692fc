"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from csto_membership import ActClaim, RosterClaim, csto
from csto_membership.cli import main

FACTS = Path(__file__).parent.parent / "data" / "membership.yaml"


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (
            ["members", "2003-06-30"],
            "ARM Armenia\nBLR Belarus\nKAZ Kazakhstan\nKGZ Kyrgyzstan\nRUS Russia\nTJK Tajikistan\n",
        ),
        (["members", "1990-01-01"], "no members\n"),
        (["members", "1990", "--lang", "ru"], "нет членов\n"),
        (["members", "1990", "--lang", "ar"], "لا أعضاء\n"),
        (["members", "1990", "--lang", "hy"], "no members\n"),
        (["status", "ARM", "2025", "--lang", "ru"], "ARM FROZEN член: да\n"),
        (["status", "UZB", "2013", "--lang", "ru"], "UZB SUSPENDED член: нет\n"),
        (["status", "AZE", "1999", "--lang", "ru"], "AZE MEMBER or FORMER член: неизвестно\n"),
        (["status", "ARM", "2025", "--lang", "ar"], "ARM FROZEN عضو: نعم\n"),
        (["status", "UZB", "2013", "--lang", "ar"], "UZB SUSPENDED عضو: لا\n"),
        (["status", "AZE", "1999", "--lang", "ar"], "AZE MEMBER or FORMER عضو: غير معلوم\n"),
        (["status", "ARM", "2025", "--lang", "hy"], "ARM FROZEN member: yes\n"),
        (
            ["members", "2015", "--organization", "CSTO-PA", "--basis", "observer"],
            "AFG Afghanistan\nSRB Serbia\n",
        ),
        (["status", "ARM", "latest"], "ARM FROZEN member: yes\n"),
        (["status", "ARM", "2030", "--extrapolate"], "ARM FROZEN member: yes\n"),
        (["claim", "--states", "روسيا، Казахстан", "--partial"], "[1994-04-20, ...)\n"),
        (
            ["members", "2012-07", "--dating", "any", "--era", "CSTO"],
            "ARM Armenia\nBLR Belarus\nKAZ Kazakhstan\nKGZ Kyrgyzstan\nRUS Russia\nTJK Tajikistan\n"
            "UZB Uzbekistan (open)\n",
        ),
        (["status", "UZB", "2003-06-30"], "UZB FORMER member: no\n"),
        (["status", "KG", "2003"], "KGZ MEMBER member: yes\n"),
        (["status", "AZE", "1999"], "AZE MEMBER or FORMER member: unknown\n"),
        (["status", "ARM", "2025-01-01", "--basis", "active"], "ARM FROZEN member: no\n"),
        (["status", "SRB", "2014", "--organization", "CSTO-PA"], "SRB OBSERVER member: no\n"),
        (["claim", "--states", "RUS,KAZ,KGZ,TJK,UZB,BLR,ARM"], "[2006-08-16, 2012-12-19)\n"),
        (
            ["members", "2003-06-30", "--lang", "ar"],
            "ARM أرمينيا\nBLR بيلاروس\nKAZ كازاخستان\nKGZ قيرغيزستان\nRUS روسيا\nTJK طاجيكستان\n",
        ),
        (["claim", "--states", "روسيا,Georgia"], "never\n"),
        (["claim", "--states", "RUS,UKR"], "never\n"),
        (
            ["claim", "--states", "UKR", "--act", "withdraw", "--on", "2018"],
            "No: Ukraine has never been a member of CSTO.\nWhat differs: UKR: differs; no act of it is recorded\n",
        ),
        (["claim", "--states", "RUS, Украина", "--partial"], "never\n"),
        (["claim", "--states", "ARM,AZE", "--partial", "--era", "CSTO", "--json"], "[]\n"),
        (
            ["claim", "--states", "UZB,AZE", "--partial", "--json"],
            """[
  {
    "start": "1994-04-20",
    "end": "1999-04-21",
    "answer": "yes"
  }
]
""",
        ),
        (
            ["claim", "--states", "UZB, BLR", "--partial"],
            "[1994-04-20, 1999-04-21)\n[2006-08-16, 2012-12-19)\n",
        ),
        (["status", "UZB", "2012-06-30", "--known-on", "2012-07-01"], "UZB MEMBER member: yes\n"),
        (["status", "UZB", "2013", "--basis", "Member, suspended"], "UZB SUSPENDED member: yes\n"),
        (["status", "ARM", "2025", "--basis", "member,suspended"], "ARM FROZEN member: no\n"),
        (["status", "UZB", "2006-08-01", "--dating", "decision,ratification"], "UZB MEMBER member: yes\n"),
        (["status", "UZB", "2006-12-01", "--dating", "deposit, ratification"], "UZB FORMER member: no\n"),
        (["status", "Ukraine", "1998"], "UKR OUTSIDE member: no\n"),
        (["status", "703", "2003", "--codes", "cow"], "KGZ MEMBER member: yes\n"),
        (["claim", "--states", "365,703", "--partial", "--codes", "cow"], "[1994-04-20, ...)\n"),
    ],
)
def test_an_answered_question_exits_with_0(
    arguments: list[str], printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer goes to stdout, and nothing to stderr."""
    assert main(arguments) == 0
    assert capsys.readouterr() == (printed, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["status", "Kazahstan", "2003"],
            "no state 'Kazahstan' in CSTO. Did you mean KAZ (Kazakhstan)?\n",
        ),
        (
            ["members", "2003-02-30"],
            "'2003-02-30' is not in the calendar. Write an existing day as YYYY-MM-DD, a month as YYYY-MM or a "
            "year as YYYY.\n",
        ),
        (
            ["members", "9000-01-01"],
            f"9000-01-01 reaches past {csto.horizon}, the last day verified. Ask about 'latest', or add "
            "--extrapolate.\n",
        ),
        (
            ["members", "latest", "--known-on", "9000-01-01"],
            f"known_on 9000-01-01 is past {csto.horizon}, the last day verified. Choose that day or an earlier one.\n",
        ),
        (
            ["status", "703", "2003"],
            "'703' is ambiguous: cow KGZ (Kyrgyzstan) or iso_numeric SVK (Slovakia). Say which with --codes.\n",
        ),
        (
            ["explain", "703", "2003", "--codes", "gwn"],
            "no codes 'gwn'. Did you mean 'gw'? There are iso3, iso2, iso_numeric, cow, cow_abbrev, gw, fips, "
            "wikidata, name.\n",
        ),
        (
            ["claim", "--states", "UZB,XYZ", "--codes", "iso3"],
            "no state 'XYZ' in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.\n",
        ),
        (
            ["members", "2003", "--file", str(FACTS)],
            "membership.yaml: holds 2 organizations: CSTO, CSTO-PA. Say which with --organization.\n",
        ),
        *(
            (
                [*question, "--lang", "hi"],
                "no names in 'hi'. There are names in ar, az, be, en, hy, ka, kk, ky, ru, tg, uz.\n",
            )
            for question in (["members", "1990"], ["members", "2003"], ["status", "ARM", "2003"])
        ),
        (
            ["members", "2003", "--basis", "foo"],
            "no basis 'foo'. There are legal, active, nominal, signed, or statuses, such as member,observer.\n",
        ),
        (
            ["members", "2003", "--basis", "member,foo"],
            "no basis 'member,foo'. There are legal, active, nominal, signed, or statuses, such as "
            "member,observer.\n",
        ),
        (
            ["members", "2003", "--basis", ""],
            "no basis ''. There are legal, active, nominal, signed, or statuses, such as member,observer.\n",
        ),
        (
            ["members", "2003", "--dating", "decision,signatur"],
            "no dating 'signatur'. Did you mean 'signature'? There are effect, any, and the steps announcement, "
            "notice, receipt, decision, signature, ratification, deposit, accession, entry_into_force.\n",
        ),
        *(
            (
                ["claim", "--states", nothing, *more],
                "a roster claim lacks states. Name some with --states.\n",
            )
            for nothing, more in (("", []), (",", ["--partial"]), (" ; ", ["--on", "2003"]))
        ),
        (
            ["claim", "--states", ",", "--act", "join"],
            "an act claim lacks states. Name some with --states.\n",
        ),
        (
            ["claim", "--states", "UZB", "--act", "withdrew"],
            "no act 'withdrew'. Did you mean 'withdraw'? Use one of sign, join, reaffirm, freeze, suspend, resume, "
            "lapse, withdraw, expel, observe, leave, return.\n",
        ),
        (
            ["claim", "--states", "UZB,Foo"],
            "no state 'Foo' in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.\n",
        ),
        (
            ["claim", "--states", "UZB", "--on", ""],
            "'' is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, a year as YYYY, or some day of a range "
            "as [YYYY-MM-DD..YYYY-MM-DD].\n",
        ),
        (["check", "nowhere.yaml"], "nowhere.yaml: No such file or directory. Check the path.\n"),
        (
            ["members", "2003", "--organization", "CST"],
            "membership.yaml: no organization 'CST'. Did you mean 'CSTO'? It holds CSTO, CSTO-PA.\n",
        ),
    ],
)
def test_a_fault_exits_with_1(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One clear line goes to stderr, and nothing to stdout."""
    assert main(arguments) == 1
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["who"],
        ["members"],
        ["members", "2003", "--bases", "legal"],
        ["claim", "--on", "2003"],
        ["claim", "--states", "UZB", "--act", "join", "--partial"],
        ["explain", "UZB", "2003", "--json", "--markdown"],
    ],
)
def test_misuse_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the grammar does not know is misuse, with the usage on stderr."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: csto-membership")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        *(
            (
                command,
                "YYYY-MM-DD, YYYY-MM, YYYY, '[YYYY-MM-DD..YYYY-MM-DD]' for all days of a range, or latest",
            )
            for command in ("members", "status", "explain", "claim")
        ),
        (
            "explain",
            "language of the sentence, headings and the state's name: en, ru or ar; acts, notes and titles stay "
            "English\n",
        ),
        (
            "members",
            "language of names and words: en, ru, ar; of names alone az, be, hy, ka, kk, ky, tg, uz\n",
        ),
    ],
)
def test_help_tells_every_form(
    command: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--help names all ways to write a day that errors name, and what --lang leaves in English."""
    monkeypatch.setenv("COLUMNS", "1000")  # so that no sentence is broken

    with pytest.raises(SystemExit):
        main([command, "--help"])

    assert told in capsys.readouterr().out


def test_explain_prints_text_or_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """The explanation is that of the library."""
    main(["explain", "UZB", "2003-06-30"])
    text = capsys.readouterr().out
    main(["explain", "UZB", "2003-06-30", "--markdown"])
    markdown = capsys.readouterr().out

    explanation = csto.explain("UZB", "2003-06-30")
    assert text == f"{explanation}\n"
    assert markdown == explanation.to_markdown()


def test_explain_takes_codes_of_the_scheme_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A number that means two states is one under --codes."""
    assert main(["explain", "703", "2003-06-30", "--codes", "cow"]) == 0
    headline = capsys.readouterr().out.partition("\n")[0]
    assert headline == "KGZ (Kyrgyzstan) was a party to the Collective Security Treaty on 30 June 2003."


_BY_DATES = ["--dating", "any"]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (
            ["1999"],
            [
                "AZE Azerbaijan (part of the time)",
                "GEO Georgia (part of the time)",
                "UZB Uzbekistan (part of the time)",
            ],
        ),
        (["1999", *_BY_DATES], ["AZE Azerbaijan (open)", "GEO Georgia (open)", "UZB Uzbekistan (open)"]),
        (["2006-07-01", *_BY_DATES], ["UZB Uzbekistan (open)"]),
        (["2012-07", "--lang", "ru", *_BY_DATES], ["UZB Узбекистан (не установлено)"]),
        (["2012", "--lang", "ru"], ["UZB Узбекистан (часть периода)"]),
        (["2012", "--lang", "ar"], ["UZB أوزبكستان (جزء من المدة)"]),
        (["2012-07", "--lang", "ar", *_BY_DATES], ["UZB أوزبكستان (غير محسوم)"]),
        (["2012", "--lang", "hy"], ["UZB Ուզբեկստան (part of the time)"]),
        (
            # Whether Belarus had signed makes no difference to the basis.
            ["[1993-04-01..1994-04-20]", *_BY_DATES],
            [
                "ARM Armenia (part of the time)",
                "AZE Azerbaijan (part of the time)",
                "BLR Belarus (part of the time)",
                "GEO Georgia (part of the time)",
                "KAZ Kazakhstan (open)",
                "KGZ Kyrgyzstan (part of the time)",
                "RUS Russia (part of the time)",
                "TJK Tajikistan (part of the time)",
                "UZB Uzbekistan (part of the time)",
            ],
        ),
        (
            # When the era began is open, and no act of a state is.
            ["2003-01-01", "--era", "CSTO", *_BY_DATES],
            [
                "ARM Armenia (open)",
                "BLR Belarus (open)",
                "KAZ Kazakhstan (open)",
                "KGZ Kyrgyzstan (open)",
                "RUS Russia (open)",
                "TJK Tajikistan (open)",
            ],
        ),
    ],
)
def test_a_state_that_was_perhaps_a_member_has_the_reason(
    asked: list[str], lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is open where the sources leave open whether it was one on some day; otherwise its days differ."""
    assert main(["members", *asked]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "(" in line] == lines


def test_claim_on_a_day_prints_the_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """Was this list right on that day, and when was it?"""
    assert main(["claim", "--states", "RUS,KAZ,KGZ,TJK,UZB,BLR,ARM", "--on", "2003-06-30"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "No: Uzbekistan was not a member from 21 April 1999 to 15 August 2006.\n"
        "What differs: UZB: extra; FORMER [1999-04-21, 2006-08-16)\n"
        "It was so: from 16 August 2006 to 18 December 2012\n"
    )


def test_one_state_alone_asks_whether_it_was_a_member(capsys: pytest.CaptureFixture[str]) -> None:
    """Several states ask for the list, and who finds only others missing is told the way out."""
    assert main(["claim", "--states", "UZB", "--on", "2011"]) == 0
    assert capsys.readouterr().out.startswith(
        "Yes: Uzbekistan was a member from 16 August 2006 to 18 December 2012."
    )
    assert main(["claim", "--states", "UZB"]) == 0
    assert capsys.readouterr().out == "[1994-04-20, 1999-04-21)\n[2006-08-16, 2012-12-19)\n"
    assert main(["claim", "--states", "UZB,RUS", "--on", "2011"]) == 0
    assert "(on the command line --partial)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("act", "on", "verdict"),
    [
        ("withdraw", ["--on", "2012"], "It depends: "),
        ("suspend", ["--on", "2012"], "Yes: "),
        ("suspend", ["--on", "2011"], "No: "),
        ("suspend", [], "Yes: "),
        ("expel", ["--on", "latest"], "No: "),
    ],
)
def test_claim_of_an_act(act: str, on: list[str], verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An act is looked for in the time it is said to be of, or without one on any day up to the horizon."""
    assert main(["claim", "--states", "UZB", "--act", act, *on]) == 0
    out = capsys.readouterr().out
    assert out.startswith(verdict)
    acts = "its acts: sign 1992-05-15, join 1994-04-20, lapse 1999-04-21, join 2006-08-16, suspend 2012-12-19"
    assert (acts in out) is (verdict != "Yes: ")


def test_json_is_what_the_library_has_as_a_mapping(capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints to_dict() of the explanation or of the finding, with the letters as they are."""
    main(["explain", "UZB", "2003-06-30", "--lang", "ar", "--json"])
    explanation = capsys.readouterr().out
    main(["claim", "--states", "UZB", "--act", "suspend", "--on", "2012", "--json"])
    act = capsys.readouterr().out
    main(["claim", "--states", "UZB,RUS", "--on", "latest", "--partial", "--json"])
    roster = capsys.readouterr().out

    assert json.loads(explanation) == csto.explain("UZB", "2003-06-30", lang="ar").to_dict()
    assert '\n  "name": "أوزبكستان",\n' in explanation
    suspended = ActClaim(states="UZB", act="suspend", when="2012")
    assert json.loads(act) == csto.check(suspended).to_dict()
    among = RosterClaim(states=("UZB", "RUS"), when=csto.horizon, complete=False)
    assert json.loads(roster) == csto.check(among).to_dict()


def test_check_tells_what_a_sound_file_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """A file without faults is summed up."""
    assert main(["check", str(FACTS)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{FACTS}: no faults. CSTO (36 events, 9 states), CSTO-PA (2 events, 2 states); ")


def test_check_counts_one_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that the page on the format begins with holds one of each."""
    page = (FACTS.parent.parent / "docs" / "data-format.md").read_text(encoding="utf-8")
    file = tmp_path / "efta.yaml"
    file.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")

    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: no faults. EFTA (1 event, 1 state); 1 source.\n"


def test_check_counts_none_in_the_plural(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file may name an organization before any act in it is recorded."""
    file = tmp_path / "x.yaml"
    text = "verified_through: 2020-01-01\norganizations: {X: {name: X}}\n"
    file.write_text(f"{text}states: {{AAA: {{name: Atlantis}}}}\n", encoding="utf-8")

    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: no faults. X (0 events, 0 states); 0 sources.\n"


def test_check_prints_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A faulty file is told line by line, each with its place, and asked it answers nothing."""
    file = tmp_path / "faulty.yaml"
    text = FACTS.read_text(encoding="utf-8")
    file.write_text(
        text.replace("effect: 2012-12-19", "effect: 2012-12-32", 1).replace("act: freeze", "act: frieze"),
        encoding="utf-8",
    )

    assert main(["check", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.rpartition(" ")[2] for line in told.err.splitlines()] == ["[CM011]", "[CM010]"]
    assert all(line.startswith(f"{file}:") for line in told.err.splitlines())
    assert main(["members", "2003", "--file", str(file)]) == 1
    assert capsys.readouterr().out == ""


def test_another_file_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """With --file the question goes to that file."""
    arguments = ["members", "2003-06-30", "--file", str(FACTS), "--organization", "CSTO"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("ARM Armenia\n")


def test_the_module_runs_as_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m csto_membership`` answers like the command, and leaves its exit code."""
    monkeypatch.setattr(sys, "argv", ["csto-membership", "status", "UZB", "2003"])

    with pytest.raises(SystemExit) as caught:
        runpy.run_module("csto_membership", run_name="__main__")

    assert caught.value.code == 0
    assert capsys.readouterr().out == "UZB FORMER member: no\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version prints the version installed and leaves with 0."""
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\n", capsys.readouterr().out)


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    """Output that is read by ``head`` ends quietly."""
    command = [sys.executable, "-m", "csto_membership", "explain", "UZB", "2003-06-30"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:  # noqa: S603 (our own)
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read()

    assert (run.returncode, said) == (0, b"")


def test_a_console_without_the_letters_is_no_crash() -> None:
    """On a console that knows only ASCII a letter it lacks is shown by its number."""
    command = [sys.executable, "-m", "csto_membership", "members", "2003", "--lang", "ar"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 (our own)

    assert run.stdout.startswith(b"ARM \\u0623\\u0631")


def test_json_is_json_on_any_console() -> None:
    """A letter that the output lacks is escaped as JSON has it, not as a console shows it."""
    command = [sys.executable, "-m", "csto_membership", "explain", "ARM", "2024-03-01", "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 (our own)

    assert b"H\\u00fcrriyet" in run.stdout
    assert json.loads(run.stdout) == csto.explain("ARM", "2024-03-01").to_dict()


class _SeenEnough(io.StringIO):
    """Standard output whose reader has gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_closed_output_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the reader has gone nothing more is written, and that is no error."""
    monkeypatch.setattr(sys, "stdout", _SeenEnough())

    assert main(["members", "2003"]) == 0
    assert sys.stdout is None


def test_a_state_that_never_acted_is_judged_under_codes_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that means no state of the organization is one of the world at large."""
    assert main(["claim", "--states", "UKR", "--act", "withdraw", "--on", "2018", "--codes", "iso3"]) == 0
    assert capsys.readouterr().out.startswith(
        "No: Ukraine has never been a member of CSTO.\nWhat differs: UKR: differs; no act of it is recorded"
    )
    assert main(["claim", "--states", "703,UKR", "--partial", "--codes", "cow"]) == 0
    assert capsys.readouterr().out == "never\n"
