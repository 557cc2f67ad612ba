/** What stands above a kiosk's page: the hub, the kiosk, who is signed in, the voice, the language and the time. */

import { Buttons } from "./buttons.js";
import { make } from "./dom.js";

const TICK = 5000;

export class Head {
  above = new Buttons();
  tools = make("div", { class: "tools" }, this.above.box);
  #where = make("p", { class: "where" });
  #who = make("p", { class: "who", hidden: true });
  #time = make("p", { class: "time" });
  box = make("div", { class: "head", hidden: true }, this.#where, this.#who, this.tools, this.#time);
  #house;
  #zone = "";
  #tick = 0;

  constructor(house) {
    this.#house = house;
  }

  update(message, { head, above }) {
    this.box.hidden = !head;
    this.above.update(message, [above]);
    if (!head) return;
    this.#where.replaceChildren(make("bdi", { class: "hub" }, head.hub), " ", make("bdi", { class: "kiosk-name" }, head.kiosk));
    if (head.small) this.#where.append(" ", make("small", {}, head.small));
    this.#who.hidden = !head.who;
    this.#who.replaceChildren(...(head.who ? [make("bdi", { dir: "ltr" }, `👤 ${head.who}`)] : []));
    this.#zone = head.zone;
    this.#tell();
    if (!this.#tick) this.#tick = setInterval(() => this.#tell(), TICK);
  }

  /** Who was signed in is nobody's business any more. */
  forget() {
    this.#who.replaceChildren();
    this.#who.hidden = true;
  }

  /** The hub's time, by the clock of the prison. */
  #tell() {
    const shape = { timeZone: this.#zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const said = new Intl.DateTimeFormat("nb", shape).format(this.#house.now()).replace(":", ".");
    if (this.#time.textContent !== said) this.#time.replaceChildren(make("time", { dir: "ltr" }, said));
  }
}
