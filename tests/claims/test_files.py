"""Files of claims: read as strictly as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csto_membership import ClaimError, DatasetError, Verdict, csto, csto_pa, imprecise, press_claims
from csto_membership._reader.claims_file import read_claims
from csto_membership.claims import Attribution
from tests.claims.support import make

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """\
articles:
  a: {publisher: P, said: 2022-01-17, lang: ar}
claims:
  c:
    article: a
    quote: Q
    translation: T
    kind: roster
    states: [RUS]
    expected: supported
    reason: R
"""
ROSTER = (
    "Its fields are article, kind, quote, translation, expected, reason, organization, not_judged, states, complete, "
    "when, throughout, era."
)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (
            ("quote: Q", f"quote: {'w ' * 26}"),
            ("claims.yaml:6:12: a quotation of 26 words. Keep it to 25. [CM025]",),
        ),
        (("article: a", "article: b"), ("claims.yaml:5:14: no article 'b'. Add it. [CM014]",)),
        (
            ("kind: roster", "kind: rooster"),
            (
                "claims.yaml:8:11: kind: 'rooster' is unknown. Did you mean 'roster'? Write one of roster, status, "
                "count, act, founding, milestone, signature, office, participation. [CM011]",
            ),
        ),
        (("    kind: roster\n", ""), ("claims.yaml:5:5: claim 'c' lacks 'kind'. Add it. [CM008]",)),
        (
            ("states: [RUS]", "states: [RUS]\n    act: join"),
            (f"claims.yaml:10:5: roster claim 'c' has no field 'act'. {ROSTER} [CM007]",),
        ),
        (
            ("    states: [RUS]\n", ""),
            ("claims.yaml:5:5: a roster claim lacks states. Add it. [CM008]",),
        ),
        (
            ("kind: roster", "kind: status\n    status: gone"),
            (
                "claims.yaml:9:13: no status 'gone'. Use one of OUTSIDE, OBSERVER, SIGNATORY, MEMBER, FROZEN, "
                "SUSPENDED, FORMER, ASSOCIATE, not a member, no longer a member. [CM011]",
            ),
        ),
        (
            ("kind: roster\n    states: [RUS]", "kind: count\n    count: six"),
            (
                "claims.yaml:9:12: expected a number of states, got 'six'. Write a whole number, such as 6. [CM011]",
            ),
        ),
        (
            ("states: [RUS]", "states: [RUS]\n    complete: maybe"),
            ("claims.yaml:10:15: complete: 'maybe' is unknown. Write one of yes, no. [CM011]",),
        ),
        (
            ("said: 2022-01-17", "said: 17/1/2022"),
            (
                "claims.yaml:2:27: said: '17/1/2022' is not a date. Write a day as YYYY-MM-DD, a month as YYYY-MM, "
                "a year as YYYY, or some day of a range as [YYYY-MM-DD..YYYY-MM-DD]. [CM010]",
            ),
        ),
        (("    reason: R\n", ""), ("claims.yaml:5:5: roster claim 'c' lacks 'reason'. Add it. [CM008]",)),
        (
            ("  a: {publisher: P, said: 2022-01-17, lang: ar}", "  a: P"),
            (
                "claims.yaml:2:6: article 'a' must be a mapping, with a name and a colon on each line. [CM009]",
                "claims.yaml:5:14: no article 'a'. Add it. [CM014]",
            ),
        ),
        (
            ("  c:\n", "  c: C\n  d:\n"),
            ("claims.yaml:4:6: claim 'c' must be a mapping, with a name and a colon on each line. [CM009]",),
        ),
    ],
)
def test_a_file_of_claims_is_read_strictly(change: tuple[str, str], problems: tuple[str, ...]) -> None:
    """Every fault with its place, a field foreign to its kind as well."""
    with pytest.raises(DatasetError) as caught:
        read_claims(ARTICLE.replace(*change).encode(), "claims.yaml")

    assert caught.value.problems == problems


def test_a_file_that_is_no_claims_is_refused() -> None:
    """Text that is no YAML, and a list, are refused at their place."""
    for text in ("[", "- a"):
        with pytest.raises(DatasetError, match=r"^claims\.yaml:[12]:1: "):
            read_claims(text.encode(), "claims.yaml")


def test_claims_are_read_from_a_file(tmp_path: Path) -> None:
    """One's own claims are read like those that are shipped, with the fields of their kind."""
    file = tmp_path / "claims.yaml"
    file.write_text(
        ARTICLE.replace("states:", "complete: no\n    throughout: yes\n    states:"), encoding="utf-8"
    )

    (press,) = press_claims(file)
    said = Attribution(said="2022-01-17", by="P", lang="ar", quote="Q", translation="T")

    claim = make("roster", states="RUS", complete=False, throughout=True, said="2022-01-17")
    assert press.claim == type(claim)(states="RUS", complete=False, throughout=True, attribution=said)
    assert press.article.said == imprecise("2022-01-17")
    assert press.organization == "CSTO"


def test_the_organization_of_a_file_is_used(tmp_path: Path) -> None:
    """A claim on another organization is refused by this one, and judged by that."""
    file = tmp_path / "claims.yaml"
    text = ARTICLE.replace("kind: roster", "kind: status\n    status: observer\n    organization: CSTO-PA")
    file.write_text(text.replace("[RUS]", "[SRB]"), encoding="utf-8")

    (press,) = press_claims(file)
    assert press.organization == "CSTO-PA"
    assert csto_pa.check(press.claim).verdict is Verdict.SUPPORTED
    with pytest.raises(ClaimError, match="the claim speaks of CSTO-PA, not of CSTO"):
        csto.check(press.claim)
