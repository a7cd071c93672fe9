// A panel that a button opens below itself: closed by Escape, by a click elsewhere, by the focus going on.

export class Panel {
  /** `opened()` is called each time before it is shown. */
  constructor(button, panel, opened = () => {}) {
    this.button = button;
    this.panel = panel;
    this.opened = opened;
    const around = panel.parentElement;
    button.addEventListener("click", () => (panel.hidden ? this.open() : this.close()));
    around.addEventListener("keydown", (event) => this.#key(event));
    around.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !around.contains(relatedTarget)) this.close();
    });
    this.elsewhere = ({ target }) => {
      if (!around.contains(target)) this.close();
    };
  }

  open() {
    this.opened();
    this.panel.hidden = false;
    this.button.ariaExpanded = "true";
    document.addEventListener("pointerdown", this.elsewhere);
    this.panel.querySelector("button:not([hidden]), input")?.focus();
  }

  close() {
    this.panel.hidden = true;
    this.button.ariaExpanded = "false";
    document.removeEventListener("pointerdown", this.elsewhere);
  }

  #key(event) {
    if (event.key !== "Escape" || this.panel.hidden) return;
    event.stopPropagation();
    this.close();
    this.button.focus();
  }
}
