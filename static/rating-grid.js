/* The sheet of ratings: keys 1 to 4 (0 for none) choose a level, and the top level is compared with its ceiling at once.
   Without this script the sheet works all the same; the button "Tính lại tỷ lệ khống chế" does the comparing. It listens to the
   whole document, because pages are changed in place. */
"use strict";

(() => {
  const LEVELS = { 0: "", 1: "excellent", 2: "good", 3: "fair", 4: "failed" };

  // The page says over which group of rows the ceiling is counted, which levels it is a share of, and how many places
  // each number of them allows;
  // a row that the reader may not write counts too.
  const count = (form, notice) => {
    const { group, levels, table } = notice.dataset;
    const chosen = form.querySelectorAll(`.rating-grid [data-group="${group}"] :is(input:checked, data)`);
    const marks = Array.from(chosen, (choice) => choice.value);
    const given = marks.filter((mark) => mark === LEVELS[1]).length;
    const base = marks.filter((mark) => levels.split(" ").includes(mark)).length;
    const allowed = Number(table.split(" ")[base]);
    const passed = given > allowed;
    notice.querySelector("[data-given]").value = given;
    notice.querySelector("[data-allowed]").value = allowed;
    notice.querySelector("[data-said]").textContent = passed ? "Vượt tỷ lệ khống chế:" : "Trong tỷ lệ khống chế:";
    notice.classList.toggle("warning", passed);
    notice.classList.toggle("info", !passed);
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form:has(.rating-grid)");
    form?.querySelectorAll(".ceiling").forEach((notice) => count(form, notice));
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
