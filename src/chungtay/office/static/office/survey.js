// A ballot filled in where there is no signal: kept on this device, sent when the network returns.
// Without this module the same page is a form with a button.

const form = document.querySelector("[data-ballot]");
const told = document.querySelector("[data-ballot-told]");
const key = `phieu:${location.pathname}`;
const RETRY = 30_000; // milliseconds
const KEPT = "phieu-hai-long"; // as in survey-worker.js
let sending = false;
let inMind = null; // a browser that keeps nothing (private windows) still sends while the page is open

if (form) {
  const kept = read();
  if (kept) fill(kept.fields);
  form.addEventListener("input", () => write({ fields: fields(), waits: false }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.filled_at.value = new Date().toISOString();
    write({ fields: fields(), waits: true });
    send();
  });
  addEventListener("online", send);
  setInterval(send, RETRY);
  send();
  keepPage();
}

// The page itself, with its sheets and scripts, for the next time that it is opened without a signal.
async function keepPage() {
  if (!form.querySelector("button") || !("serviceWorker" in navigator)) return; // closed; or plain HTTP
  try {
    await navigator.serviceWorker.register(form.dataset.worker);
    const parts = performance.getEntriesByType("resource").map((each) => each.name);
    const ours = parts.filter((each) => each.startsWith(`${location.origin}/`) && !each.endsWith(".webmanifest"));
    await (await caches.open(KEPT)).addAll([...new Set([location.pathname, ...ours])]);
    form.dataset.keptHere = "";
  } catch {
    // nothing more is kept than what is filled in
  }
}

function fields() {
  return [...new FormData(form)];
}

function fill(values) {
  for (const [name, value] of values) {
    const input = form.elements[name];
    if (input) input.value = value; // of radio buttons too: the one with that value
  }
}

async function send() {
  const kept = read();
  if (!kept?.waits || sending) return;
  sending = true;
  tell(told.dataset.sending);
  let answer;
  try {
    const response = await fetch(location.pathname, {
      method: "POST",
      body: new URLSearchParams(kept.fields),
      headers: { Accept: "application/json" },
    });
    answer = await response.json(); // what is not ours to read is no answer: the ballot stays
  } catch {
    tell(told.dataset.kept);
    return;
  } finally {
    sending = false;
  }
  if (answer.state === "refused") write({ ...kept, waits: false });
  else forget();
  tell(answer.sentence);
  form.hidden = answer.state !== "refused" || !form.querySelector("button");
}

function tell(sentence) {
  told.textContent = sentence;
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? inMind;
  } catch {
    return inMind;
  }
}

function write(ballot) {
  inMind = ballot;
  try {
    localStorage.setItem(key, JSON.stringify(ballot));
  } catch {
    // kept in mind only
  }
}

function forget() {
  inMind = null;
  globalThis.caches?.open(KEPT).then((kept) => kept.delete(location.pathname));
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
