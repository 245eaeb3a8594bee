// Choosing a claim marks its passage and the passages it is linked with, and draws lines between them.
(() => {
  const texts = document.getElementById("texts");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  texts.append(svg);
  let chosen = null;
  const passage = (id) => document.getElementById("t-" + id);
  const links = (mark) => (mark.dataset.links || "").split(" ").filter(Boolean).map((l) => l.split(":"));

  const draw = () => {
    svg.replaceChildren();
    if (!chosen) return;
    const frame = texts.getBoundingClientRect();
    const from = chosen.getBoundingClientRect();
    for (const [id, relation] of links(chosen)) {
      const other = passage(id);
      if (!other) continue;
      const to = other.getBoundingClientRect();
      const right = to.left > from.left;
      const x1 = (right ? from.right : from.left) - frame.left, y1 = from.top + from.height / 2 - frame.top;
      const x2 = (right ? to.left : to.right) - frame.left, y2 = to.top + to.height / 2 - frame.top;
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      const middle = (x1 + x2) / 2;
      path.setAttribute("d", `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`);
      path.setAttribute("class", relation);
      svg.append(path);
    }
  };

  const show = (mark) => {
    const box = mark.closest("article");
    box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };

  const choose = (id) => {
    const mark = passage(id);
    if (!mark) return;
    document.querySelectorAll(".chosen, .linked").forEach((e) => e.classList.remove("chosen", "linked", "same", "differ", "contradict"));
    chosen = mark;
    document.querySelectorAll(`[data-claim="${CSS.escape(id)}"]`).forEach((e) => e.classList.add("chosen"));
    show(mark);
    for (const [other, relation] of links(mark)) {
      const linked = passage(other);
      if (!linked) continue;
      linked.classList.add("linked", relation);
      show(linked);
    }
    draw();
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-claim]");
    if (!target) return;
    if (target.tagName === "A") {
      event.preventDefault();
      texts.scrollIntoView({ block: "start" });
    }
    choose(target.dataset.claim);
  });
  texts.querySelectorAll("article").forEach((a) => a.addEventListener("scroll", draw));
  addEventListener("resize", draw);
})();
