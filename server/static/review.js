"use strict";
// Keys for the pages of review, the next picture fetched ahead, and the lease of the doubt that is looked at.
// Every page works without this: it presses the same buttons that a hand presses.

const UNSEEN_MS = 250;     // nobody has seen a new picture sooner: a key that comes then was meant for the last one
const HOLD_MS = 120000;    // a lease lasts five minutes

let readyAt = 0;
let isSending = false;
let ahead = null;          // keeps the next picture in memory

const shown = () => document.getElementById("review");

function send(address, page) {
  return navigator.sendBeacon(address, new URLSearchParams({ csrf_token: page.dataset.token }));
}

function prepare(event) {
  const page = shown();
  if (!page) return;
  readyAt = performance.now() + UNSEEN_MS;
  if (page.dataset.next) (ahead = new Image()).src = page.dataset.next;
  const field = page.querySelector(".mistake ~ input, .mistake ~ textarea, .answers input[type=text], .answers textarea");
  // Where there are drafts to choose from, a key does that first: a field that had the cursor would swallow it.
  const first = field?.closest(".field").querySelector(".mistake") || !page.querySelector("[name=draft]") || field?.value ? field : null;
  // A page that was loaded is read from its top; what was swapped in is read from its heading.
  (first ?? (event.type === "load" ? null : page.querySelector("[data-first]")))?.focus({ preventScroll: true });
  first?.setSelectionRange(first.value.length, first.value.length);
}

function pressed(event) {
  const page = shown();
  if (!page || event.repeat || event.altKey || event.metaKey) return;
  const isTyping = event.target.matches("input[type=text], textarea");
  if (isTyping && event.key === "Escape") return event.target.blur();
  if (isTyping && !(event.key === "Enter" && event.ctrlKey)) return;
  if (event.ctrlKey && event.key !== "Enter") return;
  if (event.key === "Enter" && !isTyping && event.target.closest("a, button, summary")) return;
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const target = [...page.querySelectorAll("[data-key]")].find((one) => one.dataset.key === name && one.checkVisibility());
  if (!target) return;
  event.preventDefault();
  if (!isSending && performance.now() >= readyAt) target.click();
}

addEventListener("keydown", pressed);
addEventListener("load", prepare);
addEventListener("load", () => { const page = shown(); if (page?.dataset.hold) send(page.dataset.hold, page); });
addEventListener("pagehide", () => { const page = shown(); if (page?.dataset.leave) send(page.dataset.leave, page); });
setInterval(() => {
  const page = shown();
  if (page?.dataset.hold && document.visibilityState === "visible") send(page.dataset.hold, page);
}, HOLD_MS);

document.addEventListener("htmx:beforeRequest", () => { isSending = true; });
document.addEventListener("htmx:afterRequest", () => { isSending = false; });
document.addEventListener("htmx:beforeSwap", (event) => { event.detail.shouldSwap = event.detail.xhr.status !== 204; });
document.addEventListener("htmx:afterSettle", prepare);
