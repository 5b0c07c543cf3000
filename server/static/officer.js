"use strict";
// The one thing that a page cannot say of itself: after a form was refused, the list of what is wrong takes the focus.
addEventListener("load", () => requestAnimationFrame(() => document.getElementById("mistakes")?.focus()));
document.addEventListener("htmx:afterSwap", () => document.getElementById("mistakes")?.focus());
