// Stopping and resuming: a dialog that says what will happen, a reason, an answer within a second.
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
    box.querySelector("input")?.focus();
  };

  document.addEventListener("click", (event) => {
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
    const headers = { "Content-Type": "application/json" };
    const token = form.elements.token?.value;
    if (token) headers.Authorization = `Bearer ${token}`;
    button.disabled = true;
    answer.className = "answer";
    answer.textContent = "Asking the engine…";
    try {
      const response = await fetch(`/api/v1/control/${form.dataset.control}`, {
        method: "POST", headers, body: JSON.stringify({ reason: form.elements.reason.value }), signal: AbortSignal.timeout(10000),
      });
      const told = await response.json();
      answer.classList.add(response.ok ? "good" : "bad");
      answer.textContent = response.ok ? told.sentence : told.detail;
      if (response.ok) {
        form.elements.reason.value = "";
        setTimeout(() => form.closest("dialog").close(), 1400);
      }
    } catch {
      answer.classList.add("bad");
      answer.textContent = "No answer: whether it was taken is not known. Look at the state on top.";
    } finally {
      button.disabled = false;
    }
  });

  window.parallaxOpen = open;
})();
