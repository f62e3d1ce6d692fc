"""The command that judges claims."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from csto_membership import (
    Attribution,
    CountClaim,
    OfficeClaim,
    ParticipationClaim,
    RosterClaim,
    SignatureClaim,
    StatusClaim,
    csto,
)
from csto_membership.claims import KINDS
from csto_membership.cli import main
from csto_membership.cli.grammar import COMMANDS

if TYPE_CHECKING:
    from csto_membership import Claim

CLAIM = next(command for command in COMMANDS if command.name == "claim")


def test_claim_on_a_day_prints_the_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """Was this list right on that day, and when was it?"""
    assert main(["claim", "--states", "RUS,KAZ,KGZ,TJK,UZB,BLR,ARM", "--on", "2003-06-30"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "No: Uzbekistan was neither a party nor a member from 21 April 1999 to 15 August 2006.\n"
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


def test_a_state_that_never_acted_is_judged_under_codes_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that means no state of the organization is one of the world at large."""
    assert main(["claim", "--states", "UKR", "--act", "withdraw", "--on", "2018", "--codes", "iso3"]) == 0
    assert capsys.readouterr().out.startswith(
        "No: Ukraine has never been a party or a member.\nWhat differs: UKR: differs; no act of it is recorded"
    )
    assert main(["claim", "--states", "703,UKR", "--partial", "--codes", "cow"]) == 0
    assert capsys.readouterr().out == "never\n"


NOW = Attribution(said=csto.horizon)


