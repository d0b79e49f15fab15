// Keys, the filter, and what a chip says when it is pressed.
(() => {
  const filter = document.getElementById("filter");

  const narrow = () => {
    const wanted = (filter?.value ?? "").trim().toLowerCase();
    for (const row of document.querySelectorAll("[data-filter]"))
      row.classList.toggle("is-filtered", wanted !== "" && !row.dataset.filter.toLowerCase().includes(wanted));
  };

  filter?.addEventListener("input", narrow);
  document.addEventListener("htmx:sseMessage", narrow);

  // A panel that is replaced between press and release would swallow the click: it waits until the button is up.
  let pressed = null;
  document.addEventListener("pointerdown", (event) => { pressed = event.target.closest("[sse-swap]"); });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => { pressed = null; }, 0));

  // The feed is held while a mouse moves over it: nobody can press what moves away. It catches up when the mouse leaves or rests,
  // so that a parked mouse freezes nothing.
  const REST = 4000;
  const feed = document.querySelector("#feed .content");
  let held = null;
  let isHeld = false;
  let resting;
  const hold = (now) => {
    isHeld = now;
    document.getElementById("feed").classList.toggle("is-held", now);
    if (!now && held !== null) { htmx.swap(feed, held, { swapStyle: "innerHTML" }); held = null; narrow(); }
  };
  feed?.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    if (!isHeld) hold(true);
    clearTimeout(resting);
    resting = setTimeout(() => hold(false), REST);
  });
  feed?.addEventListener("pointerleave", () => hold(false));

  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (isHeld && event.target === feed) { held = event.detail.data; event.preventDefault(); }
    else if (event.target === pressed) event.preventDefault();
  });

  const why = document.getElementById("why");
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-why]");
    if (!chip) return;
    why.querySelector("strong").textContent = chip.dataset.whyTitle;
    why.querySelector("p").textContent = chip.dataset.why;
    why.showPopover();
    const at = chip.getBoundingClientRect();
    const box = why.getBoundingClientRect();
    const below = at.bottom + 6 + box.height < innerHeight;
    why.style.left = `${Math.max(12, Math.min(at.right - box.width, innerWidth - box.width - 12))}px`;
    why.style.top = `${below ? at.bottom + 6 : Math.max(12, at.top - box.height - 6)}px`;
  });

  let before = "";
  let beforeAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) {
      if (event.key === "Escape" && event.target === filter) { filter.value = ""; narrow(); filter.blur(); }
      return;
    }

    const pair = performance.now() - beforeAt < 900 ? before + event.key : "";
    [before, beforeAt] = [event.key, performance.now()];
    const keys = {
      "/": () => filter ? filter.focus() : location.assign("/#feed"),
      "?": () => window.parallaxOpen("help"),
      gd: () => location.pathname === "/" ? scrollTo({ top: 0 }) : location.assign("/"),
      gm: () => location.pathname === "/" ? document.getElementById("books").scrollIntoView() : location.assign("/#books"),
      gs: () => location.assign("/settings"),
      gr: () => location.assign("/risk"),
      kk: () => window.parallaxOpen("kill"),
    };
    const act = keys[pair] ?? keys[event.key];
    if (act) { event.preventDefault(); before = ""; act(); }
  });
})();
