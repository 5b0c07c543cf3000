"use strict";
// The four corners of a sheet put on its picture: dragged by mouse or touch, or moved by the arrow keys. They are the
// number fields of the form, which work by themselves; each follows the other.

const SVG = "http://www.w3.org/2000/svg";
const LEAST = -20, MOST = 120;       // hundredths of a side: a corner may be torn off, or cut off by the scan
const STEP = 0.1, LEAP = 2;          // an arrow key, and one with Shift

const sheet = document.querySelector("svg.sheet");
const details = document.getElementById("corners");
if (sheet && details) begin();

function begin() {
  const { width, height } = sheet.viewBox.baseVal;
  const unit = Math.max(width, height) / 60;
  const fields = [1, 2, 3, 4].map((at) => ["x", "y"].map((axis) => document.getElementById(`${axis}${at}`)));
  const outline = made("polygon", { class: "outline" });
  const handles = fields.map((_, at) => handle(at));
  handles.forEach((one, at) => enable(one, at));
  fields.flat().forEach((field) => field.addEventListener("input", () => { chosen(); drawn(); }));
  details.addEventListener("toggle", () => { if (details.open) chosen(); shown(); });
  document.querySelectorAll("[name=where]").forEach((one) => one.addEventListener("change", () => { details.open = wanted(); shown(); }));
  drawn();
  shown();

  function handle(at) {
    const group = made("g", { class: "handle", tabindex: "0", role: "button", "aria-describedby": "corners-how" });
    made("circle", { r: unit * 1.6, class: "reach" }, group);
    made("circle", { r: unit * 0.9 }, group);
    made("path", { d: `M${-unit * 1.4} 0H${unit * 1.4}M0 ${-unit * 1.4}V${unit * 1.4}` }, group);
    const words = made("text", { y: unit * 2.4, "font-size": unit * 1.3, "text-anchor": "middle" }, group);
    words.textContent = String(at + 1);
    return group;
  }

  function enable(one, at) {
    let grip = null;                 // from the corner to where it was taken hold of
    one.addEventListener("pointerdown", (event) => {
      const [x, y] = place(event);
      grip = [value(at, 0) - x, value(at, 1) - y];
      one.setPointerCapture(event.pointerId);
      event.preventDefault();
      one.focus({ preventScroll: true });
    });
    one.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const [x, y] = place(event);
      put(at, x + grip[0], y + grip[1]);
    });
    const end = () => { grip = null; };
    one.addEventListener("pointerup", end);
    one.addEventListener("pointercancel", end);
    one.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const [x, y] = moves[event.key] ?? [0, 0];
      if (!x && !y) return;
      event.preventDefault();
      const step = event.shiftKey ? LEAP : STEP;
      put(at, value(at, 0) + x * step, value(at, 1) + y * step);
    });
  }

  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    return [at.x / width * 100, at.y / height * 100];
  }

  function value(at, axis) {
    return Number(fields[at][axis].value) || 0;
  }

  function put(at, x, y) {
    [x, y].forEach((part, axis) => { fields[at][axis].value = Math.min(MOST, Math.max(LEAST, part)).toFixed(1); });
    chosen();
    drawn();
  }

  function drawn() {
    const points = fields.map((_, at) => [value(at, 0) / 100 * width, value(at, 1) / 100 * height]);
    outline.setAttribute("points", points.map((one) => one.join(",")).join(" "));
    handles.forEach((one, at) => {
      one.setAttribute("transform", `translate(${points[at].join(" ")})`);
      const name = details.querySelector(`#corner-${at + 1} legend`).dataset.name;
      one.setAttribute("aria-label", `${at + 1}, ${name}: ${value(at, 0)} from the left, ${value(at, 1)} from the top`);
    });
  }

  function chosen() {
    document.querySelector("[name=where][value=corners]").checked = true;
    shown();
  }

  function wanted() {
    return document.querySelector("[name=where][value=corners]").checked;
  }

  function shown() {
    sheet.classList.toggle("cornered", wanted());
  }

  function made(name, attributes, parent = sheet) {
    const one = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, to]) => one.setAttribute(key, to));
    return parent.appendChild(one);
  }
}
