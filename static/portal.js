/* What scripts add to the portal's plain pages. htmx turns every link and form into a request that changes the page in
   place; this file says which it leaves alone, sends a form once, tells of a lost connection, and moves the focus. */
"use strict";

const FILE = /\.\w+$/; // an address that ends like a file is one: the browser saves it
const isFile = (link) => link.matches("a[href]") && FILE.test(link.pathname);
/* A form with a password leads to a new page of its own, also for password managers; so does the one that signs out. */
const isSecret = (form) =>
  form.matches("form[data-sign-out]") || (form.matches("form") && form.querySelector("[type=password]"));

document.addEventListener("htmx:beforeProcessNode", ({ target }) => {
  if (isFile(target) || isSecret(target)) target.setAttribute("hx-boost", "false");
});

/* Only what somebody chose stands in the address of a list. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) {
    if (value === "") detail.formData.delete(name);
  }
});

/* A form that comes back with errors is the same page, not one more to go back through. */
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history } }) => {
  if (history.path === location.pathname + location.search) history.type = "replace";
});

/* --- A form is sent once: a second press does nothing until there is an answer or none can come. --- */

const sending = (form, now) => {
  form.toggleAttribute("data-sending", now);
  for (const button of form.querySelectorAll("button")) {
    if (now) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
};

document.addEventListener(
  "submit",
  (event) => {
    if (event.target.method !== "post") return;
    const { signOut } = event.target.dataset; // with the question to ask where a phone keeps what was not sent yet
    const isKept = signOut && document.cookie.includes("offline-waiting=") && !confirm(signOut);
    if (isKept || event.target.matches("[data-sending]")) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      sending(event.target, true);
    }
  },
  true,
);
const release = (forms) => forms.forEach((form) => sending(form, false));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.elt.matches("form") && release([detail.elt]));
addEventListener("pageshow", () => release(document.querySelectorAll("form[data-sending]")));

/* Filters that were opened over a list close when they are sent. */
document.addEventListener("submit", ({ target }) => {
  if (target.hasAttribute("popover") && target.hidePopover) target.hidePopover();
});

/* --- Without a connection the page stays as it is and says so. --- */

const lost = ({ detail }) => {
  found();
  const template = document.getElementById("no-connection");
  if (!template) return;
  const notice = template.content.cloneNode(true);
  const kind = detail.requestConfig.verb === "get" ? "get" : "post";
  notice.querySelectorAll(`[data-when]:not([data-when=${kind}])`).forEach((part) => part.remove());
  document.body.append(notice);
};
const found = () => document.querySelectorAll(".notice.floating").forEach((notice) => notice.remove());

document.addEventListener("htmx:sendError", lost);
document.addEventListener("htmx:timeout", lost);
document.addEventListener("htmx:beforeOnLoad", found);

/* --- A page that has changed in place is read from its heading on, unless it asks for the focus elsewhere. --- */

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.boosted || document.activeElement !== document.body) return;
  const heading = document.querySelector("main h1") || document.querySelector("main");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
});
