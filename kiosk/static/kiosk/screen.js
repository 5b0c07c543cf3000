// What the other scripts share: the screen that is shown, the kiosk's own words in its language, when a screen is new.
"use strict";
window.sayso = {
  screen: () => document.getElementById("screen"),
  word: key => document.querySelector(`[data-word="${key}"]`),
  usesKeys: () => sayso.screen().dataset.aloud === "keys",
  home: () => location.replace(sayso.screen().getAttribute("action")),
  onDrawn: doing => document.addEventListener("sayso:drawn", doing),
  go: act => {  // as if a button had been touched
    const form = sayso.screen();
    let button = form.querySelector(`button[name=act][value="${act}"]`);
    if (!button) {
      button = Object.assign(document.createElement("button"), {name: "act", value: act, hidden: true});
      form.append(button);
    }
    sayso.isGoing = true;  // htmx sends the button that was clicked; no hand shook here
    button.click();
    sayso.isGoing = false;
  },
};

const drawn = () => {
  const {lang, dir} = sayso.screen();
  Object.assign(document.documentElement, {lang, dir});
  document.dispatchEvent(new Event("sayso:drawn"));
};
document.addEventListener("DOMContentLoaded", drawn);
document.addEventListener("htmx:afterSwap", drawn);

// The server or the line is down: say so; what was touched can be touched again, for every screen counts once.
for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
  document.addEventListener(failed, () => { document.getElementById("offline").hidden = false; });
document.addEventListener("htmx:beforeRequest", () => { document.getElementById("offline").hidden = true; });

// The last person's screen never comes back from the browser's memory.
addEventListener("pageshow", event => { if (event.persisted) sayso.home(); });
addEventListener("popstate", () => sayso.home());

// An answer that excludes the others clears them, and they clear it.
document.addEventListener("change", ({target}) => {
  if (target.type !== "checkbox" || !target.checked) return;
  for (const other of document.getElementsByName(target.name))
    if (other !== target && (target.dataset.exclusive !== undefined || other.dataset.exclusive !== undefined)) other.checked = false;
});

// How far there is more to see, where the sheet cannot tell by itself; a touch on the arrow shows it.
document.addEventListener("click", ({target}) => {
  const box = target.closest?.(".more")?.parentElement;
  box?.scrollBy({top: box.clientHeight * .7, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth"});
});
