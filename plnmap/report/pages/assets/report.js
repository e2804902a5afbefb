"use strict";
// The map of the report: where there is little room, smaller, with the names of fewer people.
(() => {
  const tight = matchMedia("(max-width: 38rem)");
  plnmap.charts.map?.then((view) => {
    const wide = view.width();
    const fit = () => {
      const side = tight.matches ? plnmap.data.narrow : wide;
      if (view.width() !== side) view.width(side).height(side).run();
    };
    tight.addEventListener("change", fit);
    fit();
  });
})();
