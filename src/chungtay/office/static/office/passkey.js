// A passkey that did not work is told in the page's own sentence.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("loi-khoa").hidden = false;
});
