"use strict";

// Traffic over time by Apache ECharts, drawn in the colours of the style sheet. What is zoomed to is
// the time selected, and the other way round.
window.imon.chart = (data, form, show) => {
  const { size, time } = window.imon.figures(data);
  const MOST_LINES = 8;
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

  function axes() {
    const text = { color: colour("--muted"), fontSize: 12 };
    const sameDay = time(0).slice(0, 10) === time(data.steps).slice(0, 10);
    const labels = [...new Array(data.steps).keys()].map((i) => time(i).slice(sameDay ? 11 : 5));
    return {
      xAxis: {
        type: "category", data: labels, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } }, axisLabel: text,
      },
      yAxis: {
        type: "value", splitNumber: 4, axisLabel: { ...text, formatter: (bytes) => size(Math.round(bytes)) },
        splitLine: { lineStyle: { color: colour("--line") } },
      },
    };
  }

  function zoom(selection) {
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
      grid: { left: 66, right: 14, top: 12, bottom: 74 },
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
