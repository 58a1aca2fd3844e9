"use strict";

// Tables: sorted by a click on a heading, searched by a word. Works on what the page shows; after each
// selection again, as figures and rows are others then.
(() => {
  const all = (css, within = document) => [...within.querySelectorAll(css)];

  // Where rows stood when the page was opened: those that are alike stay in that order.
  const places = new Map();

  function number(text) {
    const bare = text.replace(/,/g, "").trim();
    return /^[0-9]+(\.[0-9]+)?( %)?$/.test(bare) ? parseFloat(bare) : null;
  }

  // IPv4 addresses in the order of their numbers, other text as it is.
  function ordered(text) {
    return text.replace(/^[0-9]+(\.[0-9]+){3}(?![0-9.])/, (address) =>
      address.split(".").map((part) => part.padStart(3, "0")).join("."));
  }

  // What a cell is sorted by: its exact bytes, its number, or its text.
  function keyOf(row, column) {
    const cell = row.cells[column];
    const exact = cell.querySelector("data");
    const text = cell.textContent.trim();
    return exact ? Number(exact.value) : number(text) ?? ordered(text);
  }

  function compare(one, other) {
    if (typeof one === typeof other) {
      return one < other ? -1 : Number(one > other);
    }
    return typeof one === "number" ? 1 : -1;
  }

  // Rows that stand together are one tbody; in a table with one tbody each row stands alone.
  function unitsOf(table) {
    return table.tBodies.length > 1 ? [...table.tBodies] : [...(table.tBodies[0]?.rows ?? [])];
  }

  function sort(table, column, descending) {
    const sign = descending ? -1 : 1;
    const before = unitsOf(table);
    const units = before.map((unit) => ({ unit, key: keyOf(unit.rows?.[0] ?? unit, column) }));
    units.sort((one, other) => sign * compare(one.key, other.key) || places.get(one.unit) - places.get(other.unit));
    // What is moved loses the keyboard's focus.
    if (units.some(({ unit }, i) => unit !== before[i])) {
      const parent = before[0].parentElement;
      const end = parent.tFoot ?? null;
      units.forEach(({ unit }) => parent.insertBefore(unit, end));
    }
  }

  // Its own, not those of tables within it.
  function headings(table) {
    return [...table.tHead.rows[0].cells];
  }

  function clicked(table, heading) {
    const now = heading.getAttribute("aria-sort");
    const text = heading.classList.contains("name") || heading.classList.contains("word");
    const descending = now ? now !== "descending" : !text;
    headings(table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    sort(table, heading.cellIndex, descending);
  }

  function makeSortable(table) {
    unitsOf(table).forEach((unit, i) => places.set(unit, i));
    headings(table).forEach((heading) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => clicked(table, heading));
      heading.append(button);
    });
  }

  function sortAgain(table) {
    const heading = headings(table).find((any) => any.hasAttribute("aria-sort"));
    if (heading) {
      sort(table, heading.cellIndex, heading.getAttribute("aria-sort") === "descending");
    }
  }

  // Within a selection without the parts that are of the whole report.
  function textOf(unit) {
    if (!document.documentElement.classList.contains("selected")) {
      return unit.textContent.toLowerCase();
    }
    const shown = unit.cloneNode(true);
    all(".parts:not(.part)", shown).forEach((part) => part.remove());
    return shown.textContent.toLowerCase();
  }

  function search(input) {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = unitsOf(document.getElementById(input.dataset.table)).filter((unit) => !unit.hidden);
    const found = shown.filter((unit) => {
      const text = wanted.length > 0 ? textOf(unit) : "";
      const hit = wanted.every((word) => text.includes(word));
      unit.classList.toggle("unwanted", !hit);
      return hit;
    });
    const said = wanted.length > 0 ? `${found.length} of ${shown.length}` : "";
    document.getElementById(input.dataset.said).textContent = said;
  }

  function makeSearchable(input) {
    input.closest(".search").hidden = false;
    input.addEventListener("input", () => search(input));
  }

  all("table.sortable").forEach(makeSortable);
  all("input[data-table]").forEach(makeSearchable);
  document.addEventListener("imon:shown", () => {
    all("table.sortable").forEach(sortAgain);
    all("input[data-table]").forEach(search);
  });
})();
