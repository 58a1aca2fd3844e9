"use strict";

// Traffic over time by Apache ECharts, drawn in the colours of the style sheet. What is zoomed to is
// the time selected, and the other way round.
window.imon.chart = (data, form, show) => {
  const { DAY, minute, size, time } = window.imon.figures(data);
  const MOST_LINES = 8;
  const MONTH = 30 * DAY;
  const MONDAY = 3 * DAY; // weeks of 1970-01-01, a Thursday, begin three days before
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
  let labelled = { of: "", steps: new Set() };

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

  // How many characters all times have alike; these are left out.
  function alike() {
    const [from, to] = [time(0), time(data.steps - 1)];
    if (data.width < DAY && from.slice(0, 10) === to.slice(0, 10)) {
      return 11;
    }
    return from.slice(0, 4) === to.slice(0, 4) ? 5 : 0;
  }

  function month(step) {
    return Number(time(step).slice(0, 4)) * 12 + Number(time(step).slice(5, 7)) - 1;
  }

  // Whether a step is the first that begins at or behind a time that is round to so many minutes.
  function isRound(step, every) {
    const turn = (at) => Math.floor(every < MONTH ? (minute(at) + MONDAY) / every : month(at) / (every / MONTH));
    return step === 0 ? every < MONTH && (minute(0) + MONDAY) % every === 0 : turn(step) !== turn(step - 1);
  }

  // Labels stand at round times, as many as there is room for.
  function roundSteps(from, last, letters) {
    const shown = [...new Array(last - from + 1).keys()].map((i) => from + i);
    const room = Math.max(1, Math.floor(place.clientWidth / ((letters + APART) * LETTER)));
    const fitting = ROUND.findIndex((minutes) => shown.length * data.width <= minutes * room);
    for (let i = fitting < 0 ? ROUND.length - 1 : fitting; i >= 0; i--) {
      const steps = shown.filter((step) => isRound(step, ROUND[i]));
      if (steps.length > 0) {
        return steps;
      }
    }
    return [from];
  }

  // What is shown, the axis knows before the selection does.
  function isLabelled(step, letters) {
    const [from, last] = chart.getModel().getComponent("xAxis").axis.scale.getExtent();
    const of = [from, last, place.clientWidth].join(" ");
    if (labelled.of !== of) {
      labelled = { of, steps: new Set(roundSteps(from, last, letters)) };
    }
    return labelled.steps.has(step);
  }

  function axes() {
    const text = { color: colour("--muted"), fontSize: 12 };
    const begin = alike();
    const labels = [...new Array(data.steps).keys()].map((i) => time(i).slice(begin));
    return {
      xAxis: {
        type: "category", data: labels, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
        axisLabel: { ...text, interval: (i) => isLabelled(i, labels[0].length) },
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
