"use strict";
(function () {
  const cards = Array.from(document.querySelectorAll("article.card"));
  const form = document.getElementById("filter");
  if (form) {
    const at = (id) => document.getElementById(id);
    const fold = (text) => text.normalize("NFKC").toLocaleLowerCase().replace(/\s+/g, " ").trim();
    const texts = new Map();
    const textOf = (card) => {
      if (!texts.has(card)) texts.set(card, fold(card.textContent));
      return texts.get(card);
    };
    const has = (words, word) => word === "" || words.split(" ").includes(word);
    const apply = () => {
      const text = fold(at("f-text").value);
      const status = at("f-status").value;
      const list = at("f-list").value;
      const ground = at("f-ground").value;
      let shown = 0;
      for (const card of cards) {
        const fits = has(card.dataset.status, status) && has(card.dataset.lists, list)
          && has(card.dataset.grounds, ground) && (text === "" || textOf(card).includes(text));
        card.hidden = !fits;
        shown += fits;
      }
      at("f-shown").textContent = shown + " of " + cards.length + " shown";
      at("f-none").hidden = shown > 0;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }
  const closed = [];
  window.addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not([open]):not(.more)")) {
      closed.push(each);
      each.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    while (closed.length) closed.pop().open = false;
  });
})();
