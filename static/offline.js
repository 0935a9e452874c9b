/* The page without network. What a remembered phone keeps lies in one box, encrypted by AES-GCM: the month as the portal
   gave it, and what was written since, in a queue. Its key is made of the PIN and of a key of the device that no script
   can read, by PBKDF2 so slowly that each guess takes the phone a second; it is held while the page is open, and no
   longer. What is sent goes to the address of its own form, under a token of its own: sent twice, it is written once. */
"use strict";

(() => {
  const ROUNDS = 600000;
  const IDLE = 5 * 60 * 1000; // after so long without a touch the page closes
  const SHOWN = 20; // so many of those that were sent stay in the list
  const DAY = { day: "2-digit", month: "2-digit", year: "numeric" };
  const TIME = Object.assign({ hour: "2-digit", minute: "2-digit" }, DAY);
  const crypt = crypto.subtle;
  const at = (id) => document.getElementById(id);
  const show = (id, is = true) => (at(id).hidden = !is);
  const inWords = (time, how) => new Date(time).toLocaleString("vi-VN", how);
  const asText = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const random = (count) => crypto.getRandomValues(new Uint8Array(count));

  const sentence = (name, n) => at("sentences").content.querySelector(`[data-say=${name}]`).textContent.replace("{n}", n);
  const tell = (text) => {
    at("told").textContent = text;
    show("told");
  };
  const say = (name, n) => tell(sentence(name, n));

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
    const waiting = box.queue.filter(({ state }) => state !== "sent").length;
    localStorage.setItem("offline-waiting", waiting || "");
    return box;
  };

  /* One change after the other, also where the page is open twice. */
  const change = (make) => navigator.locks.request(STORE, async () => close(make(await open())));
  const changeItem = (token, made) =>
    change((box) => Object.assign(box, { queue: box.queue.map((item) => (item.token === token ? made(item) : item)) }));

  const wipe = async (name) => {
    await wipeKept();
    localStorage.removeItem("offline-waiting");
    key = null;
    for (const id of ["open", "pin-form", "wipe-actions"]) show(id, false);
    at("month").textContent = at("queue").textContent = "";
    say(name);
  };

  /* --- What the portal says --- */

  const ask = async (address, sent) => {
    let response;
    try {
      response = await fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store" }, sent));
    } catch (error) {
      return { stop: "no-network" };
    }
    if (response.redirected) {
      // The page to sign in has a browser that is remembered no more wipe its stores, before a script sees the answer.
      return (await readKept("box")) || !key ? { stop: "signed-out" } : { forgotten: sentence("wiped") };
    }
    if (response.status === 404) return { refused: [sentence("unknown")], asks: [] };
    const isData = (response.headers.get("Content-Type") || "").startsWith("application/json");
    return isData ? response.json() : { stop: "busy" };
  };

  /* Whether there is no more to be done: the phone is forgotten, or nobody answers. */
  const ends = async (answer) => {
    if (answer.forgotten) {
      await wipe("wiped");
      tell(answer.forgotten);
    } else if (answer.stop) {
      say(answer.stop);
      show("sign-in", answer.stop === "signed-out");
    }
    return Boolean(answer.forgotten || answer.stop);
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
    if (month.whose !== box.month.whose) return wipe("wiped");
    for (const { token, address: where, data, state } of box.queue) {
      if (state !== "waiting") continue;
      const answer = await post(where, month.csrf, data.concat([["token", token]]));
      if (await ends(answer)) return draw(await open());
      const became = answer.address ? { state: "sent", data: [] } : { state: answer.asks.length ? "asks" : "refused" };
      box = await changeItem(token, (item) => Object.assign(item, { asks: [], told: [] }, became, told(answer)));
    }
    await keepMonth(await ask(address()));
    const left = box.queue.filter(({ state }) => state !== "sent").length;
    say(left ? "left" : "fresh", left);
  };

  const told = ({ refused = [], asks = [] }) => ({ told: refused, asks });

  const keepMonth = async (month) => {
    if (await ends(month)) return;
    const { html, until, whose } = month;
    const isSent = ({ state }) => state === "sent";
    await writeKept("until", until);
    draw(
      await change(({ queue }) => ({
        month: { html, until, whose, at: Date.now() },
        queue: queue.filter((item, place) => !isSent(item) || queue.slice(place).filter(isSent).length <= SHOWN),
      })),
      true,
    );
  };

  /* --- What is shown --- */

  const draw = (box, isNew = false) => {
    for (const id of ["pin-form", "nothing-kept", "sign-in"]) show(id, id === "sign-in" && !at(id).hidden);
    for (const id of ["open", "wipe-actions"]) show(id);
    at("kept-at").textContent = inWords(box.month.at, TIME);
    at("kept-until").textContent = inWords(box.month.until, DAY);
    if (isNew) at("month").innerHTML = box.month.html; // made by the portal's own templates; the policy runs nothing in it
    if (isNew) document.querySelectorAll("#month form").forEach(setToday);
    show("nothing-waits", !box.queue.some(({ state }) => state !== "sent"));
    at("queue").textContent = "";
    for (const item of box.queue) at("queue").append(drawn(item));
  };

  /* The day that was proposed when the month was kept is not that of a meeting held since. */
  const setToday = ({ elements }) => elements.held_on && (elements.held_on.value = inWords(Date.now(), DAY));

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
    for (const button of line.querySelectorAll("button")) {
      const offered = { agree: item.state === "asks", correct: ["asks", "refused"].includes(item.state), drop: item.state !== "sent" };
      if (!offered[button.dataset.do]) button.remove();
      else button.addEventListener("click", () => WORK[button.dataset.do](item));
    }
    return line;
  };

  const drop = async ({ token }) =>
    draw(await change((box) => Object.assign(box, { queue: box.queue.filter((item) => item.token !== token) })));

  const WORK = {
    drop,
    agree: async ({ token }) => {
      const agreed = (item) => {
        item.data = item.data.filter(([name]) => name !== "sure").concat(item.asks.map(([value]) => ["sure", value]));
        return Object.assign(item, { state: "waiting", asks: [] });
      };
      draw(await changeItem(token, agreed));
      send();
    },
    correct: (item) => {
      const form = document.querySelector(`#month form[action="${item.form}"]`);
      if (!form) return;
      fill(form, item.data.concat([["dang_vien", item.whom]]));
      form.dataset.corrects = item.token;
    },
  };

  const fill = (form, pairs) => {
    for (const field of form.elements) {
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (field.name && field.type !== "hidden") field.value = values[0] || "";
    }
    form.closest("details").open = true;
    form.scrollIntoView();
  };

  /* --- What people do --- */

  at("month").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const whom = form.elements.dang_vien;
    if (whom && !whom.value) return say("nobody");
    const bytes = random(16);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const named = form.elements.held_on || form.elements.newcomer;
    const about = whom ? whom.selectedOptions[0].text : named ? named.value : form.dataset.about;
    const item = {
      token: asText(bytes),
      form: form.getAttribute("action"),
      address: form.getAttribute("action") + (whom ? `?dang_vien=${whom.value}` : ""),
      whom: whom ? whom.value : "",
      title: `${form.dataset.title}: ${about}`,
      data: [...new FormData(form)].filter(([name]) => name !== "dang_vien"),
      at: Date.now(),
      state: "waiting",
      told: [],
      asks: [],
    };
    const others = (queue) => queue.filter(({ token }) => token !== form.dataset.corrects);
    draw(await change((box) => Object.assign(box, { queue: others(box.queue).concat([item]) })));
    delete form.dataset.corrects;
    form.reset();
    setToday(form);
    form.closest("details").open = false;
    say("kept", item.title);
    at("waiting-title").scrollIntoView();
    if (navigator.onLine) send();
  });

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
      return failures < most ? say("wrong", most - failures) : wipe("failed");
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
  at("wipe").addEventListener("click", ({ target }) => confirm(target.dataset.ask) && wipe("wiped"));
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
    if (!isKept && !navigator.onLine) return say("needs-network");
    show("nothing-kept", !isKept);
    show("wipe-actions", isKept);
    for (const button of document.querySelectorAll("#pin-form button")) button.hidden = "opens" in button.dataset !== isKept;
    show("pin-form");
    at("pin").focus();
    touched();
  };
  if (!crypt || !navigator.locks || !navigator.serviceWorker) say("no-store");
  else start().catch(() => say("no-store"));
})();
