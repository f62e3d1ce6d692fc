"""Whole answers in each form and language: what they say is written down, and read by people."""

from __future__ import annotations

import pytest

from tests.membership.whole_answers import GOLDEN, LANGUAGES, cards, dates, dictionaries, sequences, texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_is_told_as_written_down(lang: str) -> None:
    """Full and short text and Markdown name the same acts, doubts, sources and readings, word for word."""
    assert texts(lang) == (GOLDEN / f"answers-{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_shows_what_is_written_down(lang: str) -> None:
    """A card holds the short answer open, and folds confirmations, the rule, disputes and sources."""
    assert cards(lang) == (GOLDEN / f"cards-{lang}.txt").read_text(encoding="utf-8")


def test_rosters_spells_and_changes_show_what_is_written_down() -> None:
    """A roster says of which days it is, and what is possible; spells and changes stand in tables."""
    assert sequences() == (GOLDEN / "cards-of-sequences.txt").read_text(encoding="utf-8")


def test_an_answer_as_plain_values_is_written_down() -> None:
    """Every part of an answer goes out under its own key."""
    assert dictionaries() == (GOLDEN / "answers-as-values.txt").read_text(encoding="utf-8")


def test_dates_are_written_out_as_written_down() -> None:
    """A month stays a month and a range a range, in the case that its preposition asks for."""
    assert dates() == (GOLDEN / "dates-in-words.txt").read_text(encoding="utf-8")
