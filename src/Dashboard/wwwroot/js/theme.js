// Runs before the first paint, so that a chosen theme does not flash in. The choice is the device's own and stays there.
(() => {
  const known = ["auto", "light", "dark"];
  const read = () => { try { return known.includes(localStorage.theme) ? localStorage.theme : "auto"; } catch { return "auto"; } };
  const apply = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    const button = document.querySelector("#theme .label");
    if (button) button.textContent = theme[0].toUpperCase() + theme.slice(1);
  };

  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    apply(read());
    document.getElementById("theme").addEventListener("click", () => {
      const next = known[(known.indexOf(read()) + 1) % known.length];
      try { localStorage.theme = next; } catch { /* a browser that keeps nothing still switches */ }
      apply(next);
      document.dispatchEvent(new CustomEvent("themechange"));
    });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("themechange")));
})();
