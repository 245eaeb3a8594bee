(() => {
  const panel = document.getElementById("panel");
  const chosen = panel.querySelector("ul");
  const passages = document.querySelectorAll(".m");

  const light = (id) => {
    for (const passage of passages) {
      passage.classList.toggle("on", passage.dataset.a.split(" ").includes(id));
    }
  };

  const show = (passage) => {
    const ids = passage.dataset.a.split(" ");
    chosen.replaceChildren(...ids.map((id) => {
      const card = document.getElementById("n" + id).cloneNode(true);
      card.removeAttribute("id");
      return card;
    }));
    panel.hidden = false;
    light(ids[0]);
    passage.scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    panel.hidden = true;
    light("");
  };

  document.addEventListener("click", (event) => {
    const passage = event.target.closest(".m");
    const go = event.target.closest("a[data-go]");
    if (passage) {
      event.preventDefault();
      show(passage);
    } else if (go) {
      light(go.dataset.go);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("a.m")) show(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  panel.querySelector("button").addEventListener("click", close);
})();
