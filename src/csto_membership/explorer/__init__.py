"""An explorer of an organization: one page that answers who was a member on a day, how surely, and why.

The page carries what the library compiled, for every reading that it offers; its script only looks days up.
"""

from csto_membership.explorer.page import html

__all__ = ["html"]
