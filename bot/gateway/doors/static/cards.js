/** What belongs together on a page: a list of cards, each with its lines and its buttons. */

import { Buttons } from "./buttons.js";
import { make } from "./dom.js";
import { writeLines } from "./lines.js";

export class Cards {
  box = make("ul", { class: "cards", role: "list", hidden: true });
  #known = "[]";
  #message = null;

  isSame(cards) {
    return JSON.stringify(cards) === this.#known;
  }

  update(message, cards) {
    if (this.isSame(cards) && message === this.#message) return;
    this.#known = JSON.stringify(cards);
    this.#message = message;
    this.box.replaceChildren(...cards.map((card, number) => this.#card(message, card, `card ${number} `)));
    this.box.hidden = cards.length === 0;
  }

  #card(message, { lines, rows }, at) {
    const buttons = new Buttons(at);
    buttons.update(message, rows);
    const kind = rows.length ? "card" : "line";
    return make("li", { class: kind }, make("div", { class: "words" }, ...writeLines(lines, null, at)), buttons.box);
  }
}
