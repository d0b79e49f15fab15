// How old every panel is, and whether the stream still runs. A pulse comes several times a second and says the ages on the server;
// between pulses this counts on. When the pulses stop, the page says so within two seconds.
(() => {
  const LOST_AFTER = 1500;
  const LIMITS = { session: 2000, store: 5000 };
  const WORDS = { session: "the engine has not been heard", store: "the store has not answered" };
  let pulse = null;
  let heardAt = performance.now();
  let offset = 0;

  const words = (ms) =>
    ms < 1000 ? `${Math.max(0, Math.round(ms))} ms`
      : ms < 60000 ? `${Math.floor(ms / 1000)} s`
        : ms < 3600000 ? `${Math.floor(ms / 60000)} min`
          : `${Math.floor(ms / 3600000)} h`;

  document.addEventListener("htmx:sseOpen", (event) => {
    event.detail.source.addEventListener("pulse", (message) => {
      pulse = JSON.parse(message.data);
      heardAt = performance.now();
      offset = pulse.now - heardAt;
      document.dispatchEvent(new CustomEvent("pulse", { detail: pulse }));
      show();
    });
  });

  function show() {
    const silent = performance.now() - heardAt;
    const lost = silent > LOST_AFTER;
    document.body.classList.toggle("is-lost", lost);
    const notice = document.getElementById("lost");
    notice.hidden = !lost;
    if (lost) notice.textContent = `Connection lost ${words(silent)} ago. The figures below are old; trying again.`;
    if (!pulse) return;
    for (const panel of document.querySelectorAll("[data-source]")) {
      const label = panel.querySelector("[data-age]");
      const source = panel.dataset.source;
      if (!label) continue;
      if (pulse[source] === null) { label.textContent = "waiting"; continue; }
      const age = pulse[source] + silent;
      const stale = age > LIMITS[source];
      label.textContent = stale ? `stale ${words(age)}` : words(age);
      label.title = stale ? `${WORDS[source]}${source === "store" && pulse.trouble ? `: ${pulse.trouble}` : ""}` : "age of these figures";
      panel.classList.toggle("is-stale", stale);
    }

    // What is still alive counts on by itself.
    const now = performance.now() + offset;
    for (const since of document.querySelectorAll("[data-since]")) since.textContent = words(now - Number(since.dataset.since));
  }

  setInterval(show, 250);
})();
