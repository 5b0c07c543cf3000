// Nobody there: ask, shown and spoken; wait; wipe. While something is read aloud, the clock waits.
"use strict";
{
  const QUIET = 90_000, WARNING = 60_000, PING = 20_000, FRESH = 300_000;  // ms
  let last = performance.now(), askedAt = null, pingedAt = 0, wasUsed = false, isLeaving = false;
  const dialog = () => document.querySelector("dialog");

  const ping = async () => {
    pingedAt = performance.now();
    const asked = sayso.screen();
    const answer = await fetch(asked.dataset.alive, {method: "POST"}).catch(() => null);
    const isStill = asked.isConnected && !asked.classList.contains("htmx-request");  // else that touch has its own answer
    if (answer?.status === 410 && isStill) sayso.home();
  };
  const used = () => {
    last = performance.now();
    wasUsed = true;
    if (last - pingedAt > PING && sayso.screen().dataset.kind !== "start") ping();
  };
  const ask = () => {
    askedAt = performance.now();
    dialog().showModal();
    sayso.say([...dialog().querySelectorAll("[data-clip]")]);
  };
  const stay = () => {
    dialog().close();
    askedAt = null;
    pingedAt = 0;
    sayso.hush();
    used();
  };
  const leave = () => {
    isLeaving = true;
    sayso.go("leave");
  };
  const look = () => {
    const now = performance.now(), {kind} = sayso.screen().dataset;
    if (isLeaving) return;
    if (askedAt !== null) { if (now - askedAt >= WARNING) leave(); return; }
    if (sayso.isSpeaking()) { last = now; return; }
    if (kind === "set_up" || kind === "not_now") return;
    if (kind === "start") {
      if (wasUsed && now - last >= QUIET) { wasUsed = false; leave(); }   // nothing is lost but how it was set
      else if (!wasUsed && now - last >= FRESH) { last = now; sayso.refresh(); }
      return;
    }
    if (now - last >= QUIET) ask();
  };

  sayso.refresh = () => htmx.ajax("GET", sayso.screen().getAttribute("action"), {target: "#screen", swap: "outerHTML"});
  for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, used, true);
  document.addEventListener("click", event => { if (event.target.closest("[data-more-time]")) stay(); });
  document.addEventListener("cancel", event => { event.preventDefault(); stay(); }, true);
  sayso.onDrawn(() => {
    if (isLeaving) { isLeaving = false; wasUsed = false; }
    askedAt = null;
    last = performance.now();
  });
  setInterval(look, 1000);
}
