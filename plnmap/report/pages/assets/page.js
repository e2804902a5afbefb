"use strict";
// What every page does: draw its charts, sort and filter its tables, switch between light and dark.
// `plnmap.charts` maps the name of a chart to a promise of its Vega view.
window.plnmap = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const specifications = read("charts");

  const options = {
    mode: "vega-lite",
    actions: false,
    renderer: "svg",
    // Expressions are interpreted, never compiled: the policy of the page allows no code from text.
    ast: true,
    defaultStyle: false,
    tooltip: { theme: "plnmap", disableDefaultStyle: true },
    // Whatever a chart might ask for, there is nothing to fetch.
    loader: { load: () => Promise.reject(new Error("this page fetches nothing")) },
  };

  const charts = {};
  for (const place of document.querySelectorAll("[data-chart]")) {
    const name = place.dataset.chart;
    // Vega calls whatever it draws in "Vega visualization": in an element of its own, the place keeps its words.
    const frame = place.appendChild(document.createElement("div"));
    charts[name] = vegaEmbed(frame, specifications[name], options).then((result) => {
      frame.setAttribute("aria-hidden", "true");
      place.dataset.drawn = "";
      return result.view;
    });
  }

  // Sorting: each heading of a table with data-sortable becomes a button. A cell is sorted by its
  // data-value, else by its text; what is not known (empty, or –) comes last, whichever the order.
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const valueOf = (cell) => {
    const value = cell.dataset.value ?? cell.textContent.trim();
    return value === "–" ? "" : value;
  };

  function sort(table, column, descending) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
    const sign = descending ? -1 : 1;
    rows.sort(([one], [other]) =>
      (one === "") - (other === "") || sign * order.compare(one, other));
    body.append(...rows.map(([, row]) => row));
    [...table.tHead.rows[0].cells].forEach((heading, i) => {
      if (i === column) heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const now = heading.getAttribute("aria-sort");
        // Numbers are looked at from the top, names from a to z.
        const first = heading.classList.contains("number") ? "descending" : "ascending";
        const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
        sort(table, column, next === "descending");
      });
    });
  }

  const count = (number) => number.toLocaleString("en");

  // Filtering: an input with data-filters="ID OF A TABLE" keeps the rows that contain what is typed,
  // in what they show or in their data-also.
  for (const input of document.querySelectorAll("input[data-filters]")) {
    const rows = [...document.getElementById(input.dataset.filters).tBodies[0].rows];
    const texts = rows.map((row) => `${row.textContent} ${row.dataset.also ?? ""}`.toLowerCase());
    const said = document.querySelector(`[data-filter-count="${input.dataset.filters}"]`);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let kept = 0;
      rows.forEach((row, i) => {
        row.hidden = !texts[i].includes(wanted);
        kept += !row.hidden;
      });
      if (said) said.textContent = wanted ? `${count(kept)} of ${count(rows.length)}` : "";
    });
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
      root.dataset.theme = now === "dark" ? "light" : "dark";
    });
  }

  return { charts, data: read("data"), sort };
})();
