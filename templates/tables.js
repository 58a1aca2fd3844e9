"use strict";

// Tables: sorted by a click on a heading, searched by a word. Works on what the page shows.
(() => {
  const all = (css, within = document) => [...within.querySelectorAll(css)];
  const groups = new Map();

  function number(text) {
    const bare = text.replace(/,/g, "").trim();
    return /^[0-9.]+( %)?$/.test(bare) ? parseFloat(bare) : null;
  }

  // What a cell is sorted by: its exact bytes, its number, or its text.
  function keyOf(row, column) {
    const cell = row.cells[column];
    const exact = cell.querySelector("data");
    const text = cell.textContent.trim();
    return exact ? Number(exact.value) : number(text) ?? text;
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
    const units = unitsOf(table).map((unit) => ({ unit, key: keyOf(unit.rows?.[0] ?? unit, column) }));
    if (units.length === 0) {
      return;
    }
    units.sort((one, other) => sign * compare(one.key, other.key));
    const parent = units[0].unit.parentElement;
    const end = parent.tFoot ?? null;
    units.forEach(({ unit }) => parent.insertBefore(unit, end));
  }

  // Its own, not those of tables within it.
  function headings(table) {
    return [...table.tHead.rows[0].cells];
  }

  function clicked(table, heading) {
    const now = heading.getAttribute("aria-sort");
    const descending = now ? now !== "descending" : !heading.classList.contains("name");
    headings(table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    sort(table, heading.cellIndex, descending);
  }

  function makeSortable(table) {
    headings(table).forEach((heading) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => clicked(table, heading));
      heading.append(button);
    });
  }

  function search(table, words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    groups.get(table).forEach(({ unit, text }) => {
      const hit = wanted.every((word) => text.includes(word));
      unit.classList.toggle("unwanted", !hit);
      found += hit ? 1 : 0;
    });
    return found;
  }

  function makeSearchable(input) {
    const table = document.getElementById(input.dataset.table);
    const said = document.getElementById(input.dataset.said);
    groups.set(table, unitsOf(table).map((unit) => ({ unit, text: unit.textContent.toLowerCase() })));
    input.closest(".search").hidden = false;
    input.addEventListener("input", () => {
      const found = search(table, input.value);
      said.textContent = input.value.trim() ? `${found} of ${groups.get(table).length}` : "";
    });
  }

  all("table.sortable").forEach(makeSortable);
  all("input[data-table]").forEach(makeSearchable);
})();
