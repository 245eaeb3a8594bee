// Choosing a passage marks it and its places in the sources, and shows both; without this, links lead there one by one.
(() => {
  const texts = document.getElementById("texts");
  const show = (anchor) => {
    const box = anchor && anchor.closest("article");
    if (box) box.scrollTop += anchor.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  const choose = (id, number) => {
    texts.querySelectorAll(".chosen").forEach((mark) => mark.classList.remove("chosen"));
    texts.querySelectorAll(`mark[data-p~="${CSS.escape(id)}"]`).forEach((mark) => mark.classList.add("chosen"));
    show(document.getElementById("t-" + id));
    show(document.getElementById(`s-${id}-${number}`));
  };
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-p]");
    if (!target) return;
    if (target.tagName === "A") {
      event.preventDefault();
      texts.scrollIntoView({ block: "start" });
    }
    choose(target.dataset.p.split(" ").pop(), target.dataset.n || 0);
  });
})();
