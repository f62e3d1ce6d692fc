"""Timelines as pictures: the layout, and the writers for SVG and for a terminal.

A presentation decides nothing: bars are spells, labels are acts, figures are counts of rosters.
"""

from csto_membership.drawing.layout import layout
from csto_membership.drawing.marks import Drawing
from csto_membership.drawing.svg import svg
from csto_membership.drawing.terminal import terminal

__all__ = ["Drawing", "layout", "svg", "terminal"]
