"""The command line: what it prints for each question."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_membership import csto
from csto_membership.cli import main

FACTS = Path(__file__).parents[2] / "data" / "membership.yaml"


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
        (["status", "ARM", "2025", "--lang", "ru"], "ARM участие заморожено член: да\n"),
        (["status", "UZB", "2013", "--lang", "ru"], "UZB членство приостановлено член: нет\n"),
        (["status", "AZE", "1999", "--lang", "ru"], "AZE участник или бывший участник член: неизвестно\n"),
        (["status", "ARM", "2025", "--lang", "ar"], "ARM مشاركة مجمدة عضو: نعم\n"),
        (["status", "UZB", "2013", "--lang", "ar"], "UZB عضوية معلقة عضو: لا\n"),
        (["status", "AZE", "1999", "--lang", "ar"], "AZE طرف أو طرف سابق عضو: غير معلوم\n"),
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
        (["status", "--lang", "ru", "--", "UZB", "2003"], "UZB бывший участник член: нет\n"),
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
            "No: Ukraine has never been a party or a member.\nWhat differs: UKR: differs; no act of it is recorded\n",
        ),
        (["claim", "--states", "RUS, Украина", "--partial"], "never\n"),
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


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_explain_prints_text_or_markdown(
    lang: str,
    full: bool,  # noqa: FBT001 (two cases)
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The explanation is that of the library, short or full; what a short one leaves out is had by --full."""
    more = ["--full"] if full else []
    explanation = csto.explain("UZB", "2003-06-30", lang=lang)

    assert main(["explain", "UZB", "2003-06-30", "--lang", lang, *more]) == 0
    text = capsys.readouterr().out
    assert main(["explain", "UZB", "2003-06-30", "--lang", lang, "--markdown", *more]) == 0
    markdown = capsys.readouterr().out

    assert text == f"{explanation.text(full=full, call='--full')}\n"
    assert markdown == explanation.to_markdown(full=full, call="--full")
    assert ("--full" in text) is ("--full" in markdown) is not full


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


