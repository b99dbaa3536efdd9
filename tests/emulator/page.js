// Without it the page works all the same: it only spares reloading, and shows a button's note.
const main = document.querySelector("main[data-live]");
const toast = document.getElementById("toast");
async function look() {
  const answer = await fetch(location.pathname);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("main");
  document.getElementById("pin").innerHTML = page.getElementById("pin").innerHTML;
  if (fresh && fresh.innerHTML !== main.innerHTML) {
    const atEnd = innerHeight + scrollY > document.body.scrollHeight - 80;
    main.innerHTML = fresh.innerHTML;
    if (atEnd) scrollTo(0, document.body.scrollHeight);
  }
}
function note(text) {
  if (!text) return;
  toast.textContent = text;
  toast.classList.add("shown");
  setTimeout(() => toast.classList.remove("shown"), 2500);
}
if (main) {
  if (!location.hash) scrollTo(0, document.body.scrollHeight);
  setInterval(look, 1000);
  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    note(new URL(answer.url).searchParams.get("note"));
    if (form.classList.contains("write")) form.querySelector("input[name=text]").value = "";
    await look();
    if (form.classList.contains("write")) scrollTo(0, document.body.scrollHeight);
  });
}
