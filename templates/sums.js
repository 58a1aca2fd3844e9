"use strict";

// Sums of the cells inlined in the page as #traffic: all figures of a selection come from them. What
// is too far away in time for the picture has no step; it belongs to the selections of all times.
window.imon.sums = (data) => {
  const NONE = -1;
  const GROUPS = [
    "proven", "inferred", "unresolved", "local", "multicast", "non-ip", "undecodable", "filtered", "duplicate",
  ];
  const cells = unpack(data.cells);
  const rivals = unpack(data.rivals);

  // Columns of one length; steps are written as distances from the one before.
  function unpack(columns) {
    let step = 0;
    return { ...columns, step: columns.step.map((distance) => (step += distance)) };
  }

  function seriesOf(site, group) {
    const sites = data.chartSites;
    if (site !== NONE) {
      return Math.min(site, sites);
    }
    return sites + ({ unresolved: 1, local: 2 }[group] ?? 3);
  }

  function emptyRow() {
    return { bytes: 0, up: 0, down: 0, packets: 0, connections: 0, proven: 0, possible: 0 };
  }

  function emptySums() {
    return {
      total: emptyRow(),
      sites: [...data.sites, ""].map(emptyRow),
      clients: [...data.clients, ""].map(emptyRow),
      parts: [...data.sites, ""].map(() => ({ clients: new Map(), evidence: new Map() })),
      groups: Object.fromEntries(GROUPS.map((group) => [group, emptyRow()])),
      rest: Object.fromEntries(GROUPS.map((group) => [group, emptyRow()])),
      series: data.series.map(() => new Array(data.steps).fill(0)),
    };
  }

  function add(row, cell, connections) {
    const bytes = cells.up[cell] + cells.down[cell];
    row.bytes += bytes;
    row.up += cells.up[cell];
    row.down += cells.down[cell];
    row.packets += cells.packets[cell];
    row.connections += connections;
    row.proven += data.kinds[cells.kind[cell]].proof ? bytes : 0;
    row.possible += bytes;
  }

  function rowOf(rows, key) {
    if (!rows.has(key)) {
      rows.set(key, emptyRow());
    }
    return rows.get(key);
  }

  // What a site's traffic is made of.
  function addParts(parts, cell, kind) {
    add(rowOf(parts.clients, cells.client[cell]), cell, cells.siteConnections[cell]);
    if (kind.evidence !== NONE) {
      add(rowOf(parts.evidence, kind.evidence), cell, cells.siteConnections[cell]);
    }
  }

  function wanted(kind, selection) {
    return !selection.evidence || selection.evidence === kind.name || selection.evidence === kind.group;
  }

  function addCell(sums, cell, kind) {
    const [site, client] = [cells.site[cell], cells.client[cell]];
    add(sums.total, cell, cells.connections[cell]);
    add(sums.groups[kind.group], cell, cells.connections[cell]);
    add(site === NONE ? sums.rest[kind.group] : sums.sites[site], cell,
      site === NONE ? cells.connections[cell] : cells.siteConnections[cell]);
    if (site !== NONE) {
      addParts(sums.parts[site], cell, kind);
    }
    if (kind.listed && client !== NONE) {
      add(sums.clients[client], cell, cells.connections[cell]);
    }
  }

  function summed(selection) {
    const sums = emptySums();
    const allTimes = selection.from === 0 && selection.to === data.steps;
    const within = (step) => allTimes || (step >= selection.from && step < selection.to);
    const ofClient = (client) => selection.client === null || selection.client === client;
    for (let cell = 0; cell < cells.step.length; cell++) {
      const kind = data.kinds[cells.kind[cell]];
      if (ofClient(cells.client[cell]) && wanted(kind, selection)) {
        if (cells.step[cell] !== NONE) {
          const series = sums.series[seriesOf(cells.site[cell], kind.group)];
          series[cells.step[cell]] += cells.up[cell] + cells.down[cell];
        }
        if (within(cells.step[cell])) {
          addCell(sums, cell, kind);
        }
      }
    }
    rivals.step.forEach((step, i) => {
      if (within(step) && ofClient(rivals.client[i])) {
        sums.sites[rivals.site[i]].possible += rivals.bytes[i];
      }
    });
    return sums;
  }

  return { GROUPS, emptyRow, summed };
};
