"use strict";
// Boxes that can be dragged, by their middle or by their lower right corner; without this script they are placed by numbers.
addEventListener("DOMContentLoaded", () => {
  const page = document.querySelector(".adopt svg");
  if (!page) return;
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(page.getScreenCTM().inverse());
  const open = (part) => { for (let one = part; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true; };
  page.querySelectorAll("[data-box]").forEach((group) => {
    const rect = group.querySelector("rect"), label = group.querySelector("text");
    const place = document.querySelector(`[data-place="${group.dataset.box}"]`);
    let from = null;
    const sides = () => ["x", "y", "width", "height"].map((side) => Number(rect.getAttribute(side)));
    rect.addEventListener("pointerdown", (event) => {
      const [x, y, w, h] = sides(), point = at(event), edge = Math.min(1.5, w / 3, h / 3);
      from = { x, y, w, h, point, sizes: point.x > x + w - edge && point.y > y + h - edge };
      rect.setPointerCapture(event.pointerId);
      open(place);
    });
    rect.addEventListener("pointermove", (event) => {
      if (!from) return;
      const point = at(event), dx = point.x - from.point.x, dy = point.y - from.point.y;
      const now = from.sizes ? [from.x, from.y, Math.max(1.5, from.w + dx), Math.max(1.5, from.h + dy)] : [Math.max(0, from.x + dx), Math.max(0, from.y + dy), from.w, from.h];
      ["x", "y", "width", "height"].forEach((side, n) => rect.setAttribute(side, now[n].toFixed(2)));
      label.setAttribute("x", now[0]);
      label.setAttribute("y", now[1] - 0.6);
      ["x", "y", "w", "h"].forEach((side, n) => { place.querySelector(`[name="${side}-${group.dataset.box}"]`).value = now[n].toFixed(1); });
    });
    rect.addEventListener("pointerup", () => {
      if (!from) return;
      const [x, y, w, h] = sides(), moved = [x - from.x, y - from.y, w - from.w, h - from.h].some((one) => Math.abs(one) > 0.2);
      from = null;
      place.scrollIntoView({ block: "nearest" });
      if (moved) place.querySelector(`[value="place:${group.dataset.box}"]`).focus();
    });
  });
});
