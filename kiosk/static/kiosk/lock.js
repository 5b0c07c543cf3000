// A shaking hand, two fingers, a resting sleeve: a touch counts once, and only on the screen that it was meant for.
"use strict";
{
  const REST = 600;      // ms after a screen was drawn, and between two touches of the same thing
  const OTHER = 200;     // ms between touches of two answers
  const HELD = 1500;     // ms; who rests on the glass that long is not choosing
  const NEAR = 1.5;      // rem, 15 mm: so near to the touch before it is the same shaking hand, whatever lies there now
  const fingers = new Set();
  let drawnAt = performance.now(), takenAt = -REST, last = {what: "", at: -REST, x: 0, y: 0};
  let downAt = null, tooMany = false, passed = null;

  const named = target => {
    const one = target.closest("button, label, input, textarea, .more");
    if (!one) return null;
    const input = one.control ?? one;
    const isAnswer = input.type === "radio" || input.type === "checkbox";
    const isTyping = !isAnswer && input.matches("input, textarea");
    return {input, isTyping, isAct: one.matches("button"), isQuick: !!one.closest(".board, .zones, .more"),
      what: isAnswer ? `${input.name}=${input.value}` : `${one.name} ${one.value ?? ""}`.trim() || one.className};
  };

  const isNear = event => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return !!event.pointerType && Math.hypot(event.clientX - last.x, event.clientY - last.y) < NEAR * rem;
  };
  const counts = (one, now, event) => {
    const isTouch = !!event.pointerType, since = now - takenAt;
    const isAgain = now - last.at <= REST && (one.what === last.what || isNear(event));
    if (isAgain) last.at = now;                                 // the hand shakes, until it rests
    if (now - drawnAt <= REST) return false;
    if (isTouch && (tooMany || (downAt !== null && (now - downAt > HELD || downAt - drawnAt <= REST)))) return false;
    if (one.isTyping || one.isQuick) return true;
    if (!isTouch && !one.isAct) return true;                    // the arrows of a keyboard walk through answers quickly
    return !isAgain && since > (one.isAct ? REST : OTHER);
  };

  addEventListener("click", event => {
    const one = event.target instanceof Element && named(event.target);
    if (!one || sayso.isGoing) return;
    if (passed && one.input === passed) { passed = null; return; }  // a label hands its touch on to its control
    const now = performance.now();
    if (!counts(one, now, event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (!one.isTyping && !one.isQuick) {
      takenAt = now;
      last = {what: one.what, at: now, x: event.clientX, y: event.clientY};
    }
    if (event.target.closest("label") && event.target !== one.input) {
      passed = one.input;
      setTimeout(() => { passed = null; });
    }
  }, true);

  addEventListener("pointerdown", event => {
    if (!event.isPrimary) tooMany = true;
    if (fingers.size === 0) { downAt = performance.now(); tooMany = !event.isPrimary; }
    fingers.add(event.pointerId);
  }, true);
  const lifted = event => { fingers.delete(event.pointerId); };
  addEventListener("pointerup", lifted, true);
  addEventListener("pointercancel", lifted, true);

  for (const kind of ["contextmenu", "dragstart", "gesturestart"]) addEventListener(kind, event => event.preventDefault());
  addEventListener("selectstart", event => { if (!event.target.closest?.("input, textarea")) event.preventDefault(); });
  addEventListener("wheel", event => { if (event.ctrlKey) event.preventDefault(); }, {passive: false});
  addEventListener("touchmove", event => { if (event.touches.length > 1) event.preventDefault(); }, {passive: false});
  addEventListener("keydown", event => { if (event.repeat && event.key === "Enter") event.preventDefault(); }, true);

  sayso.onDrawn(() => { drawnAt = performance.now(); });
}
