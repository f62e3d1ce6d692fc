// The copy button takes what is typed: no prompts, no outputs, no errors.
"use strict";

function typedIn(code) {
  const typed = [];
  let isTyping = false; // a line that begins with "..." continues one that was typed, or is part of an output
  for (const line of code.textContent.split("\n")) {
    const found = line.match(/^(?:>>>|\$)(?: (.*))?$/) || (isTyping && line.match(/^\.\.\.(?: (.*))?$/));
    isTyping = Boolean(found);
    if (found) {
      typed.push(found[1] || "");
    }
  }
  return typed.join("\n");
}

// In the capture phase, before the theme's own listener reads the button.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button[data-clipboard-target]");
    const block = button && button.closest(".language-pycon, .language-console");
    if (block) {
      button.setAttribute("data-clipboard-text", typedIn(block.querySelector("pre > code")));
    }
  },
  true,
);
