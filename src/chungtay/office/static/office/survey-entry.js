// Paper ballots by the keyboard alone: a digit goes on to the next box, arrows move about.
// Without this module the same table is typed in with Tab.

const table = document.querySelector(".survey-entry");
const rows = [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) => [...row.querySelectorAll(".digit")]);
const boxes = rows.flat();

table?.addEventListener("focusin", ({ target }) => target.select?.());
table?.addEventListener("input", ({ target }) => {
  if (!target.matches(".digit")) return;
  const fits = !target.value || table.dataset.digits.includes(target.value);
  if (fits) target.removeAttribute("aria-invalid");
  else target.setAttribute("aria-invalid", "true");
  if (target.value && fits) boxes[boxes.indexOf(target) + 1]?.focus();
});
table?.addEventListener("keydown", (event) => {
  const row = rows.findIndex((each) => each.includes(event.target));
  if (row < 0) return;
  const column = rows[row].indexOf(event.target);
  const next = {
    ArrowUp: rows[row - 1]?.[column],
    ArrowDown: rows[row + 1]?.[column],
    ArrowLeft: boxes[boxes.indexOf(event.target) - 1],
    ArrowRight: boxes[boxes.indexOf(event.target) + 1],
    Enter: rows[row + 1]?.[0],
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
