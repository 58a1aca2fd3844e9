"use strict";

// Selections within the report: writes their sums where the page has those of the whole report.
// Names only ever become text, never markup.
(() => {
  const data = JSON.parse(document.getElementById("traffic").textContent);
  const { about, count, counted, percent, size, time } = window.imon.figures(data);
  const { GROUPS, emptyRow, summed } = window.imon.sums(data);

  const byId = (id) => document.getElementById(id);
  const all = (css, within = document) => [...within.querySelectorAll(css)];
  const form = byId("selection");
  const parts = window.imon.parts(data, end);
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  // ---- what the page says of all the report ----------------------------------------------------

  const ATTRIBUTES = ["width", "x", "value", "title", "hidden"];

  function remembered() {
    return all("[data-col], [data-site], [data-rest], [data-client], [data-group], [data-series], rect")
      .map((element) => ({
        element,
        text: element.childElementCount === 0 ? element.textContent : null,
        attributes: ATTRIBUTES.map((name) => element.getAttribute(name)),
      }));
  }

  function restore(memories) {
    memories.forEach(({ element, text, attributes }) => {
      if (text !== null) {
        element.textContent = text;
      }
      ATTRIBUTES.forEach((name, i) => {
        if (attributes[i] === null) {
          element.removeAttribute(name);
        } else {
          element.setAttribute(name, attributes[i]);
        }
      });
    });
  }

  // ---- the page --------------------------------------------------------------------------------

  function put(within, name, text, exact) {
    const place = within.querySelector(`[data-col="${name}"]`);
    if (place) {
      place.textContent = text;
      if (exact !== undefined) {
        place.value = exact;
        place.title = counted(exact, "byte");
      }
    }
  }

  function putBytes(within, name, bytes) {
    put(within, name, size(bytes), bytes);
  }

  function bar(within, name, part, whole) {
    const rect = within.querySelector(`rect.${name}`);
    if (rect) {
      rect.setAttribute("width", whole === 0 ? 0 : ((100 * part) / whole).toFixed(2));
    }
  }

  function putRow(element, row, sums, largest) {
    element.hidden = row.bytes === 0 && row.packets === 0;
    put(element, "share", percent(row.bytes, sums.total.bytes));
    ["bytes", "down", "up"].forEach((name) => putBytes(element, name, row[name]));
    put(element, "connections", count(row.connections));
    const only = element.querySelector("rect.inferred") === null;
    bar(element, only ? "unresolved" : "inferred", row.bytes, largest);
    bar(element, "proven", row.proven, largest);
  }

  // What inference could give to a site is not told apart by its kind.
  function putRange(element, row, selection) {
    const exact = row.proven === row.possible;
    put(element, "exact", exact && !selection.evidence ? "exact" : "");
    const one = selection.evidence ? null : about(row.proven, row.possible);
    const single = element.querySelector('[data-col="about"]');
    single.hidden = !one;
    single.textContent = one ? one.text : "";
    single.title = one ? one.title : "";
    const range = element.querySelector('[data-col="range"]');
    range.hidden = exact || one !== null || selection.evidence !== "";
    putBytes(range, "proven", row.proven);
    put(range, "possible", size(row.possible));
    range.querySelector('[data-col="possible"]').title = counted(row.possible, "byte");
  }

  function showSites(sums, selection) {
    const table = byId("site-table");
    const rest = (name) => table.querySelector(`[data-rest="${name}"]`);
    const largest = Math.max(...sums.sites.map((row) => row.bytes),
      ...GROUPS.map((group) => sums.rest[group].bytes));
    all("tbody[data-site]", table).forEach((body) => {
      const row = sums.sites[body.dataset.site] ?? emptyRow();
      putRow(body, row, sums, largest);
      putRange(body, row, selection);
      if (!body.hidden) {
        parts.show(body, row, sums.parts[body.dataset.site], selection.evidence === "");
      }
    });
    GROUPS.forEach((group) => {
      if (rest(group)) {
        putRow(rest(group), sums.rest[group], sums, largest);
      }
    });
    const others = sums.sites[data.sites.length];
    putRow(rest("others"), others, sums, largest);
    // How many they are is known for the whole report only.
    put(rest("others"), "label", "other sites");
    putBytes(rest("total"), "bytes", sums.total.bytes);
    put(rest("total"), "share", percent(sums.total.bytes, sums.total.bytes));
    put(rest("total"), "connections", count(sums.total.connections));
  }

  function showClients(sums) {
    const largest = Math.max(...sums.clients.map((row) => row.bytes));
    all("#clients [data-client]").forEach((element) => {
      putRow(element, sums.clients[element.dataset.client] ?? emptyRow(), sums, largest);
    });
  }

  function present(rows) {
    const known = rows.slice(0, -1).filter((row) => row.packets > 0).length;
    return rows.at(-1).packets > 0 ? `at least ${count(known + 1)}` : count(known);
  }

  function showFigures(sums) {
    putBytes(document, "all-bytes", sums.total.bytes);
    put(document, "all-exact", counted(sums.total.bytes, "byte"));
    put(document, "all-packets", count(sums.total.packets));
    put(document, "all-connections", counted(sums.total.connections, "connection"));
    put(document, "all-sites", present(sums.sites));
    put(document, "all-clients", present(sums.clients));
  }

  function showLedger(sums) {
    let start = 0;
    GROUPS.forEach((group) => {
      const share = sums.total.bytes === 0 ? 0 : (100 * sums.groups[group].bytes) / sums.total.bytes;
      const rect = document.querySelector(`.stack .${group}`);
      if (rect) {
        rect.setAttribute("x", start.toFixed(2));
        rect.setAttribute("width", share.toFixed(2));
        const key = document.querySelector(`.legend [data-group="${group}"]`);
        key.hidden = sums.groups[group].packets === 0;
        put(key, "share", percent(sums.groups[group].bytes, sums.total.bytes));
        put(key, "bytes", size(sums.groups[group].bytes));
      }
      start += share;
    });
  }

  function showKey(sums, selection) {
    const bytes = sums.series.map((series) => sum(series.slice(selection.from, selection.to)));
    const largest = Math.max(...bytes);
    all(".key [data-series]").forEach((element) => {
      const own = bytes[element.dataset.series];
      element.hidden = own === 0;
      put(element, "share", percent(own, sums.total.bytes));
      put(element, "bytes", size(own));
      element.querySelector("rect.bar").setAttribute("width", largest ? (100 * own) / largest : 0);
    });
  }

  function said(selection, sums) {
    const words = [data.outside && isAllTimes(selection)
      ? "all times" : `${time(selection.from)} to ${time(selection.to)}`];
    if (selection.client !== null) {
      words.push(`client ${data.clients[selection.client]}`);
    }
    if (selection.evidence) {
      words.push(selection.evidence);
    }
    const share = percent(sums.total.bytes, data.allBytes);
    return `${words.join(", ")}: ${size(sums.total.bytes)}, ${share} of the report`;
  }

  function selected() {
    const from = Number(form.elements.from.value);
    const client = form.elements.client.value;
    return {
      from,
      to: Math.max(from + 1, Number(form.elements.to.value)),
      client: client === "" ? null : Number(client),
      evidence: form.elements.evidence.value,
    };
  }

  function isAllTimes(selection) {
    return selection.from === 0 && selection.to === data.steps;
  }

  function isWhole(selection) {
    return isAllTimes(selection) && selection.client === null && !selection.evidence;
  }

  function showPart(selection, sums) {
    showFigures(sums);
    showLedger(sums);
    showKey(sums, selection);
    showSites(sums, selection);
    showClients(sums);
  }

  function show() {
    const selection = selected();
    const whole = isWhole(selection);
    const sums = summed(selection);
    const page = document.documentElement;
    form.elements.to.value = selection.to;
    if (!whole) {
      showPart(selection, sums);
      byId("said").textContent = said(selection, sums);
    } else if (page.classList.contains("selected")) {
      restore(memories);
      parts.restore();
      byId("said").textContent = `Whole report: ${size(data.allBytes)}`;
    }
    page.classList.toggle("selected", !whole);
    shown(selection, sums);
    document.dispatchEvent(new Event("imon:shown"));
  }

  function end() {
    form.reset();
    show();
  }

  // What ends the selection is gone then: the keyboard goes on where the whole list is.
  function endIn(section) {
    end();
    section.querySelector(".scroll").focus();
  }

  // ---- controls --------------------------------------------------------------------------------

  function fill(select, labels, first) {
    labels.forEach((label, i) => select.append(new Option(label, i + first)));
  }

  function fillForm() {
    const steps = [...new Array(data.steps).keys()];
    fill(form.elements.from, steps.map(time), 0);
    fill(form.elements.to, steps.map((step) => time(step + 1)), 1);
    form.elements.to.options[data.steps - 1].defaultSelected = true;
    form.elements.to.value = data.steps;
    fill(form.elements.client, data.clients, 0);
    const kinds = new Set(data.kinds.flatMap((kind) => [kind.group, kind.name]));
    [...kinds].filter((name) => name !== "none").forEach((name) => {
      form.elements.evidence.append(new Option(name, name));
    });
    form.hidden = false;
  }

  const memories = remembered();
  fillForm();
  const shown = window.imon.chart(data, form, show);
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  all("[data-end]").forEach((button) => {
    button.addEventListener("click", () => endIn(button.closest("section")));
  });
  document.documentElement.classList.add("live");
  show();
})();
