/* The sheet of ratings: keys 1 to 4 (0 for none) choose a level, and the top level is compared with its ceiling at once.
   Without this script the sheet works all the same; the button "Tính lại mức trần" does the comparing. It listens to the
   whole document, because pages are changed in place. */
"use strict";

(() => {
  const LEVELS = { 0: "", 1: "excellent", 2: "good", 3: "fair", 4: "failed" };

  const allowed = ({ share, base, rounding }, given) => {
    const bases = {
      good_or_better: given.excellent + given.good,
      rated: given.excellent + given.good + given.fair + given.failed,
      good: given.good,
    };
    // In whole numbers: the share has two decimals, and 20 % of 35 must not come out as 6,999…
    const places = (bases[base] * Math.round(Number(share) * 100)) / 10000;
    return Math.floor(rounding === "down" ? places : places + 0.5);
  };

  const count = (form, notice) => {
    const given = { excellent: 0, good: 0, fair: 0, failed: 0 };
    for (const choice of form.querySelectorAll(".rating-grid input:checked")) {
      if (choice.value in given) given[choice.value] += 1;
    }
    const places = allowed(notice.dataset, given);
    const passed = given.excellent > places;
    notice.querySelector("[data-given]").value = given.excellent;
    notice.querySelector("[data-allowed]").value = places;
    notice.querySelector("[data-said]").textContent = passed ? "Vượt mức trần:" : "Trong mức trần:";
    notice.classList.toggle("warning", passed);
    notice.classList.toggle("info", !passed);
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form:has(.rating-grid)");
    const notice = form?.querySelector(".ceiling");
    if (notice) count(form, notice);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(".rating-grid [type=radio]") || !(event.key in LEVELS)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = event.target.closest("tr").querySelector(`[type=radio][value="${LEVELS[event.key]}"]`);
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
  });
})();
