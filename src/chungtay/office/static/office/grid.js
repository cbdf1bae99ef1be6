// The grid of entry as a spreadsheet: arrows, Enter, Esc, pasted blocks; each cell is saved as one leaves it.
// Without this module the same table is a form with a button.

const form = document.getElementById("bang-nhap");
const words = form.dataset;
const rows = [...form.querySelectorAll(".grid tbody tr")]
  .map((row) => [...row.querySelectorAll("input, select")])
  .filter((cells) => cells.length);
const cells = rows.flat();
const status = form.querySelector("[data-status]");
const undo = form.querySelector("[data-undo]");
const saved = new Map(cells.map((cell) => [cell, cell.value])); // what stands in the book of figures
const sent = new Map(); // what is on its way: leaving a cell by Enter is told twice
const done = []; // {cell, before}: what undo brings back, the latest last
let queue = Promise.resolve(); // one cell after another: a later value never overtakes an earlier one

undo.hidden = false;
form.querySelector("[data-save]").hidden = true;

function tell(cell, state, text = "") {
  const box = cell.closest("td");
  const told = box.querySelector(".grid-told");
  box.dataset.state = state;
  told.textContent = [words[state], text].filter(Boolean).join(". ");
  if (state === "refused" || state === "conflict") cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
  status.textContent = `${cell.getAttribute("aria-label")}: ${told.textContent}`;
  return told;
}

function save(cell, more = {}) {
  const value = cell.value.trim();
  if (sent.get(cell) === value || (!sent.has(cell) && value === saved.get(cell))) return queue;
  sent.set(cell, value);
  queue = queue.then(() => send(cell, value, more)).finally(() => {
    if (sent.get(cell) === value) sent.delete(cell);
  });
  return queue;
}

async function send(cell, value, more) {
  tell(cell, "saving");
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "mo_voi", "ky", "tc", "trang", "nguon"]) body.set(name, form.elements[name].value);
  body.set("so", cell.dataset.so);
  body.set("noi", cell.dataset.noi);
  body.set("seen", cell.dataset.seen);
  body.set("value", value);
  for (const [name, text] of Object.entries(more)) body.set(name, text);
  let answer;
  try {
    const response = await fetch(words.cell, { method: "POST", body, headers: { Accept: "application/json" } });
    answer = await response.json();
  } catch {
    tell(cell, "refused", words.lost);
    return;
  }
  settle(cell, value, answer, more);
}

function settle(cell, value, answer, more) {
  if (answer.state === "conflict") {
    const told = tell(cell, "conflict", answer.sentence);
    cell.dataset.seen = answer.seen; // seen now: saving once more is meant
    saved.set(cell, answer.value);
    const take = document.createElement("button");
    take.type = "button";
    take.className = "link";
    take.textContent = `${words.theirs} ${answer.value}`;
    take.addEventListener("click", () => {
      cell.value = answer.value;
      tell(cell, "same");
      cell.focus();
    });
    told.append(" ", take);
    return;
  }
  if (answer.state === "refused" || !["saved", "same", "empty"].includes(answer.state)) {
    tell(cell, "refused", answer.sentence ?? words.lost);
    return;
  }
  if (answer.state === "saved" && !more.undo) done.push({ cell, before: saved.get(cell) });
  undo.disabled = !done.length;
  cell.dataset.seen = answer.seen;
  saved.set(cell, answer.value);
  if (cell.value.trim() === value) cell.value = answer.value;
  tell(cell, answer.state === "saved" ? "saved" : "same", more.undo ? words.undone : "");
}

function goBack() {
  const last = done.pop();
  undo.disabled = !done.length;
  if (!last) return;
  last.cell.focus();
  if (!last.before) {
    tell(last.cell, "same", words.first);
    return;
  }
  last.cell.value = last.before;
  save(last.cell, { undo: "1" });
}

function go(cell, down, across) {
  const row = rows.findIndex((each) => each.includes(cell));
  const next = rows[row + down]?.[rows[row].indexOf(cell) + across];
  if (!next) return false;
  next.focus();
  next.select?.();
  return true;
}

function atEdge(cell, step) {
  if (cell.selectionStart === undefined || cell.selectionStart === null) return true;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const edge = step < 0 ? 0 : cell.value.length;
  return whole || (cell.selectionStart === edge && cell.selectionEnd === edge);
}

form.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!saved.has(cell)) return;
  if (event.altKey) return; // Alt and an arrow opens a list of choices
  const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (undoes && cell.value.trim() === saved.get(cell)) {
    event.preventDefault();
    goBack();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (event.key === "Enter") {
    event.preventDefault(); // never sends the form
    save(cell);
    go(cell, event.shiftKey ? -1 : 1, 0);
  } else if (event.key === "Escape") {
    cell.value = saved.get(cell);
    cell.select?.();
  } else if (step && (step[0] || atEdge(cell, step[1]))) {
    event.preventDefault();
    go(cell, ...step);
  }
});

form.addEventListener("change", (event) => {
  if (saved.has(event.target)) save(event.target);
});

form.addEventListener("paste", (event) => {
  const cell = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!saved.has(cell) || !/[\t\n]/.test(text.trimEnd())) return; // one value: the browser pastes it
  event.preventDefault();
  const top = rows.findIndex((each) => each.includes(cell));
  const left = rows[top].indexOf(cell);
  text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
    line.split("\t").forEach((value, across) => {
      const into = rows[top + down]?.[left + across];
      if (into && value.trim()) put(into, value.trim());
    });
  });
});

function put(cell, value) {
  if (cell.tagName === "SELECT") {
    const meant = [...cell.options].find((one) => [one.value, one.text].some((word) => word.toLowerCase() === value.toLowerCase()));
    if (!meant) {
      tell(cell, "refused", value);
      return;
    }
    cell.value = meant.value;
  } else {
    cell.value = value;
  }
  save(cell);
}

undo.addEventListener("click", goBack);
addEventListener("beforeunload", (event) => {
  if (cells.some((cell) => cell.value.trim() !== saved.get(cell) || cell.closest("td").dataset.state === "saving")) event.preventDefault();
});
