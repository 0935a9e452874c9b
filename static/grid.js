/* A table of plain inputs ([data-grid]) becomes a sheet with the keys of Excel: arrows, Enter, Escape, a block chosen with
   Shift, copied and pasted with tabs, Ctrl+Z. Of radio buttons a key ([data-key]) chooses one, and .ceiling is counted
   anew. Without this script the table is a form like any other. */
"use strict";

(() => {
  if ("grid" in document.documentElement.dataset) return; // a page that is changed in place names it again
  document.documentElement.dataset.grid = "";
  const CELL = "[data-grid] td > [type=text]";
  const before = new WeakMap(); // cell -> its text when it was entered
  const done = []; // what was written, the last at the end: [[cell, text before], …]
  let anchor = null; // the cell from which a block is chosen

  const on = (type, listener) => document.addEventListener(type, listener);
  const cellOf = (target) => (target instanceof Element && target.matches(CELL) ? target : null);
  const placeOf = (cell) => [cell.closest("tr").sectionRowIndex, cell.closest("td").cellIndex];
  const rowsBy = (cell) => cell.closest("tbody").rows;
  const placeAt = (cell, row, column) => rowsBy(cell)[row] && rowsBy(cell)[row].cells[column];
  const cellAt = (cell, ...place) => placeAt(cell, ...place) && placeAt(cell, ...place).querySelector(CELL);
  const chosen = () => [...document.querySelectorAll(".chosen")];

  const release = () => {
    for (const place of chosen()) place.classList.remove("chosen");
    anchor = null;
  };
  const choose = (from, to) => {
    release();
    anchor = from;
    const [first, last] = [placeOf(from), placeOf(to)];
    const span = (axis) => [Math.min(first[axis], last[axis]), Math.max(first[axis], last[axis])];
    const [[top, bottom], [left, right]] = [span(0), span(1)];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) rowsBy(to)[row].cells[column].classList.add("chosen");
  };

  const set = (cell, text) => {
    cell.value = text;
    before.set(cell, text);
    for (const type of ["input", "change"]) cell.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const settle = (cell) => {
    const was = before.has(cell) ? before.get(cell) : cell.value;
    if (was !== cell.value) done.push([[cell, was]]);
    before.set(cell, cell.value);
  };
  const write = (changes) => {
    const real = changes.filter(([cell, text]) => cell && cell.value !== text);
    if (real.length) done.push(real.map(([cell]) => [cell, cell.value]));
    for (const [cell, text] of real) set(cell, text);
  };
  const undo = () => {
    const last = done.pop() || [];
    for (const [cell, text] of last) set(cell, text);
    if (last.length) last[0][0].focus();
  };

  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const go = (cell, [down, right]) => {
    let [row, column] = placeOf(cell);
    let next;
    do next = cellAt(cell, (row += down), (column += right));
    while (!next && placeAt(cell, row, column));
    if (next) next.focus();
    if (next) next.select();
    return next;
  };
  const upOrDown = (key) => key === "ArrowUp" || key === "ArrowDown";
  const leaves = ({ selectionStart: start, selectionEnd: end, value }, key) =>
    upOrDown(key) || (start === 0 && end === value.length) || (key === "ArrowLeft" ? end === 0 : start === value.length);

  const press = (event, cell) => {
    const { key, shiftKey } = event;
    const arrow = key in ARROWS && (leaves(cell, key) || (shiftKey && anchor));
    if (event.isComposing || event.altKey) return false; // a letter of Vietnamese is being typed
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== "z" || shiftKey) return false;
      settle(cell);
      undo();
    } else if (arrow && shiftKey) {
      const from = anchor || cell;
      choose(from, go(cell, ARROWS[key]) || cell);
      return true;
    } else if (arrow) go(cell, ARROWS[key]);
    else if (key === "Enter") go(cell, [shiftKey ? -1 : 1, 0]);
    else if (key === "Delete" && anchor) write(chosen().map((place) => [place.querySelector(CELL), ""]));
    else if (key === "Escape") {
      set(cell, before.has(cell) ? before.get(cell) : cell.value);
      cell.select();
    } else return false;
    release();
    return true;
  };
  const pressRadio = ({ key, target, ctrlKey, altKey, metaKey }) => {
    if (ctrlKey || altKey || metaKey || !target.matches("[data-grid] [type=radio]")) return false;
    const choice = target.closest("tr").querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (choice) choice.click();
    if (choice) choice.focus();
    return choice;
  };

  on("keydown", (event) => {
    const cell = cellOf(event.target);
    if (cell ? press(event, cell) : pressRadio(event)) event.preventDefault();
  });
  on("focusin", ({ target }) => cellOf(target) && before.set(target, target.value));
  on("focusout", ({ target }) => cellOf(target) && settle(target));
  on("mousedown", (event) => {
    const [cell, from] = [cellOf(event.target), cellOf(document.activeElement)];
    if (!cell) return;
    if (!event.shiftKey || !from || from.closest("tbody") !== cell.closest("tbody")) return release();
    choose(anchor || from, cell);
    event.preventDefault();
  });
  on("copy", (event) => {
    if (!anchor || !cellOf(event.target)) return;
    const rows = new Set(chosen().map((place) => place.parentNode));
    const textOf = (place) => {
      const cell = place.querySelector(CELL);
      return cell ? cell.value : place.textContent.trim();
    };
    const lines = [...rows].map((row) => [...row.querySelectorAll(".chosen")].map(textOf).join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  });
  on("paste", (event) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!cell || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    settle(cell);
    const [corner] = chosen();
    const [top, left] = placeOf((corner && corner.querySelector(CELL)) || cell);
    const lines = text.split(/\r?\n/).map((line) => line.split("\t"));
    write(lines.flatMap((words, down) => words.map((word, right) => [cellAt(cell, top + down, left + right), word.trim()])));
  });

  // The page says over which rows the ceiling is counted, of which levels it is a share, and how many places each number of
  // them allows; a row that the reader may not write counts too.
  on("change", ({ target }) => {
    const form = target.closest("form");
    for (const notice of form ? form.querySelectorAll(".ceiling") : []) {
      const { group, levels, table, top } = notice.dataset;
      const within = `[data-group="${group}"]`;
      const marks = [...form.querySelectorAll(`${within} input:checked, ${within} data`)].map(({ value }) => value);
      const given = marks.filter((mark) => mark === top).length;
      const allowed = Number(table.split(" ")[marks.filter((mark) => levels.split(" ").includes(mark)).length]);
      const passed = given > allowed;
      notice.querySelector("[data-given]").value = given;
      notice.querySelector("[data-allowed]").value = allowed;
      notice.querySelector("[data-said]").textContent = `${passed ? "Vượt" : "Trong"} tỷ lệ khống chế:`;
      notice.classList.toggle("warning", passed);
      notice.classList.toggle("info", !passed);
    }
  });
})();
