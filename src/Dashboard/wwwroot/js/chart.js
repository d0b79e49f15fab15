// Equity and drawdown above, opportunities a minute below, one time axis. Data from the API, at most every two seconds.
(() => {
  const PAUSE = 2000;
  const canvas = document.getElementById("chart-canvas");
  if (!canvas || !window.LightweightCharts) return;
  const lwc = window.LightweightCharts;
  const empty = document.getElementById("chart-empty");
  const rows = document.getElementById("chart-rows");
  const toggle = document.getElementById("chart-table");
  let chart, equity, drawdown, activity, markers, data, position = -1, askedAt = -PAUSE, asking = false, drawnFor = "";

  // Canvas does not know light-dark(): the colour that an element really has does.
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const token = (name, alpha = 1) => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g);
    return `rgba(${parts[0]}, ${parts[1]}, ${parts[2]}, ${alpha})`;
  };

  const seconds = (time) => Math.floor(Date.parse(time) / 1000);
  const money = (value) => (value > 0 ? "+" : value < 0 ? "\u2212" : "") + Math.abs(Math.floor(value * 100 + 1e-6) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const colours = () => {
    chart.applyOptions({
      layout: { background: { type: "solid", color: "transparent" }, textColor: token("dim"), fontFamily: "Inter, system-ui, sans-serif", fontSize: 11, attributionLogo: true, panes: { separatorColor: token("line"), enableResize: false } },
      grid: { vertLines: { visible: false }, horzLines: { color: token("line", 0.6) } },
      rightPriceScale: { borderVisible: false },
      timeScale: { borderColor: token("line") },
      crosshair: { vertLine: { color: token("dim", 0.5), labelBackgroundColor: token("dim") }, horzLine: { color: token("dim", 0.5), labelBackgroundColor: token("dim") } },
    });
    equity.applyOptions({
      topLineColor: token("gain"), topFillColor1: token("gain", 0.1), topFillColor2: token("gain", 0.1),
      bottomLineColor: token("loss"), bottomFillColor1: token("loss", 0.1), bottomFillColor2: token("loss", 0.1),
    });
    drawdown.applyOptions({ color: token("loss", 0.7) });
    activity.applyOptions({ lineColor: token("accent"), topColor: token("accent", 0.18), bottomColor: token("accent", 0.18) });
  };

  const build = () => {
    chart = lwc.createChart(canvas, {
      autoSize: true,
      localization: { locale: "en-GB", timeFormatter: (time) => new Date(time * 1000).toISOString().slice(11, 19) + " UTC" },
      timeScale: { timeVisible: true, secondsVisible: true, rightOffset: 2, fixLeftEdge: true },
      handleScroll: { vertTouchDrag: false, mouseWheel: false },
      handleScale: { mouseWheel: false },
    });
    const quiet = { lastValueVisible: true, priceLineVisible: false };
    const format = { type: "custom", formatter: money, minMove: 0.01 };
    equity = chart.addSeries(lwc.BaselineSeries, { ...quiet, baseValue: { type: "price", price: 0 }, lineWidth: 2, lineType: lwc.LineType.WithSteps, priceFormat: format }, 0);
    drawdown = chart.addSeries(lwc.LineSeries, { ...quiet, lastValueVisible: false, lineWidth: 1, lineStyle: lwc.LineStyle.Dotted, lineType: lwc.LineType.WithSteps, crosshairMarkerVisible: false, priceFormat: format }, 0);
    activity = chart.addSeries(lwc.AreaSeries, { ...quiet, lineWidth: 1, lineType: lwc.LineType.WithSteps, priceFormat: { type: "custom", formatter: (value) => value.toFixed(0), minMove: 1 } }, 1);
    markers = lwc.createSeriesMarkers(equity, []);
    colours();
    chart.panes()[0].setStretchFactor(7);
    chart.panes()[1].setStretchFactor(3);
    chart.subscribeClick((at) => {
      const hit = at.hoveredObjectId ?? plansAt(at.time)[0]?.id;
      if (hit) location.assign(`/plans/${hit}`);
    });
  };

  const plansAt = (time) => (data?.plans ?? []).filter((plan) => bucket(plan.closed) === time);
  const bucket = (time) => { const s = seconds(time); return s - (s % data.step_seconds); };

  const draw = () => {
    const has = data.points.length > 1 && (data.plans.length > 0 || data.points.some((point) => point.opportunities_per_minute > 0));
    empty.hidden = has;
    if (!has) return;
    if (!chart) build();
    const times = data.points.map((point) => seconds(point.time));
    equity.setData(data.points.map((point, i) => ({ time: times[i], value: Number(point.equity) })));
    drawdown.setData(data.points.map((point, i) => ({ time: times[i], value: Number(point.drawdown) })));
    activity.setData(data.points.map((point, i) => ({ time: times[i], value: point.opportunities_per_minute })));
    // The newest plans only: more dots than there is room for hide the line they stand on.
    markers.setMarkers(data.plans.slice(-Math.floor(canvas.clientWidth / 18)).map((plan) => ({
      time: bucket(plan.closed), id: plan.id, position: "inBar", shape: "circle", size: 0.5,
      color: token(Number(plan.realised) < 0 ? "loss" : "gain"),
    })));
    const shape = `${data.step_seconds}`;
    if (drawnFor !== shape) { chart.timeScale().fitContent(); drawnFor = shape; }
    if (!rows.hidden) table();
  };

  const table = () => {
    const cell = (tag, text, number) => { const made = document.createElement(tag); made.textContent = text; if (number) made.className = "num"; return made; };
    const grid = document.createElement("table");
    const head = grid.createTHead().insertRow();
    head.append(cell("th", "Time UTC"), cell("th", `Equity ${data.asset}`, true), cell("th", `Drawdown ${data.asset}`, true), cell("th", "Opportunities a minute", true));
    const body = grid.createTBody();
    for (const point of [...data.points].reverse().slice(0, 300)) {
      body.insertRow().append(cell("td", point.time.slice(11, 19)), cell("td", money(Number(point.equity)), true), cell("td", money(Number(point.drawdown)), true), cell("td", String(point.opportunities_per_minute), true));
    }
    rows.replaceChildren(grid);
  };

  const ask = async () => {
    if (asking || performance.now() - askedAt < PAUSE) return;
    asking = true;
    askedAt = performance.now();
    try {
      const response = await fetch("/api/v1/chart");
      if (response.ok) { data = await response.json(); draw(); }
    } catch { /* the notice of a lost connection says it */ } finally { asking = false; }
  };

  toggle.addEventListener("click", () => {
    const show = rows.hidden;
    rows.hidden = !show;
    canvas.parentElement.hidden = show;
    toggle.setAttribute("aria-pressed", String(show));
    toggle.textContent = show ? "Chart" : "Table";
    if (data && show) table();
  });

  document.addEventListener("themechange", () => { if (chart) { colours(); draw(); } });
  document.addEventListener("pulse", (event) => {
    if (event.detail.position !== position || performance.now() - askedAt > 5 * PAUSE) { position = event.detail.position; ask(); }
  });
  ask();
})();
