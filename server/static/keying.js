"use strict";
// Digits choose an answer while its question has the focus, and the next question follows. All of it works without.

function questions() {
  return [...document.querySelectorAll("#keying .asked")];
}

function first(question) {
  return question.querySelector("input:checked, input:not([name=unsure]), textarea, select");
}

document.getElementById("keying")?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const question = event.target.closest(".asked");
  if (!question || !event.target.matches("input[type=radio], input[type=checkbox]")) return;
  const pick = question.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
  if (!pick) return;
  event.preventDefault();
  pick.focus();
  if (pick.type === "checkbox") {
    pick.checked = !pick.checked;
    return;
  }
  pick.checked = true;
  const all = questions();
  const next = all[all.indexOf(question) + 1];
  if (!next) return;
  first(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
});
