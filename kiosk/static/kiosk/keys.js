// Everything by four keys and by ear: next, back, choose, repeat. A list of all that is on the screen, one after the other.
"use strict";
{
  const STOPS = ".main h1, .main p[data-clip], .main [data-spell], .main label.row, .main .line, .main dt, .main li, .pledges p, .main .big, .main dd button, .moves button, .bar button";
  const KEY = {ArrowDown: "next", Tab: "next", ArrowUp: "back", Enter: "choose", " ": "choose", ArrowLeft: "repeat", F1: "repeat", r: "repeat", R: "repeat"};
  let here = null, isNew = true;

  const dialog = () => document.querySelector("dialog[open]");
  const stops = () => {
    const all = sayso.board() ? ".board button" : STOPS;
    return [...document.querySelectorAll(all)].filter(one => one.checkVisibility());
  };
  const ofKey = key => {
    const word = sayso.keyWords[key];
    if (word) return [sayso.ofWord(word)];
    const letters = sayso.spelled(key);
    return letters.length === [...key].length ? letters : [{clip: "", text: key}];
  };
  const items = stop => {
    if (stop.closest(".board")) return ofKey(stop.dataset.skbtn);
    if (stop.dataset.clip || stop.dataset.spell) return [...sayso.itemsOf(stop), ...after(stop)];
    return [...stop.querySelectorAll("[data-clip], input[data-typing], textarea")].filter(one => one.checkVisibility()).flatMap(sayso.itemsOf);
  };
  const after = stop => {   // a question that was answered: with what
    const found = [];
    for (let next = stop.nextElementSibling; stop.matches("dt") && next?.matches("dd[data-clip]"); next = next.nextElementSibling) found.push(...sayso.itemsOf(next));
    return found;
  };
  const stand = (stop, before = []) => {
    document.querySelector(".is-here")?.classList.remove("is-here");
    here = stop;
    stop.classList.add("is-here");
    stop.scrollIntoView({block: "nearest"});
    sayso.play([...before, ...items(stop)]);
  };
  const step = by => {
    const all = stops(), at = all.indexOf(here);
    stand(all[at < 0 ? 0 : (at + by + all.length) % all.length]);
  };
  const choose = async () => {
    if (!here?.isConnected) return step(1);
    const field = here.querySelector("[data-typing]");
    if (field) {
      await sayso.openBoard(field);
      return stand(stops()[0], [sayso.ofWord("show_keys")]);
    }
    if (here.closest(".board")) return type();
    const input = here.control;
    if (input) {
      input.click();
      return sayso.play([sayso.ofWord(input.checked ? "chosen" : "not_chosen")]);
    }
    const button = here.closest("button");
    if (!button) return stand(here);
    sayso.hush();
    button.click();
  };
  const type = () => {
    const key = here.dataset.skbtn, at = stops().indexOf(here), field = document.activeElement;
    here.click();
    if (!sayso.board()) return stand(field.closest(".line") ?? stops()[0]);   // done: what was typed is said
    here = stops()[at] ?? stops()[0];
    here.classList.add("is-here");
    sayso.play(key === "{bksp}" ? [sayso.ofWord("deleted")] : ofKey(key));
  };
  const doing = {next: () => step(1), back: () => step(-1), choose, repeat: () => here?.isConnected ? stand(here) : step(1)};
  const asked = key => {   // whether they are still there: it has one button
    if (key !== "choose") return sayso.say([...dialog().querySelectorAll("[data-clip]")]);
    dialog().querySelector("button").click();
    doing.repeat();
  };
  const press = key => dialog() ? asked(key) : doing[key]();

  addEventListener("keydown", event => {
    const key = event.key === "Tab" && event.shiftKey ? "back" : KEY[event.key];
    if (!key || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!sayso.usesKeys()) {
      if (key === "repeat" && sayso.screen().dataset.kind === "start") sayso.go("speech aloud:keys");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) press(key);
  }, true);
  document.addEventListener("click", ({target}) => { const zone = target.closest("[data-key]"); if (zone) press(zone.dataset.key); });

  sayso.onDrawn(() => {
    here = null;
    if (!sayso.usesKeys()) { isNew = true; return; }
    const first = [...document.querySelectorAll(".progress, .main .problem [data-clip], .main .notice")].flatMap(sayso.itemsOf);
    stand(document.getElementById("heading"), isNew ? [sayso.ofWord("keys_intro"), ...first] : first);
    isNew = false;
  });
}
