// Before the moving map: the legend filters the drawn one, and the heavy part is fetched only when somebody asks for
// it, or on a screen wide enough whose owner is not saving data.

const wide = window.matchMedia("(min-width: 60rem)").matches && !navigator.connection?.saveData;

function able() {
  const tried = document.createElement("canvas").getContext("webgl2");
  tried?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(tried);
}

async function fetched(frame, deed) {
  const button = frame.querySelector("[data-map-ask]");
  const told = frame.querySelector("[data-map-told]");
  button.hidden = true;
  told.textContent = frame.dataset.wOpening;
  try {
    const module = await import(frame.dataset.module);
    await module[deed](frame);
    told.textContent = "";
  } catch (fault) {
    console.warn(fault);
    told.textContent = frame.dataset.wFailed;
    button.hidden = false;
  }
}

function offer(frame, deed) {
  const button = frame.querySelector("[data-map-ask]");
  if (!able()) return;
  button.addEventListener("click", () => fetched(frame, deed));
  if (wide) fetched(frame, deed);
  else button.hidden = false;
}

function filters(frame) {
  for (const line of frame.querySelectorAll("[data-legend]")) {
    const box = line.querySelector("input");
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const thing of frame.querySelectorAll(`[data-kind="${line.dataset.legend}"]`)) thing.toggleAttribute("hidden", !box.checked);
      frame.dispatchEvent(new CustomEvent("map:kind", { detail: { kind: line.dataset.legend, shown: box.checked } }));
    });
  }
}

for (const frame of document.querySelectorAll("[data-map]")) {
  filters(frame);
  offer(frame, "open");
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) frame.dispatchEvent(new CustomEvent("map:show", { detail: { id: button.dataset.show } }));
  });
}
for (const box of document.querySelectorAll("[data-map-draw]")) offer(box, "draw");
