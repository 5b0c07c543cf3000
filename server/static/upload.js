"use strict";
// Files one by one, with how far each is; dropped or chosen. Without this script the form sends them all at once.
addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const [input, sent, far, list, bar] = ["#files", "[data-sent]", "[data-far]", "[data-list]", "progress"].map((one) => form.querySelector(one));
  form.querySelectorAll("[data-with-script]").forEach((one) => { one.hidden = false; });
  const waiting = [];
  let all = 0, done = 0, failed = 0, busy = false;

  const line = (name) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("strong"), { textContent: name }), " ", Object.assign(document.createElement("span"), { textContent: "waits" }));
    list.append(item);
    return (words, kind) => { item.lastChild.textContent = words; item.className = kind || ""; };
  };
  const show = (part) => {
    bar.value = all ? (done + part) / all : 0;
    far.textContent = done < all ? `${done} of ${all} files are sent.` : `All ${all} files are sent${failed ? `; ${failed} could not be taken in` : ""}.`;
  };
  const add = (files) => {
    for (const file of files) waiting.push({ file, say: line(file.name), token: `${form.elements.token.value}-${all++}`, tries: 0 });
    sent.hidden = !all;
    show(0);
    next();
  };
  const next = () => {
    const one = busy ? undefined : waiting.shift();
    if (!one) return;
    busy = true;
    const request = new XMLHttpRequest(), data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("token", one.token);
    data.append("files", one.file);
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => { if (event.lengthComputable) show(event.loaded / event.total); one.say("is sent"); };
    request.onload = () => over(one, request);
    request.onerror = () => over(one, request);
    request.send(data);
  };
  const over = (one, request) => {
    busy = false;
    // The same token again: what had arrived although no answer came is not taken for a second coming.
    if (request.status === 0 && one.tries++ < 3) {
      one.say("is tried again");
      waiting.unshift(one);
      setTimeout(next, 2000);
      return;
    }
    const told = request.response && request.response.files ? request.response.files[0] : undefined;
    done += 1;
    if (told) one.say(told.words, told.good ? "good" : "bad");
    else { failed += 1; one.say(words(request), "bad"); }
    show(0);
    next();
  };
  const words = (request) => {
    if (request.status === 413) return "It is larger than 64 MB. Put it into the scanner's folder, or use the command sayso intake.";
    if (request.status === 0) return "The site cannot be reached. Send it once more later.";
    if (request.response && request.response.words) return request.response.words;
    if (request.status === 507) return "The site's disk is full. Ask your administrator to make room, then send it once more.";
    return "It could not be taken in. Load this page again, then send it once more.";
  };
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    add(input.files);
    input.value = "";
  });
  addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    add(event.dataTransfer.files);
  });
});
