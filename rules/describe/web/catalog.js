// Narrows the list of rules to what the form asks for. The choice stands in the address behind #, so that it can be linked to and kept.
(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const lists = ["tactic", "technique", "table", "severity"];
  const rules = Array.from(document.querySelectorAll("#rules tbody tr"), (row) => ({
    row,
    text: (row.textContent + " " + row.dataset.text).toLowerCase(),
    has: Object.fromEntries(lists.map((list) => [list, row.dataset[list].split(", ")])),
  }));

  // A technique stands for its sub-techniques too.
  const matches = (values, wanted) => !wanted || values.some((value) => value === wanted || value.startsWith(wanted + "."));

  const show = () => {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const rule of rules) {
      const fits = words.every((word) => rule.text.includes(word)) && lists.every((list) => matches(rule.has[list], form.elements[list].value));
      rule.row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rules.length ? "" : `${shown} of ${rules.length} rules`;
  };

  const keep = () => {
    const chosen = new URLSearchParams();
    for (const name of ["q", ...lists]) {
      if (form.elements[name].value) chosen.set(name, form.elements[name].value);
    }
    history.replaceState(null, "", "#" + chosen);
    show();
  };

  const restore = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", ...lists]) form.elements[name].value = chosen.get(name) || "";
    show();
  };

  form.hidden = false;
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(keep));
  window.addEventListener("hashchange", restore);
  restore();
})();
