"use strict";

// What a site's traffic is made of within a selection: clients and kinds of evidence, which cells
// tell apart. It stands in the place of what is known for the whole report, until the selection ends.
window.imon.parts = (data, end) => {
  const { about, count, counted, size } = window.imon.figures(data);
  const summaries = new Map();
  const makers = new Map();

  function element(name, style, ...content) {
    const made = document.createElement(name);
    made.className = style;
    made.append(...content);
    return made;
  }

  function bytes(exact) {
    const made = element("data", "", size(exact));
    made.value = exact;
    made.title = counted(exact, "byte");
    return made;
  }

  function heading(scope, style, ...content) {
    const made = element("th", style, ...content);
    made.scope = scope;
    return made;
  }

  function line(label, row) {
    return element("tr", "", heading("row", "name", ...label),
      ...[row.down, row.up, row.bytes].map((exact) => element("td", "", bytes(exact))));
  }

  function table(title, lines) {
    const figures = ["Down", "Up", "Total"].map((text) => heading("col", "", text));
    return element("table", "",
      element("thead", "", element("tr", "", heading("col", "name", title), ...figures)),
      element("tbody", "", ...lines));
  }

  // The largest first, all others last.
  function clientLines(clients) {
    const others = data.clients.length;
    return [...clients]
      .sort(([one, a], [other, b]) => (one === others) - (other === others) || b.bytes - a.bytes || one - other)
      .map(([client, row]) => line(client === others
        ? [element("span", "quiet", "other clients")] : [element("bdi", "", data.clients[client])], row));
  }

  // The strongest first.
  function ranked(evidence) {
    return [...evidence].sort(([one], [other]) => one - other);
  }

  function evidenceLines(evidence) {
    return ranked(evidence).map(([place, row]) => line(
      [`${data.evidence[place].name} `, element("span", "quiet", data.evidence[place].proof ? "proof" : "inference")],
      row));
  }

  // The least and the most that a site can have.
  function bounds(row) {
    const one = about(row.proven, row.possible);
    if (one) {
      const made = element("span", "", `at least and at most ${one.text}`);
      made.title = one.title;
      return [made];
    }
    return row.proven === row.possible
      ? ["exact"] : ["at least ", bytes(row.proven), ", at most ", bytes(row.possible)];
  }

  function range(row, bounded) {
    return element("p", "range",
      `${counted(row.connections, "connection")}, ${counted(row.packets, "packet")}: down `, bytes(row.down),
      ", up ", bytes(row.up), ...(bounded ? ["; ", ...bounds(row)] : []), ".");
  }

  function hint(details, bounded) {
    const button = element("button", "", "Whole report");
    button.type = "button";
    button.addEventListener("click", () => {
      end();
      details.querySelector("summary").focus();
    });
    const more = bounded ? "" : ", “at least” and “at most” for all kinds of evidence only";
    return element("p", "range note", `Hosts and servers are known for the whole report only${more}. `, button);
  }

  function summary(parts) {
    const others = parts.clients.has(data.clients.length);
    const known = parts.clients.size;
    const badges = ranked(parts.evidence).map(([place]) => data.evidence[place])
      .map(({ name, proof }) => element("span", proof ? "kind proof" : "kind", name));
    return [others ? `at least ${count(known)} clients ` : `${counted(known, "client")} `, ...badges];
  }

  function clear(details) {
    details.querySelectorAll(".part").forEach((part) => part.remove());
  }

  // Made only for what is open: a time is dragged in many small steps.
  function fill(details) {
    clear(details);
    if (details.open && makers.has(details)) {
      details.append(element("div", "parts part", ...makers.get(details)()));
    }
  }

  function show(body, row, parts, bounded) {
    const details = body.querySelector("details");
    const line = details.querySelector("summary");
    if (!summaries.has(line)) {
      summaries.set(line, [...line.childNodes]);
    }
    line.replaceChildren(...summary(parts));
    makers.set(details, () => [
      range(row, bounded), hint(details, bounded),
      table("Clients", clientLines(parts.clients)), table("Evidence", evidenceLines(parts.evidence)),
    ]);
    fill(details);
  }

  function restore() {
    summaries.forEach((nodes, line) => line.replaceChildren(...nodes));
    makers.forEach((make, details) => clear(details));
    summaries.clear();
    makers.clear();
  }

  document.getElementById("site-table").addEventListener("toggle", (event) => fill(event.target), true);
  return { show, restore };
};
