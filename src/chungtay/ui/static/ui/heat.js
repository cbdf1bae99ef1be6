// A heat table is one stop of the Tab key: inside it the arrow keys walk from mark to mark.

const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

for (const table of document.querySelectorAll("[data-heat]")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("th a, td.mark a")]);
  const all = rows.flat();
  all.forEach((link, n) => { link.tabIndex = n ? -1 : 0; });
  table.addEventListener("keydown", (event) => {
    const step = moves[event.key];
    if (!step || !all.includes(event.target)) return;
    const row = rows.findIndex((links) => links.includes(event.target));
    const column = rows[row].indexOf(event.target);
    const next = rows[row + step[0]]?.[column + step[1]];
    event.preventDefault();
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
