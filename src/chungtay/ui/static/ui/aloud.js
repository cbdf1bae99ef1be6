// Read the page aloud, paragraph by paragraph, marking the one being read. Hidden where the browser cannot speak.

const speech = window.speechSynthesis;
const start = document.querySelector("[data-aloud]");
const stop = document.querySelector("[data-aloud-stop]");
const readable = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, figcaption, summary";
const LONGEST = 220;

let queue = [];
let here = 0;
let state = "still";

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

function unmark() {
  document.querySelector(".being-read")?.classList.remove("being-read");
}

function finish() {
  queue = [];
  speech.cancel();
  unmark();
  show("still");
}

function readOn() {
  const mine = queue;
  if (here >= mine.length) return finish();
  const { element, text } = mine[here];
  unmark();
  element.classList.add("being-read");
  element.scrollIntoView({ block: "nearest" });
  const words = new SpeechSynthesisUtterance(text);
  words.lang = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const voice = speech.getVoices().find((one) => one.lang.replace("_", "-").startsWith(words.lang.slice(0, 2)));
  if (voice) words.voice = voice;
  words.onend = () => {
    if (queue !== mine) return;
    here += 1;
    readOn();
  };
  words.onerror = () => queue === mine && finish();
  speech.speak(words);
}

function begin() {
  queue = paragraphs().flatMap((element) => sentences(element.textContent).map((text) => ({ element, text })));
  here = 0;
  show("reading");
  readOn();
}

function press() {
  if (state === "still") begin();
  else if (state === "reading") {
    speech.pause();
    show("paused");
  } else {
    speech.resume();
    show("reading");
  }
}

if (speech && "SpeechSynthesisUtterance" in window && start && stop) {
  start.hidden = false;
  start.addEventListener("click", press);
  stop.addEventListener("click", finish);
  window.addEventListener("pagehide", () => speech.cancel());
}
