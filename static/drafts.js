/* What somebody types into a form[data-draft] is kept in this browser until it is written: a reload, a session that has
   ended or a lost connection costs nothing. A draft belongs to one account and one address and lives a week at most;
   signing out takes all of them away, and so does another account. Numbers by which a person is known ([data-undrafted])
   are never kept.

   A draft remembers which version of the record its author saw (the form's hidden fields), so that a change by somebody
   else meanwhile is noticed; and, when it was sent and no answer came, under which `token`, so that sending it again
   writes nothing twice. */
"use strict";

(() => {
  const LONGEST = 7 * 24 * 3600 * 1000;
  const NOT_TYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset"]);
  const NOTHING = {}; // what is read where no draft is
  const fresh = new WeakMap(); // form -> what the server gave it: {token, seen, typed}
  const DAY_AND_TIME = { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" };
  const MACHINERY = ["csrfmiddlewaretoken", "token"]; // hidden fields that say nothing of the record

  const prefix = () => `draft|${document.body.dataset.user}|`;
  const keyOf = (form) => {
    const address = new URL(form.getAttribute("action") || "", location.href);
    return prefix() + address.pathname + address.search + "#" + form.id;
  };
  const tokenField = (form) => form.querySelector("input[name=token]") || {};
  const tokenOf = (form) => tokenField(form).value;
  const unseen = (form) =>
    [...form.querySelectorAll("input[type=hidden]")].filter((field) => !MACHINERY.includes(field.name));
  const seenBy = (form) => unseen(form).map((field) => [field.name, field.value]);
  const isKept = (field) => field.name && !NOT_TYPED.has(field.type) && !field.matches("[data-undrafted]");
  const controls = (form) => [...form.elements].filter(isKept);
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  const typed = (form) =>
    controls(form).flatMap((field) => {
      if (isTick(field)) return field.checked ? [[field.name, field.value]] : [];
      if (field.multiple) return [...field.selectedOptions].map((option) => [field.name, option.value]);
      return [[field.name, field.value]];
    });

  const fill = (form, pairs) => {
    const left = new Map();
    for (const [name, value] of pairs) left.set(name, [...(left.get(name) || []), value]);
    for (const field of controls(form)) {
      const values = left.get(field.name) || [];
      if (isTick(field)) field.checked = values.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) field.value = values.shift();
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)) || NOTHING;
    } catch (error) {
      return NOTHING;
    }
  };
  const forget = (test) =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith("draft|") && test(key))
      .forEach((key) => localStorage.removeItem(key));

  const keep = (form, sent = false) => {
    const pairs = controls(form).length ? typed(form) : read(keyOf(form)).typed;
    if (!document.body.dataset.user || !pairs) return;
    if (!sent && JSON.stringify(pairs) === (fresh.get(form) || NOTHING).typed) {
      localStorage.removeItem(keyOf(form));
      return;
    }
    const draft = { at: Date.now(), token: tokenOf(form), seen: seenBy(form), sent, typed: pairs };
    try {
      localStorage.setItem(keyOf(form), JSON.stringify(draft));
    } catch (error) {
      // The browser's store is full or closed: the form works as it does without scripts.
    }
  };

  const lookBack = (form, seen) => {
    const values = new Map(seen);
    for (const field of unseen(form)) if (values.has(field.name)) field.value = values.get(field.name);
  };

  const restore = (form, draft) => {
    fill(form, draft.typed);
    lookBack(form, draft.seen);
    if (draft.sent) tokenField(form).value = draft.token;
    const template = document.getElementById("draft-restored");
    if (!template) return;
    const notice = template.content.cloneNode(true);
    notice.querySelector("time").append(new Date(draft.at).toLocaleString("vi-VN", DAY_AND_TIME));
    if (!draft.sent) notice.querySelector("[data-when=sent]").remove();
    notice.querySelector("button").addEventListener("click", ({ target }) => discard(form, target.closest(".notice")));
    form.prepend(notice);
  };

  const discard = (form, notice) => {
    localStorage.removeItem(keyOf(form));
    form.reset();
    lookBack(form, fresh.get(form).seen);
    tokenField(form).value = fresh.get(form).token;
    notice.remove();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    const [first] = controls(form);
    if (first) first.focus();
  };

  const open = (form) => {
    if (!controls(form).length) return; // it only asks for consent to what was typed before
    const key = keyOf(form);
    const draft = read(key);
    const pairs = JSON.stringify(typed(form));
    const given = { token: tokenOf(form), seen: seenBy(form), typed: pairs };
    fresh.set(form, given);
    if (draft === NOTHING) return;
    if (draft.token && draft.token === given.token) {
      given.typed = null; // the server has shown again what was typed: none of it is written yet
      keep(form);
    } else if (JSON.stringify(draft.typed) === pairs) localStorage.removeItem(key);
    else restore(form, draft);
  };

  /* The answer to a form has written it, unless it asks again under the same token or to sign in. */
  const isWritten = (form, xhr) => {
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const asksAgain = [...answer.querySelectorAll("input[name=token]")].some(({ value }) => value === tokenOf(form));
    return xhr.status < 400 && answer.body.dataset.user === document.body.dataset.user && !asksAgain;
  };

  const draftForm = (node) => (node instanceof Element && node.matches("form[data-draft]") ? node : null);

  document.addEventListener("htmx:load", ({ target }) => {
    forget((key) => Date.now() - (read(key).at || 0) > LONGEST);
    if (document.body.dataset.user) forget((key) => !key.startsWith(prefix()));
    [target, ...target.querySelectorAll("form")].filter(draftForm).forEach(open);
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => draftForm(target.form) && keep(target.form));
  }
  document.addEventListener("htmx:beforeRequest", ({ detail }) => draftForm(detail.elt) && keep(detail.elt, true));
  document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
    if (!draftForm(elt)) return;
    if (isWritten(elt, xhr)) localStorage.removeItem(keyOf(elt));
    else keep(elt);
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-sign-out]")) forget(() => true);
  });
})();
