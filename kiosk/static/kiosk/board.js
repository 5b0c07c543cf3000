// A keyboard on the screen for whoever touches a field; it lies beneath what is typed, and a real one works as well.
"use strict";
{
  const BOUNCE = 150;  // ms; the same key again sooner is a shaking finger
  let field = null, keys = null, isTouched = false;
  const DELETE = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5h13v14H8l-6-7zM11.5 9l6 6M17.5 9l-6 6"/></svg>';
  const WORDS = {"{bksp}": "key_delete", "{space}": "key_space", "{caps}": "key_capitals", "{123}": "key_signs", "{abc}": "key_letters", "{done}": "key_done"};

  sayso.keyWords = WORDS;
  const named = key => WORDS[key] && sayso.word(WORDS[key]).textContent;
  const type = text => {
    const {selectionStart: from, selectionEnd: to, maxLength, value} = field;
    if (maxLength > 0 && value.length - (to - from) + text.length > maxLength) return;
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const remove = () => {
    const {selectionStart: from, selectionEnd: to} = field;
    field.setRangeText("", from === to ? Math.max(0, from - 1) : from, to, "end");
    field.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const page = name => keys.setOptions({layoutName: keys.options.layoutName === name ? "default" : name});
  let last = {key: "", at: 0};
  const press = key => {
    const now = performance.now(), isBounce = key === last.key && now - last.at < BOUNCE;
    last = {key, at: now};
    if (isBounce) return;
    ({"{bksp}": remove, "{space}": () => type(" "), "{caps}": () => page("caps"), "{123}": () => page("signs"),
      "{abc}": () => page("default"), "{done}": sayso.closeBoard}[key] ?? (() => {
      type(key);
      if (keys?.options.layoutName === "caps") page("default");
    }))();
  };

  sayso.board = () => document.querySelector(".board");
  sayso.closeBoard = () => {
    keys?.destroy();
    keys = null;
    sayso.board()?.remove();
    sayso.screen().classList.remove("types");
  };
  sayso.openBoard = async one => {
    const {default: Keyboard} = await import(sayso.screen().dataset.board);
    if (!one.isConnected) return;
    sayso.closeBoard();
    field = one;
    const board = Object.assign(document.createElement("div"), {className: "board simple-keyboard"});
    board.setAttribute("role", "group");
    board.setAttribute("aria-label", sayso.word("show_keys").textContent);
    sayso.screen().append(board);
    const shown = Object.fromEntries(Object.keys(WORDS).map(key => [key, named(key)]));
    const layout = sayso.layout(one.dataset.typing, sayso.screen().lang);
    keys = new Keyboard(board, {
      layout, mergeDisplay: true, useButtonTag: true,
      display: {...shown, "{bksp}": DELETE, "{caps}": "ABC", "{123}": "123", "{abc}": "abc"},
      buttonAttributes: [
        {attribute: "type", value: "button", buttons: Object.values(layout).flat().join(" ")},  // they send nothing
        ...Object.keys(WORDS).map(key => ({attribute: "aria-label", value: named(key), buttons: key})),
      ],
      preventMouseDownDefault: true, stopMouseDownPropagation: false, disableButtonHold: true, disableCaretPositioning: true,
      theme: "hg-theme-ours",
    });
    sayso.screen().classList.add("types");
    one.focus();
    const line = one.closest(".line"), room = document.querySelector(".main").clientHeight;
    (line.offsetHeight < room ? line : one).scrollIntoView({block: "center"});
  };

  addEventListener("pointerdown", event => { isTouched = event.target.closest(".line") !== null; }, true);
  addEventListener("keydown", event => {
    isTouched = false;
    if (event.key === "Escape") sayso.closeBoard();
    if (event.key.length === 1 && !sayso.usesKeys() && document.activeElement === field) sayso.closeBoard();  // they have keys of their own
  }, true);
  document.addEventListener("focusin", ({target}) => { if (isTouched && target.matches("[data-typing]")) sayso.openBoard(target); });
  document.addEventListener("click", ({target}) => {
    if (target.matches("[data-typing]") && !sayso.board()) sayso.openBoard(target);
    const key = target.closest(".board button");
    if (key) return press(key.dataset.skbtn);
    const opens = target.closest("[data-keys-for]");
    if (opens) sayso.openBoard(document.getElementById(opens.dataset.keysFor)).then(() => sayso.board().querySelector("button").focus());
    else if (sayso.board() && !target.closest(".line, .zones")) sayso.closeBoard();
  });
  sayso.onDrawn(() => { keys?.destroy(); keys = null; });
}
