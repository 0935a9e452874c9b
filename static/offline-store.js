/* The store of a remembered phone, for its page without network and for the service worker: what is kept, until when.

   One database with a few names: `device` is a key that no script can read, `salt` and `failures` belong to the PIN,
   `box` is everything else, encrypted (offline.js says how), `until` the moment after which all of it goes. */
"use strict";

const STORE = "offline";

const inStore = (mode, ask) =>
  new Promise((done, fail) => {
    const opened = indexedDB.open(STORE, 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore(STORE);
    opened.onerror = () => fail(opened.error);
    opened.onsuccess = () => {
      const store = opened.result.transaction(STORE, mode);
      const asked = ask(store.objectStore(STORE));
      store.oncomplete = () => {
        opened.result.close();
        done(asked.result);
      };
      store.onabort = () => fail(store.error);
    };
  });

const readKept = (name) => inStore("readonly", (store) => store.get(name));
const writeKept = (name, value) => inStore("readwrite", (store) => store.put(value, name));
const wipeKept = () => inStore("readwrite", (store) => store.clear());

const wipeExpired = async () => {
  const until = await readKept("until");
  if (until && until <= Date.now()) await wipeKept();
};
