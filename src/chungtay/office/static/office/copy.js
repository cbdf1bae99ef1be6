// A text to be pasted elsewhere, copied by one press. Without this file it is selected and copied by hand.

for (const box of document.querySelectorAll("[data-share]")) {
  const text = box.querySelector("textarea");
  const button = box.querySelector("[data-copy]");
  const told = box.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    told.textContent = (await copy(text.value)) ? told.dataset.copied : told.dataset.notCopied;
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy"); // what is selected; on plain HTTP the newer way is shut
  }
}
