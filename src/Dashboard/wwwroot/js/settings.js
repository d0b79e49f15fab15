// One form for all settings: what was changed is listed before it is sent, and only that is sent.
(() => {
  const form = document.querySelector("[data-settings]");
  if (!form) return;
  const fields = [...form.querySelectorAll("[data-was]")];
  const answer = form.querySelector(".answer");
  const apply = form.querySelector("[type=submit]");
  const changed = () => fields.filter((field) => field.value.trim() !== field.dataset.was);

  const show = () => {
    const now = changed();
    for (const field of fields) field.closest(".field").classList.toggle("is-changed", now.includes(field));
    form.querySelector("[data-changes]").replaceChildren(...(now.length === 0 ? ["Nothing is changed."] : now.map((field) =>
      Object.assign(document.createElement("span"), { textContent: `${field.name}: ${field.dataset.was} → ${field.value.trim()}` }))));
    apply.disabled = now.length === 0;
  };

  const say = (text, tone) => { answer.textContent = text; answer.className = `answer ${tone}`; };

  form.addEventListener("input", () => { show(); if (answer.textContent) say("", ""); });
  form.addEventListener("reset", () => setTimeout(() => { show(); say("", ""); }));
  // A change, or the way back to an earlier version, which is another one.
  const send = async (method, path, more) => {
    const reason = form.elements.reason;
    if (!reason.value.trim()) { say("A reason is needed: it goes into the journal.", "bad"); reason.focus(); return; }
    const headers = { "Content-Type": "application/json", "Idempotency-Key": form.elements.key.value };
    const token = form.elements.token?.value;
    if (token) headers.Authorization = `Bearer ${token}`;
    apply.disabled = true;
    say("Asking the engine…", "");
    try {
      const response = await fetch(path, {
        method, headers, signal: AbortSignal.timeout(10000),
        body: JSON.stringify({ version: Number(form.elements.version.value), reason: reason.value, keep: form.elements.keep?.checked ?? false, ...more }),
      });
      const told = await response.json();
      form.elements.key.value = window.parallaxKey();
      say(response.ok ? told.sentence : told.code === "stale-version" ? `${told.detail} Reload the page to see them.` : told.detail, response.ok ? "good" : "bad");
      if (response.ok || told.code === "not-kept") {
        form.elements.version.value = told.version;
        for (const field of fields) {
          const one = told.differences.find((difference) => difference.key === field.name);
          if (one) field.value = field.dataset.was = one.after;
          if (one && field.tagName === "INPUT") field.defaultValue = one.after;
        }
        reason.value = "";
        show();
      }
    } catch {
      say("No answer: whether it was taken is not known. Trying again does it once, not twice.", "bad");
    } finally {
      apply.disabled = changed().length === 0;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send("PUT", "/api/v1/settings", { values: Object.fromEntries(changed().map((field) => [field.name, field.value.trim()])) });
  });

  for (const button of document.querySelectorAll("[data-rollback]")) {
    button.addEventListener("click", () => send("POST", "/api/v1/settings/rollback", { to: Number(button.dataset.rollback) }));
  }

  show();
})();
