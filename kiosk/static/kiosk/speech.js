// Reading aloud: what is said is what is shown. `saysoSpoken` holds what was really played, for whoever checks it.
"use strict";
window.saysoSpoken = [];
{
  const SPEED = {slow: .8, normal: 1, fast: 1.25}, VOLUMES = 5, START_MAX = 6000;  // ms until a clip must have begun
  let run = 0, player = null;

  const marked = (element, name) => {
    for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
    element?.classList.add(name);
  };
  const button = isPlaying => {
    for (const one of document.querySelectorAll("[data-listen] [data-when]")) one.hidden = (one.dataset.when === "speaking") !== isPlaying;
  };

  // Words of the page, of a text that somebody typed, or of one character → where their sound is.
  const source = async item => {
    if (item.clip) return `${sayso.screen().dataset.clips}${item.clip}.wav`;
    const answer = await fetch(sayso.screen().dataset.say, {method: "POST", body: new URLSearchParams({words: item.text})});
    return answer.status === 200 ? URL.createObjectURL(await answer.blob()) : null;
  };
  const play = (item, address, mine) => new Promise(done => {
    const audio = player = new Audio(address), {speed, volume} = sayso.screen().dataset;
    const late = setTimeout(() => { audio.onplaying = null; audio.pause(); done(false); }, START_MAX);
    audio.preservesPitch = true;
    audio.playbackRate = SPEED[speed];
    audio.volume = volume / VOLUMES;
    audio.onplaying = () => { clearTimeout(late); if (mine === run) marked(item.element, "is-said"); };
    audio.onpause = () => { clearTimeout(late); done(audio.ended); };
    audio.onended = () => { saysoSpoken.push({clip: item.clip, text: item.text}); done(true); };
    audio.onerror = () => { clearTimeout(late); done(false); };
    audio.play().catch(() => { clearTimeout(late); done(false); });
  });

  sayso.isSpeaking = () => player !== null;
  sayso.hush = () => {
    run += 1;
    player?.pause();
    player = null;
    marked(null, "is-said");
    button(false);
    document.getElementById("no-voice").hidden = true;
  };
  sayso.play = async items => {
    sayso.hush();
    const mine = run;
    player = new Audio();
    button(true);
    let missing = 0;
    for (const item of items) {
      const address = await source(item).catch(() => null);
      if (mine !== run) return;
      const isDone = address !== null && await play(item, address, mine);
      if (address?.startsWith("blob:")) URL.revokeObjectURL(address);
      if (mine !== run) return;
      if (!isDone) { missing += 1; item.element?.classList.add("is-mute"); }
    }
    sayso.hush();
    document.getElementById("no-voice").hidden = missing < items.length;
  };

  const ofWord = key => { const word = sayso.word(key); return {clip: word.dataset.clip, text: word.textContent}; };
  const spelled = (text, element) => {
    const letters = JSON.parse(document.getElementById("spoken").dataset.letters ?? "{}");
    return [...text.toUpperCase()].filter(one => letters[one]).map(one => ({clip: letters[one], text: one, element}));
  };
  sayso.spelled = spelled;
  sayso.ofWord = ofWord;

  // What one element says: its words, and how it stands.
  sayso.itemsOf = element => {
    if (element.dataset.spell) return spelled(element.dataset.spell, element);
    if (element.matches("input, textarea")) return [element.value ? {clip: "", text: element.value, element} : ofWord("empty_field")];
    const items = [{clip: element.dataset.clip, text: element.textContent.trim(), element}];
    const input = element.closest(".row")?.querySelector("input");
    if (input?.checked) items.push(ofWord("chosen"));
    else if (input && sayso.usesKeys()) items.push(ofWord("not_chosen"));
    if (element.closest('[aria-pressed="true"]') && !element.matches(".detail")) items.push(ofWord("chosen"));
    return items;
  };
  const SAID = ".progress, .main [data-clip], .main [data-spell], .main .line input, .main .line textarea, .moves [data-clip]";
  sayso.said = () => [...document.querySelectorAll(SAID)].filter(one => one.checkVisibility());
  sayso.say = elements => sayso.play(elements.flatMap(sayso.itemsOf));

  addEventListener("pointerdown", event => { if (!event.target.closest("[data-listen], [data-key]")) sayso.hush(); }, true);
  addEventListener("keydown", () => { if (!sayso.usesKeys()) sayso.hush(); }, true);
  document.addEventListener("htmx:beforeRequest", sayso.hush);
  document.addEventListener("click", event => {
    if (!event.target.closest("[data-listen]")) return;
    event.preventDefault();
    if (sayso.isSpeaking()) sayso.hush(); else sayso.say(sayso.said());
  });
  sayso.onDrawn(() => {
    sayso.hush();
    if (sayso.screen().dataset.aloud === "always") sayso.say(sayso.said());
  });
}
