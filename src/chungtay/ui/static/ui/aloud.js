// Read the page aloud, marking what is being read: by the browser's own voice, or by the server's where it has none for
// the page's language (data-page: the list of what is said, with its sounds). Hidden where neither can speak.

const speech = "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
const start = document.querySelector("[data-aloud]");
const stop = document.querySelector("[data-aloud-stop]");
const link = document.querySelector("[data-aloud-link]");
const readable = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, figcaption, summary";
const english = document.documentElement.lang === "en";
const LONGEST = 220;

let queue = []; // of what is said in one go: { elements, text } by the browser, { elements, sound } by the server
let here = 0;
let state = "still";
let sound = null;

function paragraphs() {
  const found = [...document.querySelectorAll("main :is(" + readable + ")")];
  return found.filter((one) => one.getClientRects().length && !found.some((inner) => inner !== one && one.contains(inner)));
}

// Long utterances are cut off by some engines, so sentences are handed over one at a time.
function sentences(text) {
  const pieces = text.replace(/\s+/g, " ").trim().match(/[^.!?;:]+[.!?;:]*(?=\s|$)|\S+/g) ?? [];
  const joined = [];
  for (const piece of pieces) {
    const last = joined.length - 1;
    if (last >= 0 && joined[last].length + piece.length < LONGEST) joined[last] += " " + piece.trim();
    else joined.push(piece.trim());
  }
  return joined;
}

function show(next) {
  state = next;
  const word = { still: "start", reading: "pause", paused: "resume" }[next];
  start.querySelector(".tool-word").textContent = start.dataset[word];
  start.setAttribute("aria-pressed", String(next === "reading"));
  stop.hidden = next === "still";
}

function mark(elements) {
  for (const one of document.querySelectorAll(".being-read")) one.classList.remove("being-read");
  for (const one of elements) one.classList.add("being-read");
  elements[0]?.scrollIntoView({ block: "nearest" });
}

function finish() {
  queue = [];
  speech?.cancel();
  sound?.pause();
  sound = null;
  mark([]);
  show("still");
}

function voice() {
  const wanted = english ? "en" : "vi";
  return speech?.getVoices().find((one) => one.lang.replace("_", "-").startsWith(wanted));
}

function say({ text }, next, broken) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = english ? "en-GB" : "vi-VN";
  const found = voice();
  if (found) words.voice = found;
  words.onend = next;
  words.onerror = broken;
  speech.speak(words);
}

function play(one, next, broken) {
  sound = new Audio(one.sound);
  sound.onended = next;
  sound.onerror = broken;
  sound.play().catch((fault) => fault.name !== "AbortError" && broken()); // paused before it had come
}

function readOn() {
  const mine = queue;
  if (here >= mine.length) return finish();
  const one = mine[here];
  mark(one.elements);
  const next = () => {
    if (queue !== mine) return;
    here += 1;
    readOn();
  };
  const broken = () => queue === mine && finish();
  (one.sound ? play : say)(one, next, broken);
}

// The same words on the page and in the server's list, whatever the spaces between them.
function bare(element) {
  const copy = element.cloneNode(true);
  for (const unsaid of copy.querySelectorAll("svg, [aria-hidden=true], [hidden]")) unsaid.remove();
  return copy.textContent.replace(/\s+/g, "");
}

async function fromServer() {
  const page = new DOMParser().parseFromString(await (await fetch(start.dataset.page)).text(), "text/html");
  const left = paragraphs().map((element) => [element, bare(element)]);
  return [...page.querySelectorAll(".listening li:has(audio)")].map((part) => {
    const elements = [];
    for (const said of part.querySelectorAll("p")) {
      const at = left.findIndex(([, words]) => words === bare(said));
      if (at >= 0) elements.push(left.splice(0, at + 1).at(-1)[0]);
    }
    return { elements, sound: part.querySelector("audio").getAttribute("src") };
  });
}

async function begin() {
  here = 0;
  show("reading");
  if (start.dataset.page && !voice()) queue = await fromServer().catch(() => []);
  else queue = paragraphs().flatMap((element) => sentences(element.textContent).map((text) => ({ elements: [element], text })));
  if (state === "reading") readOn();
}

function press() {
  if (state === "still") begin();
  else if (state === "reading") {
    sound ? sound.pause() : speech.pause();
    show("paused");
  } else {
    sound ? sound.play().catch(() => {}) : speech.resume();
    show("reading");
  }
}

if ((speech || start?.dataset.page) && start && stop) {
  start.hidden = false;
  if (link) link.hidden = true;
  start.addEventListener("click", press);
  stop.addEventListener("click", finish);
  window.addEventListener("pagehide", () => speech?.cancel());
}