def test_check_tells_what_a_sound_file_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """A file without faults is summed up."""
    assert main(["check", str(FACTS)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{FACTS}: no faults. CSTO (36 events, 9 states), CSTO-PA (2 events, 2 states); ")


def test_check_counts_one_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that the page on the format begins with holds one of each."""
    page = (FACTS.parents[1] / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
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


def test_check_takes_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound files have a line each; where some are faulty, all faults of all files are told, and nothing else."""
    text = "verified_through: 2020-01-01\norganizations: {X: {name: X}}\nstates: {AAA: {name: Atlantis}}\n"
    files = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    for file, last in zip(files, ("", "licens: CC0-1.0\n", "x: y\n"), strict=True):
        file.write_text(text + last, encoding="utf-8")

    assert main(["check", str(files[0]), str(files[0])]) == 0
    assert capsys.readouterr().out == f"{files[0]}: no faults. X (0 events, 0 states); 0 sources.\n"
    assert main(["check", *map(str, files)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.partition(":4:1: ")[0] for line in told.err.splitlines()] == [str(files[1]), str(files[2])]


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


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (
            ["history", "UZB"],
            "state  name        status     start       end         act\n"
            "UZB    Uzbekistan  OUTSIDE    -           1992-05-15  -\n"
            "UZB    Uzbekistan  SIGNATORY  1992-05-15  1994-04-20  sign\n"
            "UZB    Uzbekistan  MEMBER     1994-04-20  1999-04-21  join\n"
            "UZB    Uzbekistan  FORMER     1999-04-21  2006-08-16  lapse\n"
            "UZB    Uzbekistan  MEMBER     2006-08-16  2012-12-19  join\n"
            "UZB    Uzbekistan  SUSPENDED  2012-12-19  -           suspend\n",
        ),
        (
            ["changes", "1999", "--lang", "ru"],
            "день        код  государство  было      стало            акт\n"
            "1999-04-21  AZE  Азербайджан  участник  бывший участник  истечение срока\n"
            "1999-04-21  GEO  Грузия       участник  бывший участник  истечение срока\n"
            "1999-04-21  UZB  Узбекистан   участник  бывший участник  истечение срока\n",
        ),
        (
            ["changes", "1992-01-01", "latest", "--state", "703", "--codes", "cow"],
            "day         state  name        before     after      act\n"
            "1992-05-15  KGZ    Kyrgyzstan  OUTSIDE    SIGNATORY  sign\n"
            "1994-04-20  KGZ    Kyrgyzstan  SIGNATORY  MEMBER     join\n",
        ),
        (
            ["changes", "--act", "freeze"],
            "day         state  name     before  after   act\n"
            "2024-02-22  ARM    Armenia  MEMBER  FROZEN  freeze\n",
        ),
        (
            ["changes", "2003-09-18", "--era", "CSTO", "--state", "RUS"],
            "day         state  name    before   after   act\n"
            "2003-09-18  RUS    Russia  OUTSIDE  MEMBER  -\n",
        ),
        (["changes", "2010"], "nothing changed\n"),
        (
            ["next", "2007-01-01"],
            "day         state  name        before  after      act\n"
            "2012-12-19  UZB    Uzbekistan  MEMBER  SUSPENDED  suspend\n",
        ),
        (
            ["history", "UZB", "--lang", "ru"],
            "код  государство  статус                   с           до (не включая)  акт\n"
            "UZB  Узбекистан   вне организации          -           1992-05-15       -\n"
            "UZB  Узбекистан   подписавшее государство  1992-05-15  1994-04-20       подписание\n"
            "UZB  Узбекистан   участник                 1994-04-20  1999-04-21       вступление\n"
            "UZB  Узбекистан   бывший участник          1999-04-21  2006-08-16       истечение срока\n"
            "UZB  Узбекистан   член                     2006-08-16  2012-12-19       вступление\n"
            "UZB  Узбекистан   членство приостановлено  2012-12-19  -                приостановление членства\n",
        ),
        (
            ["together", "RUS", "KAZ", "--lang", "ru"],
            "с           до (не включая)  ответ\n1994-04-20  -                да\n",
        ),
        (["next", "latest", "--lang", "ar"], "لا تغيير لاحق مسجل\n"),
        (["together", "ARM", "AZE"], "start       end         answer\n1994-04-20  1999-04-21  yes\n"),
        (["together", "RUS", "KAZ", "KGZ"], "start       end  answer\n1994-04-20  -    yes\n"),
        (["together", "ARM", "GEO", "--era", "CSTO"], "never\n"),
        (
            ["office", "chair", "2020-12-15"],
            "office  state  person  capacity  start                     end\n"
            "chair   RUS    -       holder    2019-11-28                [2020-12-02..2021-01-01]\n"
            "chair   TJK    -       holder    [2020-12-02..2021-01-01]  2021-09-16\n",
        ),
        (["office", "chair", "1990"], "nobody is recorded\n"),
    ],
)
def test_rows_stand_in_columns(
    arguments: list[str], printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer that is rows is a table with headings; a word stands in for no rows."""
    assert main(arguments) == 0
    assert capsys.readouterr() == (printed, "")


def test_history_of_all_states_lists_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a state, the spells of every state with an act follow each other."""
    main(["history", "--format", "csv"])
    lines = capsys.readouterr().out.splitlines()[1:]

    assert lines == [
        ",".join(
            (
                spell.state.iso3,
                spell.state.english,
                str(spell.status),
                spell.start.isoformat() if spell.start else "",
                spell.end.isoformat() if spell.end else "",
                str(spell.opened_by.act) if spell.opened_by else "",
            )
        )
        for state in csto.states
        for spell in csto.spells(state)
    ]


def test_offices_and_sources_are_those_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    """Every term of every office and every source that is cited has a row."""
    main(["office", "--format", "csv"])
    terms = capsys.readouterr().out.splitlines()[1:]
    main(["sources", "GEO", "--format", "csv"])
    sources = capsys.readouterr().out.splitlines()[1:]

    assert len(terms) == sum(len(office.terms) for office in csto.history.offices)
    assert [line.partition(",")[0] for line in sources] == [source.id for source in csto.sources("GEO")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status", "KGZ", "2003"], 0),
        (["status", "UZB", "2003"], 3),
        (["status", "AZE", "1999"], 4),
        (["explain", "UZB", "2003"], 3),
        (["together", "ARM", "AZE"], 0),
        (["together", "ARM", "AZE", "--era", "CSTO"], 3),
        (["together", "UZB", "AZE", "--era", "CSTO", "--dating", "any"], 3),
        (["together", "ARM", "UZB", "--era", "CSTO", "--dating", "any", "--known-on", "2006-08-01"], 4),
        (["claim", "--states", "UZB", "--act", "suspend", "--on", "2012"], 0),
        (["claim", "--states", "UZB", "--act", "suspend", "--on", "2011"], 3),
        (["claim", "--states", "UZB", "--act", "withdraw", "--on", "2012"], 4),
        (["claim", "--states", "RUS,UKR"], 3),
        (["claim", "--states", "RUS", "--partial"], 0),
    ],
)
def test_the_exit_code_says_the_answer_when_asked(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --exit-code no is 3 and what is open 4; without it, both are 0."""
    assert main([*arguments, "--exit-code"]) == code
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "question", [["status", "UZB", "2003"], ["status", "ARM", "2025"], ["members", "2022-02-09"]]
)
def test_the_three_questions_have_an_answer_in_each_language_and_format(
    question: list[str], form: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options stand before or after the command, and change nothing about the answer."""
    assert main([*question, "--lang", lang, "--format", form]) == 0
    after = capsys.readouterr()
    assert main(["--lang", lang, *question[:1], f"--format={form}", *question[1:]]) == 0

    assert capsys.readouterr() == after
    assert after.err == ""
    assert csto.state(question[1] if len(question) == 3 else "RUS").iso3 in after.out