@pytest.mark.parametrize(
    ("options", "claim"),
    [
        ("roster --states RUS,KAZ --on 2003", RosterClaim(states=("RUS", "KAZ"), when="2003")),
        (
            "roster --states RUS --partial --throughout --on 2003",
            RosterClaim(states="RUS", complete=False, throughout=True, when="2003"),
        ),
        (
            "status --states ARM --status 'not a member' --on latest",
            StatusClaim(states="ARM", status="not a member", when=csto.horizon),
        ),
        (
            "status --states 371 --codes cow --status frozen",
            StatusClaim(states="ARM", status="frozen", attribution=NOW),
        ),
        (
            "count --count 6 --including ARM,RUS --on 2003",
            CountClaim(count=6, including=("ARM", "RUS"), when="2003"),
        ),
        (
            "signature --instrument treaty --states ARM,KAZ --on 1992-05-15",
            SignatureClaim(instrument="treaty", states=("ARM", "KAZ"), when="1992-05-15"),
        ),
        (
            "office --office chair --state 705 --codes cow --on 2024",
            OfficeClaim(office="chair", state="KAZ", when="2024"),
        ),
        (
            "office --office secretary-general --person Bordyuzha --on 2004",
            OfficeClaim(office="secretary-general", person="Bordyuzha", when="2004"),
        ),
        (
            "participation --form operation --host KAZ --on 2022-01",
            ParticipationClaim(form="operation", host="KAZ", when="2022-01"),
        ),
    ],
)
def test_the_options_of_a_kind_are_the_fields_of_its_claim(
    options: str, claim: Claim, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding is that of the library on the claim which the options spell."""
    assert main(["claim", *shlex.split(options), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["answer"] == csto.check(claim).to_dict()


@pytest.mark.parametrize("example", CLAIM.examples, ids=KINDS)
def test_the_examples_of_claims_are_answered(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There is an example of each kind, and each is judged in one plain sentence."""
    assert main(shlex.split(example)) == 0
    assert capsys.readouterr().out.startswith(("Yes: ", "No: ", "It depends: "))


def test_there_is_an_example_of_each_kind() -> None:
    """The examples are one a kind, in the library's order."""
    assert [example.split()[1] for example in CLAIM.examples] == list(KINDS)


@pytest.mark.parametrize("full", [False, True])
def test_a_finding_is_short_or_full(full: bool, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: FBT001 (two cases)
    """--full prints all that the finding holds, as text or as Markdown."""
    finding = csto.check(RosterClaim(states=("RUS", "KAZ"), when="2003"))
    more = ["--full"] if full else []

    assert main(["claim", "roster", "--states", "RUS,KAZ", "--on", "2003", *more]) == 0
    assert capsys.readouterr().out == f"{finding.text(full=full)}\n"
    assert main(["claim", "roster", "--states", "RUS,KAZ", "--on", "2003", "--markdown", *more]) == 0
    assert capsys.readouterr().out == finding.to_markdown(full=full)


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (
            "rosters",
            2,
            "no kind of claim 'rosters'. Did you mean 'roster'? There are roster, status, count, act, founding, "
            "milestone, signature, office, participation.",
        ),
        (
            "status --states ARM",
            2,
            "claim status lacks --status. Add it, for example csto-membership claim status --states ARM --status "
            "frozen --on 2025",
        ),
        (
            "count --count 6 --act join",
            2,
            "claim count does not use --act. It uses --count, --including, --on, --throughout.",
        ),
        (
            "count --count six",
            1,
            "--count 'six' is no whole number. Write it in digits, for example --count 6.",
        ),
        (
            "count --count 6 --including ,",
            1,
            "--including ',' names no state. Name some, for example --including RUS,KAZ,KGZ.",
        ),
        ("office --office chair", 1, "an office claim lacks state or person. Add one of them."),
        (
            "milestone --instrument chartre",
            1,
            "no instrument 'chartre'. Did you mean 'charter'? It holds "
            f"{', '.join(sorted(instrument.id for instrument in csto.dataset.instruments))}.",
        ),
        (
            "participation --form operation --states NARNIA --codes iso3",
            1,
            "no state 'NARNIA' in CSTO. Its states are ARM, AZE, BLR, GEO, KAZ, KGZ, RUS, TJK, UZB.",
        ),
    ],
)
def test_a_claim_that_cannot_be_made_says_what_is_missing(
    options: str, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence names the option, and what to add or leave out."""
    assert main(["claim", *shlex.split(options)]) == code
    assert capsys.readouterr() == ("", f"{sentence}\n")


@pytest.mark.parametrize(
    ("lang", "verdict", "periods", "never"),
    [
        (
            "ru",
            "Опровергается. Узбекистан с 21 апреля 1999 года по 15 августа 2006 года включительно не является",
            "с 16 августа 2006 года по 18 декабря 2012 года включительно\n",
            "никогда\n",
        ),
        (
            "ar",
            "\u200f\u2067غير صحيح: لم تكن أوزبكستان طرفا في المعاهدة ولا عضوا في المنظمة من 21 أبريل/نيسان 1999",
            "\u200fمن 16 أغسطس/آب 2006 إلى 18 ديسمبر/كانون الأول 2012\n",
            "لم يحدث قط\n",
        ),
    ],
)
def test_claim_is_told_in_a_language(
    lang: str, verdict: str, periods: str, never: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding, the periods and that there were none are in the language, and so is the sentence in JSON."""
    seven = "RUS,KAZ,KGZ,TJK,UZB,BLR,ARM"
    assert main(["claim", "--states", seven, "--on", "2003-06-30", "--lang", lang]) == 0
    assert capsys.readouterr().out.startswith(verdict)
    assert main(["claim", "--states", seven, "--on", "2003-06-30", "--lang", lang, "--markdown"]) == 0
    assert capsys.readouterr().out.startswith(f"**{verdict}")
    assert main(["claim", "--states", seven, "--on", "2003-06-30", "--lang", lang, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answer"]["sentence"].startswith(verdict)
    assert main(["claim", "--states", seven, "--lang", lang]) == 0
    assert capsys.readouterr().out == periods
    assert main(["claim", "--states", "UKR", "--lang", lang]) == 0
    assert capsys.readouterr().out == never
