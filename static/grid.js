/* A table of plain inputs (table[data-grid]) becomes a sheet: arrows, Enter and Escape as in Excel, a block of cells chosen
   with Shift, copied and pasted as text with tabs, Ctrl+Z. In one with radio buttons ([data-key]) a key chooses one, and
   the numbers beside it (.ceiling) are counted anew. Without this script the table is a form like any other. It listens
   to the whole document, because pages are changed in place. */
"use strict";

(() => {
  const CELL = "table[data-grid] td > input:not([type=hidden], [type=checkbox], [type=radio])";
  const before = new WeakMap(); // cell -> its text when it was entered
  const undone = new WeakMap(); // table -> what was written, the last at the end: [[[cell, text before], …], …]
  let anchor = null; // the cell from which a block is chosen

  const cellOf = (target) => (target?.matches?.(CELL) ? target : null);
  const tableOf = (cell) => cell.closest("table");
  const rowsOf = (table) => [...table.tBodies[0].rows];
  const placeOf = (cell) => [rowsOf(tableOf(cell)).indexOf(cell.closest("tr")), cell.closest("td").cellIndex];
  const cellAt = (table, row, column) => rowsOf(table)[row]?.cells[column]?.querySelector(CELL) ?? null;

  const between = (from, to) => {
    const [[top, left], [bottom, right]] = [placeOf(from), placeOf(to)];
    const span = (a, b) => Array.from({ length: Math.abs(a - b) + 1 }, (_, step) => Math.min(a, b) + step);
    return span(top, bottom).map((row) => span(left, right).map((column) => cellAt(tableOf(from), row, column)));
  };
  const chosen = (table) => table.querySelectorAll(".chosen");
  const choose = (from, to) => {
    release(tableOf(to));
    anchor = from;
    for (const cell of between(from, to).flat()) cell?.closest("td").classList.add("chosen");
  };
  const release = (table) => {
    for (const place of chosen(table)) place.classList.remove("chosen");
    anchor = null;
  };
  const block = (cell) => {
    const places = [...chosen(tableOf(cell))];
    if (!places.length) return [[cell]];
    const cells = places.map((place) => place.querySelector(CELL));
    return between(cells[0], cells.at(-1));
  };

  const write = (table, changes) => {
    const done = changes.filter(([cell, text]) => cell && cell.value !== text).map(([cell, text]) => [cell, cell.value, text]);
    for (const [cell, , text] of done) set(cell, text);
    if (done.length) undone.set(table, [...(undone.get(table) ?? []), done.map(([cell, was]) => [cell, was])]);
  };
  const set = (cell, text) => {
    cell.value = text;
    before.set(cell, text);
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const settle = (cell) => {
    const was = before.get(cell);
    if (was === undefined || was === cell.value) return;
    undone.set(tableOf(cell), [...(undone.get(tableOf(cell)) ?? []), [[cell, was]]]);
    before.set(cell, cell.value);
  };
  const undo = (cell) => {
    settle(cell);
    const last = undone.get(tableOf(cell))?.pop();
    last?.forEach(([one, text]) => set(one, text));
    last?.[0][0].focus();
  };

  const go = (cell, down, right) => {
    const table = tableOf(cell);
    let [row, column] = placeOf(cell);
    let next = null;
    do {
      [row, column] = [row + down, column + right];
      next = cellAt(table, row, column);
    } while (!next && row >= 0 && row < rowsOf(table).length && column > 0 && column < rowsOf(table)[0].cells.length);
    next?.focus();
    next?.select();
    return next;
  };
  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const leaves = (cell, key) => {
    if (key === "ArrowUp" || key === "ArrowDown") return true;
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return whole || (key === "ArrowLeft" ? cell.selectionEnd === 0 : cell.selectionStart === cell.value.length);
  };

  const press = (event, cell) => {
    const { key, shiftKey } = event;
    const held = event.ctrlKey || event.metaKey;
    if (event.isComposing || event.altKey) return false; // a letter of Vietnamese is being typed
    if (held && key.toLowerCase() === "z" && !shiftKey) undo(cell);
    else if (held) return false;
    else if (key === "Enter") go(cell, shiftKey ? -1 : 1, 0);
    else if (key === "Escape") {
      if (before.has(cell)) set(cell, before.get(cell));
      release(tableOf(cell));
      cell.select();
    } else if (key === "Delete" && chosen(tableOf(cell)).length) write(tableOf(cell), block(cell).flat().map((one) => [one, ""]));
    else if (key in ARROWS && shiftKey && (anchor || leaves(cell, key))) {
      const from = anchor ?? cell;
      const next = go(cell, ...ARROWS[key]);
      if (next) choose(from, next);
    } else if (key in ARROWS && leaves(cell, key)) go(cell, ...ARROWS[key]);
    else return false;
    if (!(shiftKey && key in ARROWS)) release(tableOf(cell));
    return true;
  };

  const pressRadio = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches("[data-grid] [type=radio]")) return false;
    const choice = event.target.closest("tr").querySelector(`[type=radio][data-key="${CSS.escape(event.key)}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (cell ? press(event, cell) : pressRadio(event)) event.preventDefault();
  });
  document.addEventListener("focusin", ({ target }) => cellOf(target) && before.set(target, target.value));
  document.addEventListener("focusout", ({ target }) => cellOf(target) && settle(target));
  document.addEventListener("mousedown", (event) => {
    const [cell, from] = [cellOf(event.target), cellOf(document.activeElement)];
    if (!cell) return;
    if (event.shiftKey && from && tableOf(from) === tableOf(cell)) {
      choose(anchor ?? from, cell);
      event.preventDefault();
    } else release(tableOf(cell));
  });

  const copy = (event) => {
    const cell = cellOf(event.target);
    if (!cell || !chosen(tableOf(cell)).length) return;
    const rows = block(cell);
    event.clipboardData.setData("text/plain", rows.map((row) => row.map((one) => one?.value ?? "").join("\t")).join("\n"));
    event.preventDefault();
    if (event.type === "cut") write(tableOf(cell), rows.flat().map((one) => [one, ""]));
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);
  document.addEventListener("paste", (event) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
    if (!cell || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    settle(cell);
    const [top, left] = placeOf(block(cell)[0][0]);
    const lines = text.split(/\r?\n/).map((line) => line.split("\t"));
    const changes = lines.flatMap((words, down) =>
      words.map((word, right) => [cellAt(tableOf(cell), top + down, left + right), word.replace(/^"|"$/g, "").trim()]),
    );
    write(tableOf(cell), changes);
  });

  // The page says over which group of rows the ceiling is counted, which levels it is a share of, and how many places
  // each number of them allows; a row that the reader may not write counts too.
  const count = (form, notice) => {
    const { group, levels, table, top } = notice.dataset;
    const marks = [...form.querySelectorAll(`[data-grid] [data-group="${group}"] :is(input:checked, data)`)].map(({ value }) => value);
    const given = marks.filter((mark) => mark === top).length;
    const allowed = Number(table.split(" ")[marks.filter((mark) => levels.split(" ").includes(mark)).length]);
    notice.querySelector("[data-given]").value = given;
    notice.querySelector("[data-allowed]").value = allowed;
    notice.querySelector("[data-said]").textContent = given > allowed ? "Vượt tỷ lệ khống chế:" : "Trong tỷ lệ khống chế:";
    notice.classList.toggle("warning", given > allowed);
    notice.classList.toggle("info", given <= allowed);
  };
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form:has([data-grid])");
    form?.querySelectorAll(".ceiling").forEach((notice) => count(form, notice));
  });
})();
