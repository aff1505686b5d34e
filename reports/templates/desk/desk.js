"use strict";
// Without this file every page works by links and forms; with it lists follow what is typed, and keys decide.
(() => {
  const filters = document.getElementById("filters");
  const list = document.getElementById("list");
  if (filters && list) {
    let timer = 0, asked = 0;
    const address = () => {
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(filters)) if (value && !(name === "value" && value === "none_found") && !(name === "sort" && value === "urgency")) query.set(name, value);
      return query;
    };
    const show = async () => {
      const query = address(), mine = ++asked;
      history.replaceState(null, "", "/gaps" + (query.size ? "?" + query : ""));
      query.set("part", "list");
      const open = list.querySelector("details.filters").open, name = document.activeElement.name;
      const answer = await fetch("/gaps?" + query, { credentials: "same-origin", redirect: "error" }).catch(() => null);
      if (mine !== asked) return;
      if (!answer || !answer.ok) { filters.submit(); return; }
      list.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      list.querySelector("details.filters").open = open;
      if (name && name !== "q") filters.elements[name].focus();
    };
    filters.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 200); });
    filters.addEventListener("submit", event => { event.preventDefault(); show(); });
  }

  const items = [...document.querySelectorAll("[data-decide]")];
  if (items.length) {
    let at = 0, wanted = null;
    const go = to => {
      items[at].classList.remove("now");
      at = Math.max(0, Math.min(items.length - 1, to));
      items[at].classList.add("now");
      items[at].scrollIntoView({ block: "nearest" });
      items[at].focus({ preventScroll: true });
    };
    go(0);
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const field = event.target.closest("input, select, textarea");
      if (field) {
        // an answer that lacks something leads to its field: Enter there gives it, Escape leads back to the list
        if (event.key === "Escape") items[at].focus();
        else if (event.key === "Enter" && wanted && wanted.form.contains(field)) { event.preventDefault(); wanted.click(); }
        return;
      }
      // by place and not by letter: a Russian layout has other letters on these keys
      const key = event.key === "?" ? "?" : event.code.replace("Key", "").toLowerCase();
      if (key === "j" || key === "k") go(at + (key === "j" ? 1 : -1));
      else {
        const button = items[at].querySelector(`button[data-key="${key}"]`) || document.querySelector(`button[data-key-page="${key}"]`);
        if (!button) return;
        wanted = button;
        button.click();
      }
      event.preventDefault();
    });
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent));
  }
  for (const button of document.querySelectorAll("button[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
})();
