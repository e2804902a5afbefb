"use strict";
// The map: search, roles and period choose whom it shows; pointing and the arrow keys open a person's card.
(async () => {
  const { narrow, roles, held, stretches, windows } = plnmap.data;
  const place = document.querySelector("[data-map]");
  const card = document.querySelector("[data-map-card]");
  const count = document.querySelector("[data-map-count]");
  const controls = document.querySelector("[data-map-controls]");
  // As they are before anybody sorts the table: row i is person i of the picture.
  const rows = [...document.querySelector("#people").tBodies[0].rows];
  const headings = [...document.querySelector("#people").tHead.rows[0].cells].map((cell) => cell.textContent);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const view = await plnmap.charts[place.dataset.chart];
  const points = view.data("people").slice().sort((one, other) => one.row - other.row);

  // Where there is little room the picture is drawn smaller, with fewer names.
  const tight = matchMedia("(max-width: 38rem)");
  const wide = view.width();
  const fit = () => {
    const side = tight.matches ? narrow : wide;
    view.width(side).height(side).runAsync();
  };
  tight.addEventListener("change", fit);
  if (tight.matches) fit();

  let kept = rows.map(() => true);
  let chosen = -1;

  // [days of contact, days of thanks] between ego and a person in a window of time, if there was contact.
  const within = (row, window) => {
    const parts = stretches[row];
    for (let i = 0; i < parts.length; i += 3) if (parts[i] === window) return [parts[i + 1], parts[i + 2]];
    return null;
  };

  // The window of time that is looked at, or -1 for all years.
  const period = () => (controls.only?.checked ? Number(controls.window.value) - 1 : -1);

  function choose() {
    const wanted = controls.query.value.trim().toLowerCase();
    const ticked = new Set([...controls.querySelectorAll("[name=role]:checked")].map((box) => roles.indexOf(box.value)));
    const window = period();
    if (controls.period) {
      const stands = windows[controls.window.value - 1];
      controls.period.value = window < 0 ? "all years are shown" : stands;
      controls.window.setAttribute("aria-valuetext", window < 0 ? `${stands}, but all years are shown` : stands);
    }
    const then = rows.map((_, row) => (window < 0 ? null : within(row, window)));
    kept = rows.map((_, row) =>
      texts[row].includes(wanted)
      && (!ticked.size || held[row].some((role) => ticked.has(role)))
      && (window < 0 || then[row] !== null));
    rows.forEach((row, i) => { row.hidden = !kept[i]; });
    const shown = kept.filter(Boolean).length;
    const all = shown === rows.length;
    count.textContent = all ? `${shown.toLocaleString("en")} people, those only followed included` : `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} people`;
    view.signal("kept", all ? null : kept);
    view.signal("helps", window < 0 ? null : then.map((days) => (days ? days[1] : null)));
    if (chosen >= 0 && !kept[chosen]) show(-1);
    view.runAsync();
  }

  const element = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });

  // Days of contact, window by window, as small columns.
  function columns(row) {
    const parts = stretches[row];
    if (!parts.length) return [];
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", `0 0 ${windows.length} 10`);
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    const most = Math.max(...parts.filter((_, i) => i % 3 === 1));
    for (let i = 0; i < parts.length; i += 3) {
      const height = Math.max(1, (10 * parts[i + 1]) / most);
      const column = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ x: parts[i] + 0.1, y: 10 - height, width: 0.8, height })) {
        column.setAttribute(name, value);
      }
      picture.append(column);
    }
    return [picture, element("small", `contact, ${windows[0].split(" to ")[0]} to ${windows.at(-1).split(" to ")[1]}`)];
  }

  function fill(row) {
    const heading = element("h3");
    heading.append(...[...rows[row].cells[0].childNodes].map((node) => node.cloneNode(true)));
    const list = element("dl");
    [...rows[row].cells].slice(1).forEach((cell, i) => {
      const text = cell.textContent.trim();
      if (!text || text === "0") return;
      list.append(element("dt", headings[i + 1]), element("dd", text === "–" ? "not observed" : text));
    });
    const window = period();
    const then = window < 0 ? null : within(row, window);
    if (then) {
      const thanks = then[1] === null ? "" : `, thanked on ${then[1]}`;
      list.append(element("dt", "In this period"), element("dd", `contact on ${then[0]} days${thanks}`));
    }
    card.replaceChildren(heading, list, ...columns(row));
  }

  // The card stands beside the mark: to the right, where it does not leave the picture.
  function beside(row) {
    if (tight.matches) return;
    const picture = place.querySelector("svg").getBoundingClientRect();
    const frame = card.parentElement.getBoundingClientRect();
    const [x, y] = pixels(row, picture);
    const right = x + 16 + card.offsetWidth <= picture.width;
    card.style.left = right ? `${x + 16 + picture.left - frame.left}px` : "auto";
    card.style.right = right ? "auto" : `${frame.right - picture.left - x + 16}px`;
    card.style.top = `${Math.max(0, Math.min(y - 40, picture.height - card.offsetHeight))}px`;
  }

  function show(row) {
    if (row !== chosen) {
      chosen = row;
      card.hidden = row < 0;
      if (row >= 0) fill(row);
      view.signal("chosen", row).runAsync();
    }
    if (row >= 0) beside(row);
  }

  const pixels = (row, picture) => [
    (view.scale("x")(points[row].x) / view.width()) * picture.width,
    (view.scale("y")(points[row].y) / view.height()) * picture.height,
  ];

  // The nearest mark within reach, so that small marks are easy to point at.
  function nearest(event) {
    const picture = place.querySelector("svg").getBoundingClientRect();
    let best = -1;
    let least = 16 * 16;
    for (let row = 0; row < points.length; row++) {
      if (!kept[row]) continue;
      const [x, y] = pixels(row, picture);
      const far = (event.clientX - picture.left - x) ** 2 + (event.clientY - picture.top - y) ** 2;
      if (far < least) [best, least] = [row, far];
    }
    return best;
  }

  let pinned = false;
  place.addEventListener("pointermove", (event) => { if (!pinned) show(nearest(event)); });
  place.addEventListener("pointerleave", () => { if (!pinned && document.activeElement !== place) show(-1); });
  place.addEventListener("click", (event) => {
    const row = nearest(event);
    pinned = row >= 0;
    show(row);
  });
  place.addEventListener("keydown", (event) => {
    const present = [...kept.keys()].filter((row) => kept[row]);
    const at = present.indexOf(chosen);
    const next = {
      ArrowRight: at + 1, ArrowDown: at + 1,
      ArrowLeft: at < 0 ? 0 : at - 1, ArrowUp: at < 0 ? 0 : at - 1,
      Home: 0, End: present.length - 1,
    }[event.key];
    if (event.key === "Escape") [pinned] = [false, show(-1)];
    if (next === undefined || !present.length) return;
    event.preventDefault();
    pinned = true;
    show(present[Math.max(0, Math.min(next, present.length - 1))]);
  });
  place.addEventListener("blur", () => { pinned = false; show(-1); });

  for (const button of document.querySelectorAll("[data-show-row]")) {
    const reveal = () => show(Number(button.dataset.showRow));
    button.addEventListener("focus", reveal);
    button.addEventListener("pointerenter", reveal);
    button.addEventListener("click", reveal);
    for (const leave of ["blur", "pointerleave"]) button.addEventListener(leave, () => show(-1));
  }

  controls.addEventListener("input", (event) => {
    // Who moves the slider wants to see that period.
    if (event.target === controls.window) controls.only.checked = true;
    choose();
  });
  controls.addEventListener("submit", (event) => event.preventDefault());
  choose();
  document.documentElement.dataset.mapReady = "";
})();
