// Nobody there: ask, shown and spoken; wait; wipe. While something is read aloud, the clock waits, the server's too.
"use strict";
{
  const QUIET = 90_000, WARNING = 60_000, FRESH = 300_000, AGAIN = 5000;  // ms
  const PING = 8000;  // ms; less than the 10 s that the server allows on top
  let last = performance.now(), askedAt = null, pingedAt = 0, wasUsed = false, leftAt = null;
  const dialog = () => document.querySelector("dialog");

  const ping = async () => {
    pingedAt = performance.now();
    const asked = sayso.screen();
    const answer = await fetch(asked.dataset.alive, {method: "POST"}).catch(() => null);
    const isStill = asked.isConnected && !asked.classList.contains("htmx-request");  // else that touch has its own answer
    if (answer?.status === 410 && isStill) sayso.home();
  };
  const isThere = now => {
    last = now;
    if (now - pingedAt > PING && sayso.screen().dataset.turn > 0) ping();
  };
  const used = () => {
    wasUsed = true;
    isThere(performance.now());
  };
  const ask = () => {
    askedAt = performance.now();
    if (sayso.usesKeys()) dialog().show(); else dialog().showModal();  // the keys on the glass stay within reach
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
    leftAt = performance.now();
    dialog().close();
    sayso.closeBoard();
    for (const one of document.querySelectorAll(".main, .moves, .bar")) one.replaceChildren();  // even if the line is down
    sayso.go("leave");
  };
  const look = () => {
    const now = performance.now(), {kind} = sayso.screen().dataset;
    if (leftAt !== null) { if (now - leftAt >= AGAIN) leave(); return; }
    if (askedAt !== null) { if (now - askedAt >= WARNING) leave(); return; }
    if (sayso.isSpeaking()) return isThere(now);
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
    if (leftAt !== null) { leftAt = null; wasUsed = false; }
    askedAt = null;
    last = performance.now();
  });
  setInterval(look, 1000);
}
