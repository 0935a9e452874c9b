/* Passkeys: what the page asks ([data-passkey-options]) is put before the browser, and its answer is sent with the form.
   Where the browser knows no passkeys this script does nothing, its buttons stay hidden, and a code does. It listens to the
   whole document, because pages are changed in place; a page that names it again finds it there. */
"use strict";

(() => {
  if (!window.PublicKeyCredential || "passkeys" in document.documentElement.dataset) return;
  document.documentElement.dataset.passkeys = "";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const keys = (known = []) => known.map((key) => ({ ...key, id: bytes(key.id) }));

  const options = (asked) => ({
    ...asked,
    challenge: bytes(asked.challenge),
    ...(asked.user && { user: { ...asked.user, id: bytes(asked.user.id) } }),
    allowCredentials: keys(asked.allowCredentials),
    excludeCredentials: keys(asked.excludeCredentials),
  });

  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answer = ({ id, type, rawId, response }) => {
    const parts = {};
    for (const part of PARTS) if (response[part]) parts[part] = text(response[part]);
    return JSON.stringify({ id, type, rawId: text(rawId), response: parts });
  };

  const ask = async (place, button) => {
    const form = button.form;
    const failed = place.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    button.disabled = true; // a browser takes one such request at a time
    try {
      const publicKey = options(JSON.parse(place.dataset.passkeyOptions));
      const key = await navigator.credentials[place.dataset.passkey]({ publicKey });
      form.querySelector("[name=proof_passkey], [name=credential]").value = answer(key);
      if (form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }))) form.submit();
    } catch (error) {
      failed.hidden = false;
    } finally {
      button.disabled = false;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-passkey] button");
    if (!button) return;
    event.preventDefault(); // the form is sent with the answer
    const place = button.closest("[data-passkey]");
    // A key that is made and then has no name would remain in the machine and open nothing.
    if (place.dataset.passkey === "get" || button.form.reportValidity()) ask(place, button);
  });
})();
