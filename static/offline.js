/* The page without network. What a remembered phone keeps lies in one box, encrypted by AES-GCM: the month as the portal
   gave it, and what was written since, in a queue. Its key is made of the PIN and of a key of the device that no script
   can read, by PBKDF2 so slowly that each guess takes the phone a second; it is held while the page is open, and no
   longer. What is sent goes to the address of its own form, under a token of its own: sent twice, it is written once.
   What is refused comes back as the form with which it is put right. Outside of the box stands how much waits and on
   which days it was written, in a cookie: the portal tells it, and the page where it got lost with the box. */
"use strict";

(() => {
  const ROUNDS = 600000;
  const IDLE = 5 * 60 * 1000; // after so long without a touch the page closes
  const SHOWN = 20; // so many of those that were sent stay in the list
  const YEAR = 365 * 24 * 3600; // in seconds
  const MOST_DAYS = 9; // so many days are told
  const DAY = { day: "2-digit", month: "2-digit", year: "numeric" };
  const TIME = Object.assign({ hour: "2-digit", minute: "2-digit" }, DAY);
  const crypt = crypto.subtle;
  const at = (id) => document.getElementById(id);
  const show = (id, is = true) => (at(id).hidden = !is);
  const inWords = (time, how) => new Date(time).toLocaleString("vi-VN", how);
  const asText = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));

  const sentence = (name, values) =>
    at("sentences").content.querySelector(`[data-say=${name}]`).textContent.replace(/{(\w+)}/g, (_, value) => values[value]);
  const tell = (...sentences) => {
    at("told").textContent = sentences.join(" ");
    show("told");
  };
  const say = (name, values) => tell(sentence(name, values));

  /* Whatever is done next, what was told before is no more true. */
  const hush = ({ type, target }) => {
    if (type === "submit" || target.closest("button")) for (const id of ["told", "sign-in", "pair"]) show(id, false);
  };
  for (const kind of ["submit", "click"]) addEventListener(kind, hush, true);

  /* --- What waits, outside of the box --- */

  const isSent = ({ state }) => state === "sent";
  const isUnsent = (item) => !isSent(item);
  const waitingNow = () => {
    const [, n, days] = /(?:^|; )offline-waiting=(\d+)\.([^;]+)/.exec(document.cookie) || [];
    return { n: Number(n || 0), days: (days || "").split(".").join(", ") };
  };
  let waiting = waitingNow();
  const tellWaiting = (queue) => {
    const days = queue.filter(isUnsent).map((item) => inWords(item.at, DAY));
    const told = [days.length, ...[...new Set(days)].slice(-MOST_DAYS)].join(".");
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `offline-waiting=${told}; path=/; samesite=lax; max-age=${days.length && YEAR}${secure}`;
    waiting = waitingNow();
  };
  const tellLost = () => {
    if (!waiting.n) return;
    at("lost").textContent = sentence("lost", waiting);
    show("lost");
    tellWaiting([]);
  };

  /* --- The box and its key --- */

  let key = null;

  const keyOf = async (pin) => {
    const salt = new TextEncoder().encode((await readKept("salt")) + pin);
    const slow = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
    return crypt.deriveKey(slow, await readKept("device"), { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };

  const open = async () => {
    const { iv, data } = await readKept("box");
    return JSON.parse(new TextDecoder().decode(await crypt.decrypt({ name: "AES-GCM", iv }, key, data)));
  };

  const close = async (box) => {
    const iv = random(12);
    const data = new TextEncoder().encode(JSON.stringify(box));
    await writeKept("box", { iv, data: await crypt.encrypt({ name: "AES-GCM", iv }, key, data) });
    tellWaiting(box.queue);
    return box;
  };

  /* One change after the other, also where the page is open twice. */
  const change = (make) => navigator.locks.request(STORE, async () => close(make(await open())));
  const changeItem = (token, made) =>
    change((box) => Object.assign(box, { queue: box.queue.map((item) => (item.token === token ? made(item) : item)) }));

  const wipe = async (...sentences) => {
    await wipeKept();
    key = null;
    for (const id of ["open", "pin-form", "wipe-actions"]) show(id, false);
    at("month").textContent = at("queue").textContent = at("correction-fields").textContent = "";
    tellLost();
    tell(...sentences);
  };

  /* --- What the portal says --- */

  const ask = async (address, sent) => {
    let response;
    try {
      response = await fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store" }, sent));
    } catch (error) {
      return { stop: (await readKept("box")) ? "no-network" : "no-network-first" };
    }
    if (response.redirected) {
      if (await readKept("box")) return { stop: "signed-out" };
      // The page to sign in has a browser that is remembered no more wipe its stores, before a script sees the answer.
      return key ? { forgotten: sentence("forgotten") } : { stop: "signed-out-first" };
    }
    if (response.status === 404) return { refused: [sentence("unknown")], asks: [], form: "", page: "/" };
    const isData = (response.headers.get("Content-Type") || "").startsWith("application/json");
    return isData ? response.json() : { stop: "busy" };
  };

  /* Whether there is no more to be done: the phone is forgotten, or nobody answers. */
  const ends = async ({ forgotten, stop = "", pair = false }) => {
    if (forgotten && (key || (await readKept("box")))) await wipe(forgotten, sentence("wiped"));
    else if (forgotten) tell(forgotten);
    else if (stop) say(stop);
    show("pair", pair);
    show("sign-in", stop.startsWith("signed-out"));
    return Boolean(forgotten || stop);
  };

  const address = () => document.body.dataset.month;
  const post = (where, csrf, pairs) => {
    const headers = { Accept: "application/json", "X-CSRFToken": csrf };
    return ask(where, { method: "POST", headers, body: new URLSearchParams(pairs) });
  };

  let isSending = false;
  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      await sendAll();
    } finally {
      isSending = false;
    }
  };

  const sendAll = async () => {
    const month = await ask(address());
    if (await ends(month)) return;
    let box = await open();
    if (month.whose !== box.month.whose) return wipe(sentence("forgotten"), sentence("wiped"));
    for (let next; (next = box.queue.find(({ state }) => state === "waiting")); ) {
      const { token, address: where, data } = next;
      const answer = await post(where, month.csrf, data.concat([["token", token]]));
      if (await ends(answer)) return key && draw(await open());
      box = await changeItem(token, (item) => Object.assign(item, became(answer, where)));
    }
    if (!(await keepMonth(await ask(address())))) return;
    say(waiting.n ? "left" : "fresh", waiting);
  };

  const became = ({ address: isWritten, refused, asks, form, page }, where) =>
    isWritten
      ? { state: "sent", data: [], told: [], asks: [], html: "" }
      : { state: asks.length ? "asks" : "refused", told: refused, asks, html: form, page: page || where };

  const keepMonth = async (month) => {
    if (await ends(month)) return false;
    const { html, until, whose } = month;
    await writeKept("until", until);
    draw(
      await change(({ queue }) => ({
        month: { html, until, whose, at: Date.now() },
        queue: queue.filter((item, place) => !isSent(item) || queue.slice(place).filter(isSent).length <= SHOWN),
      })),
      !document.querySelector("#month details[open]"), // what is being written there stays
    );
    return true;
  };

  /* --- What is shown --- */

  const draw = (box, isNew = false) => {
    for (const id of ["pin-form", "nothing-kept", "sign-in"]) show(id, id === "sign-in" && !at(id).hidden);
    for (const id of ["open", "wipe-actions"]) show(id);
    at("kept-at").textContent = inWords(box.month.at, TIME);
    at("kept-until").textContent = inWords(box.month.until, DAY);
    if (isNew) at("month").innerHTML = box.month.html; // made by the portal's own templates; the policy runs nothing in it
    if (isNew) document.querySelectorAll("#month form").forEach(setToday);
    show("nothing-waits", !box.queue.some(isUnsent));
    at("queue").textContent = "";
    for (const item of box.queue) at("queue").append(drawn(item));
  };

  /* The day that was proposed when the month was kept is not that of what is written since. */
  const setToday = ({ elements }) => {
    for (const name of ["held_on", "until", "day"]) if (elements[name]) elements[name].value = inWords(Date.now(), DAY);
  };

  const drawn = (item) => {
    const line = at("item").content.cloneNode(true);
    for (const tag of line.querySelectorAll("[data-state]")) if (tag.dataset.state !== item.state) tag.remove();
    line.querySelector("[data-title]").textContent = item.title;
    line.querySelector("time").textContent = inWords(item.at, TIME);
    const sentences = item.told.concat(item.asks.map(([, words]) => words));
    for (const words of sentences) {
      const told = document.createElement("li");
      told.textContent = words;
      line.querySelector("[data-sentences]").append(told);
    }
    if (!sentences.length) line.querySelector("[data-sentences]").remove();
    const isBack = ["asks", "refused"].includes(item.state);
    const correction = isBack && (item.html || (!item.whom && monthly(item)));
    for (const button of line.querySelectorAll("button")) {
      const offered = { agree: item.state === "asks", correct: correction, drop: isUnsent(item) };
      if (!offered[button.dataset.do]) button.remove();
      else button.addEventListener("click", () => WORK[button.dataset.do](item, button));
    }
    const page = line.querySelector("[data-page]");
    if (isBack && !item.html) page.href = item.page;
    else page.remove();
    return line;
  };

  /* The form of the month by which an item was written. */
  const monthly = ({ address: where }) => document.querySelector(`#month form[action="${where}"]`);

  const WORK = {
    drop: async ({ token }, { dataset }) => {
      if (!confirm(dataset.ask)) return;
      if (at("correction").dataset.corrects === token) leave(at("correction"));
      draw(await change((box) => Object.assign(box, { queue: box.queue.filter((item) => item.token !== token) })));
    },
    agree: async ({ token }) => {
      const agreed = (item) => {
        item.data = item.data.filter(([name]) => name !== "sure").concat(item.asks.map(([value]) => ["sure", value]));
        return Object.assign(item, { state: "waiting", asks: [] });
      };
      draw(await changeItem(token, agreed));
      send();
    },
    correct: (item) => {
      const form = item.html ? at("correction") : monthly(item);
      if (item.html) {
        at("correction-title").textContent = item.title;
        at("correction-fields").innerHTML = item.html; // made by the portal's own templates, as the month is
        form.setAttribute("action", item.address);
        Object.assign(form.dataset, { title: item.name, about: item.about });
        show("correction");
      } else {
        form.closest("details").open = true;
      }
      form.dataset.corrects = item.token;
      form.scrollIntoView();
    },
  };

  /* --- What people do --- */

  const newToken = () => {
    const bytes = random(16);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return asText(bytes);
  };

  /* What a form says, as it waits to be sent; of whom, chosen on the phone, stands in the address. */
  const written = (form) => {
    const { dang_vien: whom, held_on: day, newcomer } = form.elements;
    const about = whom ? whom.selectedOptions[0].text : (day || newcomer || { value: form.dataset.about }).value;
    return {
      name: form.dataset.title,
      about,
      title: `${form.dataset.title}: ${about}`,
      whom: whom ? whom.value : "",
      address: form.getAttribute("action").replace("{dang_vien}", whom ? whom.value : ""),
      data: [...new FormData(form)].filter(([name]) => name !== "dang_vien"),
      at: Date.now(),
      state: "waiting",
      told: [],
      asks: [],
      html: "",
    };
  };

  /* What is sure to be refused is said at once; what is only written otherwise than usual is left to the portal. */
  const isNoDay = (text) => {
    const [, day, month, year] = /^(\d\d?)[-/.]?(\d\d?)[-/.]?(\d{4})$/.exec(text) || [];
    return year && new Date(year, month - 1, day).getMonth() !== month - 1;
  };
  const isWrong = ({ dataset, type }, text) =>
    "day" in dataset ? isNoDay(text) : type === "tel" && text && text.replace(/\D/g, "").length < 9;
  const wrongIn = (form) => {
    for (const field of form.elements) {
      const [text, called] = [(field.value || "").trim(), field.labels && field.labels[0]];
      if (field.required && !text) return ["missing", field, called];
      if (isWrong(field, text)) return ["unreadable", field, called];
    }
    for (const why of form.querySelectorAll(".attendance input:not(:checked) ~ .absent select"))
      if (!why.value) return ["missing", why, { textContent: why.getAttribute("aria-label") }];
    for (const set of form.querySelectorAll("fieldset")) {
      const [boxes, legend] = [[...set.querySelectorAll("input, select")], set.querySelector("legend")];
      if (boxes.every(({ type, checked }) => type === "checkbox" && !checked) && boxes[0] && legend && !legend.querySelector(".optional"))
        return ["missing", boxes[0], legend];
    }
  };

  at("open").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const [name, field, called] = wrongIn(form) || [];
    if (field) {
      field.focus();
      return say(name, { field: called.textContent.trim(), typed: field.value.trim() });
    }
    const item = written(form);
    const { corrects } = form.dataset;
    let isWanted = true;
    draw(
      await change((box) => {
        const old = box.queue.find(({ token }) => token === corrects);
        const waits = box.queue.some((other) => isUnsent(other) && other !== old && other.title === item.title);
        isWanted = !waits || confirm(sentence("twice", item));
        if (old && isWanted) Object.assign(old, item, { whom: old.whom });
        else if (isWanted) box.queue.push(Object.assign({ token: newToken() }, item));
        return box;
      }),
    );
    if (!isWanted) return;
    leave(form);
    say("kept", item);
    at("waiting-title").scrollIntoView();
    if (navigator.onLine) send();
  });

  const leave = (form) => {
    delete form.dataset.corrects;
    if (form === at("correction")) {
      at("correction-fields").textContent = "";
      return show("correction", false);
    }
    form.reset();
    setToday(form);
    form.closest("details").open = false;
  };
  at("leave").addEventListener("click", () => leave(at("correction")));

  const register = () =>
    navigator.serviceWorker.register(document.body.dataset.worker, { updateViaCache: "none" }).catch(() => say("no-store"));

  const begin = async (pin) => {
    const month = await ask(address());
    if (await ends(month)) return;
    const right = await post(address(), month.csrf, [["pin", pin]]);
    if (await ends(right)) return;
    if (right.refused) return tell(right.refused.join(" "));
    await writeKept("device", await crypt.importKey("raw", random(32), "PBKDF2", false, ["deriveKey"]));
    await writeKept("salt", asText(random(16)));
    await writeKept("failures", 0);
    key = await keyOf(pin);
    await close({ month: {}, queue: [] });
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    await keepMonth(month);
    await register();
  };

  const unlock = async (pin) => {
    const most = Number(at("pin-form").dataset.failures);
    const failures = (await readKept("failures")) + 1;
    await writeKept("failures", failures); // before it is tried: whoever closes the page has tried it
    key = await keyOf(pin);
    let box;
    try {
      box = await open();
    } catch (error) {
      key = null;
      return failures < most ? say("wrong", { n: most - failures }) : wipe(sentence("failed"));
    }
    await writeKept("failures", 0);
    draw(box, true);
    await register();
    await send();
  };

  at("pin-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const pin = at("pin").value;
    at("pin").value = "";
    if (!/^\d{6}$/.test(pin)) return say("digits");
    await ((await readKept("box")) ? unlock : begin)(pin);
  });
  at("send").addEventListener("click", send);
  at("wipe").addEventListener("click", ({ target }) => confirm(target.dataset.ask) && wipe(sentence("wiped")));
  addEventListener("online", () => key && send());

  let idle = 0;
  const touched = () => {
    clearTimeout(idle);
    idle = setTimeout(() => key && location.reload(), IDLE);
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, touched);
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  const start = async () => {
    await wipeExpired();
    const isKept = Boolean(await readKept("box"));
    show("nothing-kept", !isKept);
    show("wipe-actions", isKept);
    if (!isKept) tellLost();
    if (!isKept && (await ends(await ask(address())))) return;
    for (const button of document.querySelectorAll("#pin-form button")) button.hidden = "opens" in button.dataset !== isKept;
    show("pin-form");
    at("pin").focus();
    touched();
  };
  if (!crypt || !navigator.locks || !navigator.serviceWorker) say("no-store");
  else start().catch(() => say("no-store"));
})();
