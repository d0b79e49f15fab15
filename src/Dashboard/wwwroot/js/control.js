// Whatever changes the session: a dialog that says what will happen, a reason, an answer within a second. A form carries a key, so that
// sending it twice has one effect; after an answer it gets another, and without one it keeps it: then trying again is safe.
(() => {
  const dialog = (name) => document.getElementById(`${name}-dialog`);

  const open = (name) => {
    const box = dialog(name);
    if (!box || box.open) return;
    const plans = Number(document.querySelector(".engine")?.dataset.plans ?? 0);
    const count = box.querySelector("[data-open-plans]");
    if (count) count.textContent = plans === 0 ? "Plans that are open by then" : plans === 1 ? "The one open plan" : `The ${plans} open plans`;
    const answer = box.querySelector(".answer");
    if (answer) { answer.textContent = ""; answer.className = "answer"; }
    box.showModal();
    [...box.querySelectorAll("input")].find((input) => input.type !== "hidden" && !input.closest("[hidden]"))?.focus();
  };

  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // One dialog for everything that is decided in a row of a table: the button says what it is about.
  let about = {};
  const fill = (button) => {
    const box = dialog("act");
    const data = button.dataset;
    box.querySelector("form").dataset.control = data.act;
    box.querySelector("h2").textContent = data.title;
    box.querySelector("[data-what]").replaceChildren(...data.what.split("|").map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    box.querySelector("[data-typed]").hidden = !data.words;
    box.querySelector("[data-words]").textContent = data.words ?? "";
    box.querySelector("[name=confirmation]").required = Boolean(data.words);
    box.querySelector("[name=confirmation]").value = "";
    box.querySelector("[type=submit]").textContent = button.textContent;
    about = Object.fromEntries(Object.entries(data).filter(([name]) => name.startsWith("body")).map(([name, value]) => [name.slice(4).toLowerCase(), value]));
    open("act");
  };

  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (act) fill(act);
    const opener = event.target.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    if (event.target.closest("#help")) open("help");
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-control]");
    if (!form) return;
    event.preventDefault();
    const answer = form.querySelector(".answer");
    const button = form.querySelector("[type=submit]");
    const headers = { "Content-Type": "application/json", "Idempotency-Key": form.elements.key.value };
    const body = { ...(form.closest("#act-dialog") ? about : {}), reason: form.elements.reason.value };
    if (form.elements.confirmation?.required) body.confirmation = form.elements.confirmation.value;
    const token = form.elements.token?.value;
    if (token) headers.Authorization = `Bearer ${token}`;
    button.disabled = true;
    answer.className = "answer";
    answer.textContent = "Asking the engine…";
    try {
      const response = await fetch(`/api/v1/control/${form.dataset.control}`, {
        method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10000),
      });
      const told = await response.json();
      form.elements.key.value = newKey();
      answer.classList.add(response.ok ? "good" : "bad");
      answer.textContent = response.ok ? told.sentence : told.detail;
      if (response.ok) {
        form.elements.reason.value = "";
        setTimeout(() => form.closest("dialog").close(), 1400);
      }
    } catch {
      answer.classList.add("bad");
      answer.textContent = "No answer: whether it was taken is not known. Trying again does it once, not twice.";
    } finally {
      button.disabled = false;
    }
  });

  window.parallaxOpen = open;
  window.parallaxKey = newKey;
})();
