"use strict";

// Traffic over time by Apache ECharts, drawn in the colours of the style sheet. What is zoomed to is
// the time selected, and the other way round.
window.imon.chart = (data, form, show) => {
  const { minute, size, time } = window.imon.figures(data);
  const MOST_LINES = 8;
  const DAY = 1440;
  const MONTH = 30 * DAY;
  const ROUND = [
    1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, ...[1, 2, 7, 14].map((days) => days * DAY),
    ...[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((months) => months * MONTH),
  ];
  const LETTER = 7;
  const APART = 3;
  const place = document.getElementById("chart");
  const chart = window.echarts.init(place);
  let latest = null;
  let own = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function seriesColour(i) {
    const rest = i - data.chartSites;
    return colour(rest < 0 ? `--series-${i}` : `--series-rest-${rest}`);
  }

  // Bars, however narrow: of lines and areas ECharts leaves out points that are near each other. What
  // is nothing has none, so that there are no more bars than cells.
  function oneSeries(name, i, values) {
    return {
      type: "bar", barCategoryGap: data.steps > 40 ? "0%" : "12%", name, stack: "all", color: seriesColour(i),
      data: values.map((bytes) => bytes || null), emphasis: { disabled: true },
    };
  }

  function tip(params) {
    const step = params[0].dataIndex;
    const lines = params.filter((series) => series.value > 0)
      .sort((one, other) => other.value - one.value)
      .slice(0, MOST_LINES)
      .map((series) => `${size(series.value)}  ${series.seriesName.replace(/[{}|]/g, " ")}`);
    return [`${time(step)} to ${time(step + 1)}`, ...lines].join("\n");
  }

  // What all times have alike is left out of them.
  function alike() {
    const [from, to] = [time(0), time(data.steps - 1)];
    return from.slice(0, 10) === to.slice(0, 10) ? 11 : from.slice(0, 4) === to.slice(0, 4) ? 5 : 0;
  }

  // A label stands at the first step of a round time, as many as there is room for.
  function isLabelled(step, letters) {
    const { from, to } = latest.selection;
    const room = Math.max(1, Math.floor(place.clientWidth / ((letters + APART) * LETTER)));
    const every = ROUND.find((minutes) => (to - from) * data.width <= minutes * room) ?? ROUND.at(-1);
    const month = (at) => Number(time(at).slice(0, 4)) * 12 + Number(time(at).slice(5, 7)) - 1;
    const turn = (at) => Math.floor(every < MONTH ? minute(at) / every : month(at) / (every / MONTH));
    return step === 0 ? every < MONTH && minute(0) % every === 0 : turn(step) !== turn(step - 1);
  }

  function axes() {
    const text = { color: colour("--muted"), fontSize: 12 };
    const begin = alike();
    const labels = [...new Array(data.steps).keys()].map((i) => time(i).slice(begin));
    return {
      xAxis: {
        type: "category", data: labels, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
        axisLabel: { ...text, interval: (i) => data.steps === 1 || isLabelled(i, labels[0].length) },
      },
      yAxis: {
        type: "value", splitNumber: 4, axisLabel: { ...text, formatter: (bytes) => size(Math.round(bytes)) },
        splitLine: { lineStyle: { color: colour("--line") } },
      },
    };
  }

  // Of one step there is nothing to select.
  function zoom(selection) {
    if (data.steps === 1) {
      return [];
    }
    const range = { startValue: selection.from, endValue: selection.to - 1 };
    const text = { color: colour("--muted") };
    return [
      {
        ...range, type: "slider", height: 40, bottom: 4, moveHandleSize: 5, brushSelect: true, showDetail: false,
        textStyle: text,
        borderColor: colour("--line"), fillerColor: colour("--zoom"), showDataShadow: false,
        handleStyle: { color: colour("--paper"), borderColor: colour("--accent") },
        moveHandleStyle: { color: colour("--accent"), opacity: 0.6 }, backgroundColor: "transparent",
      },
      { ...range, type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
    ];
  }

  function draw() {
    const { selection, sums } = latest;
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 66, right: 14, top: 12, bottom: data.steps === 1 ? 28 : 74 },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, formatter: tip,
        axisPointer: { type: "shadow" }, backgroundColor: colour("--panel"),
        borderColor: colour("--line"), textStyle: { color: colour("--ink"), fontSize: 12 },
      },
      ...axes(),
      dataZoom: zoom(selection),
      series: data.series.map((name, i) => oneSeries(name, i, sums.series[i])),
    }, true);
  }

  function zoomed() {
    const { startValue, endValue } = chart.getOption().dataZoom[0];
    if (startValue === latest.selection.from && endValue === latest.selection.to - 1) {
      return;
    }
    form.elements.from.value = startValue;
    form.elements.to.value = endValue + 1;
    own = true;
    show();
    own = false;
  }

  chart.on("datazoom", () => requestAnimationFrame(zoomed));
  new ResizeObserver(() => chart.resize()).observe(place);
  const redraw = () => latest && draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.addEventListener("beforeprint", redraw);

  // Drawn anew unless the chart itself was zoomed: a handle that is being dragged must stay.
  return (selection, sums) => {
    latest = { selection, sums };
    if (!own) {
      draw();
    }
  };
};
