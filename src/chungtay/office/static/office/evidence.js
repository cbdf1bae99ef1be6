// Evidence: how far a sending is, and rectangles drawn on a picture. Every form works without this file.

// ── Sending: htmx sends, this shows how far it is and says when the line broke ──
for (const form of document.querySelectorAll("form[data-sends]")) {
  const bar = form.querySelector("progress");
  const failed = form.querySelector(".error");
  form.addEventListener("htmx:beforeRequest", () => {
    bar.hidden = false;
    bar.value = 0;
    failed.hidden = true;
  });
  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    if (detail.lengthComputable) bar.value = Math.floor((detail.loaded / detail.total) * 100);
  });
  for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    form.addEventListener(event, () => {
      bar.hidden = true;
      failed.hidden = false;
    });
  }
}

// ── Blurring: rectangles by mouse, pen or finger, kept as thousandths of the picture ──
const form = document.querySelector("form[data-blurs]");
const canvas = document.querySelector(".canvas");
if (form && canvas) prepare(form, canvas, canvas.querySelector("svg"));

function prepare(form, canvas, svg) {
  const field = form.elements.boxes;
  const count = form.querySelector("[data-count]");
  const draw = form.querySelector("[data-draw]");
  const boxes = field.value.split(";").filter(Boolean).map((box) => box.split(",").map(Number));
  let start = null;

  function show(extra = []) {
    svg.replaceChildren(
      ...[...boxes, ...extra].map(([x, y, width, height]) => {
        const rect = document.createElementNS(svg.namespaceURI, "rect");
        for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
        return rect;
      }),
    );
    field.value = boxes.map((box) => box.join(",")).join(";");
    count.textContent = boxes.length ? `${boxes.length} ${count.dataset.words}` : "";
  }

  function at(event) {
    const frame = svg.getBoundingClientRect();
    const part = (value, length) => Math.round(Math.min(Math.max(value / length, 0), 1) * 1000);
    return [part(event.clientX - frame.left, frame.width), part(event.clientY - frame.top, frame.height)];
  }

  function between([x, y], [u, v]) {
    return [Math.min(x, u), Math.min(y, v), Math.abs(x - u), Math.abs(y - v)];
  }

  draw.addEventListener("click", () => {
    const on = canvas.classList.toggle("drawing");
    draw.setAttribute("aria-pressed", String(on));
    if (on) canvas.scrollIntoView({ block: "nearest" });
  });
  form.querySelector("[data-undo]").addEventListener("click", () => {
    boxes.pop();
    show();
  });
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    start = at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start) show([between(start, at(event))]);
  });
  svg.addEventListener("pointerup", (event) => {
    if (!start) return;
    const box = between(start, at(event));
    start = null;
    if (box[2] > 4 && box[3] > 4) boxes.push(box); // a slip of the finger is no rectangle
    show();
  });
  svg.addEventListener("pointercancel", () => {
    start = null;
    show();
  });
  form.querySelector("[data-tools]").hidden = false;
  show();
}
