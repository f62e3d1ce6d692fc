// What the theme leaves to screen readers without a name, or under the name of something else.
"use strict";

function name(root) {
  const search = root.querySelector(".md-search[role=dialog]:not([aria-label])");
  const input = search && search.querySelector("input");
  if (input) {
    search.setAttribute("aria-label", input.getAttribute("aria-label") || input.placeholder);
  }
  for (const bar of root.querySelectorAll("nav.md-code__nav:not([role])")) {
    bar.setAttribute("role", "none"); // its one button has a name of its own
  }
  for (const part of root.querySelectorAll(".md-nav--secondary nav.md-nav:not([role])")) {
    part.removeAttribute("aria-label"); // a part of the page's contents, often called as a part of the site is
    part.setAttribute("role", "none");
  }
}

// The theme adds the bars when it has started, and one after another.
new MutationObserver(() => name(document)).observe(document.documentElement, { childList: true, subtree: true });
name(document);
