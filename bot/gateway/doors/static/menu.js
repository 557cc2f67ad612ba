/** A chat's commands as a menu beside the text field: a button that opens a list, for mouse, keyboard and reader. */

import { make } from "./dom.js";
import { direction } from "./text.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Menu {
  button = make("button", { type: "button", class: "menu-button", "aria-expanded": "false", hidden: true }, "Meny");
  list = make("ul", { class: "menu", role: "list", "aria-label": "Meny", hidden: true });
  #choose;

  /** `choose` is given the chosen command as it is typed: /idag. */
  constructor(id, choose) {
    this.#choose = choose;
    this.list.id = id;
    this.button.setAttribute("aria-controls", id);
    this.button.addEventListener("click", () => this.#toggle(this.list.hidden));
    for (const part of [this.button, this.list]) {
      part.addEventListener("keydown", (event) => this.#key(event));
      part.addEventListener("focusout", (event) => this.#left(event.relatedTarget));
    }
    document.addEventListener("pointerdown", ({ target }) => this.#left(target));
  }

  /** Show these commands: [{ command, description }]. Without any there is no menu. */
  update(commands) {
    const had = this.#contains(document.activeElement);
    this.list.replaceChildren(...commands.map((each) => make("li", {}, this.#item(each))));
    this.button.hidden = commands.length === 0;
    if (this.button.hidden) this.#toggle(false);
    else if (had) this.button.focus();
  }

  #item({ command, description }) {
    const words = make("span", { class: "what", dir: "auto" }, description);
    const item = make("button", { type: "button", dir: direction(description) }, words, " ", make("bdi", { dir: "ltr" }, `/${command}`));
    item.addEventListener("click", () => {
      this.#toggle(false);
      this.button.focus();
      this.#choose(`/${command}`);
    });
    return item;
  }

  #toggle(open) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
  }

  #contains(element) {
    return element === this.button || this.list.contains(element);
  }

  #left(to) {
    if (to instanceof Node && !this.#contains(to)) this.#toggle(false);
  }

  #key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.#toggle(false);
      this.button.focus();
    } else if (event.key in STEPS) {
      this.#step(event);
    }
  }

  /** Down and up lead through the list; from the button into it. */
  #step(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.list.hidden) this.#toggle(true);
    const items = [...this.list.querySelectorAll("button")];
    const here = items.indexOf(document.activeElement);
    const next = here < 0 && STEPS[event.key] < 0 ? items.length - 1 : here + STEPS[event.key];
    items[(next + items.length) % items.length]?.focus();
  }
}
