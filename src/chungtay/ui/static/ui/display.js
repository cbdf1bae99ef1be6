// Looks: theme and text size change without a reload; the forms beneath work without this file.
// The choice lives in the same two cookies that the server reads, so the next page is right from its first paint.

const root = document.documentElement;
const sizes = ["s", "m", "l", "xl"];
const isDark = window.matchMedia("(prefers-color-scheme: dark)");

function keep(name, value) {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax${secure}`;
}

function nextTheme(now) {
  const round = isDark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return round[(round.indexOf(now) + 1) % round.length];
}

function changeTheme(button) {
  const theme = nextTheme(root.dataset.theme);
  root.dataset.theme = theme;
  button.querySelector(".tool-word").textContent = button.dataset[theme];
  keep("theme", theme);
}

function changeSize(form, step) {
  const now = sizes.indexOf(root.dataset.text);
  const next = step === 0 ? 1 : Math.min(Math.max(now + step, 0), sizes.length - 1);
  root.dataset.text = sizes[next];
  form.querySelector('[data-step="0"]').setAttribute("aria-pressed", String(next === 1));
  keep("textsize", sizes[next]);
}

// A copy of the site on a plain server: nobody there reads the cookies, so the page does.
if ("copy" in root.dataset) {
  for (const [name, attribute] of [["theme", "theme"], ["textsize", "text"]]) {
    const kept = document.cookie.match(new RegExp(`(?:^|; )${name}=(\\w+)`));
    if (kept) root.dataset[attribute] = kept[1];
  }
  for (const form of document.querySelectorAll("form[data-display]")) form.hidden = false;
}

for (const form of document.querySelectorAll("form[data-display]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    if (button.hasAttribute("data-theme-tool")) changeTheme(button);
    else changeSize(form, Number(button.dataset.step));
  });
}

// A public page has an address in each language; whoever changes there is given plain addresses in it from then on.
for (const link of "copy" in root.dataset ? [] : document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    const body = new URLSearchParams({ language: link.hreflang });
    fetch("/ngon-ngu/", { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A branch of a tree that is folded on screen is still wanted on paper.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".trace details:not([open])")];
  for (const branch of folded) branch.open = true;
});
window.addEventListener("afterprint", () => {
  for (const branch of folded) branch.open = false;
});

// A form that came back with faults: begin at their summary.
document.getElementById("loi")?.focus();
