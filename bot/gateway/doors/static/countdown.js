/** How long a page stands: a bar that runs out, and the seconds; the words beside it say the same without numbers. */

import { make } from "./dom.js";

const TICK = 250;

export class Countdown {
  #seconds = make("span", { class: "seconds" });
  #left = make("span", { class: "left" });
  box = make("div", { class: "countdown", "aria-hidden": "true", hidden: true }, this.#seconds, make("span", { class: "run" }, this.#left));
  #house;
  #until = null;
  #whole = 1;
  #tick = 0;

  constructor(house) {
    this.#house = house;
  }

  /** `until` is a moment of the hub's clock, as ISO text; nothing ends the counting. */
  update(until) {
    if (!until) return this.stop();
    if (until !== this.#until) {
      this.#until = until;
      this.#whole = Math.max(1, this.#rest());
    }
    this.box.hidden = false;
    this.#tell();
    if (!this.#tick) this.#tick = setInterval(() => this.#tell(), TICK);
  }

  stop() {
    clearInterval(this.#tick);
    this.#tick = 0;
    this.#until = null;
    this.box.hidden = true;
  }

  #rest() {
    return Math.max(0, (Date.parse(this.#until) - this.#house.now()) / 1000);
  }

  #tell() {
    const rest = this.#rest();
    this.#seconds.textContent = String(Math.ceil(rest));
    this.#left.style.inlineSize = `${Math.min(100, (100 * rest) / this.#whole)}%`;
  }
}
