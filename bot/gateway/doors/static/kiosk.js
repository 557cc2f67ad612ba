/** A kiosk: one living message as a self-service screen, drawn from state alone; nothing of it is kept. */

import { Buttons } from "./buttons.js";
import { make } from "./dom.js";
import { Panel } from "./panel.js";
import { direction, paragraphs } from "./text.js";

const LONG_LEAD = 70;

export class KioskPanel extends Panel {
  #text = make("div", { class: "text", tabindex: "-1", "aria-live": "polite", "aria-atomic": "true" });
  #buttons = new Buttons();
  #notices = make("div", { class: "notices", "aria-live": "polite" });
  #shown = null;
  #noticed = "";

  constructor(chat, house, options) {
    super(chat, house, { ...options, kindName: "Kiosk" });
    this.screen.prepend(this.#text, this.#buttons.box, this.#notices);
    this.#text.append(make("p", { class: "rest" }, "Henter skjermen …"));
  }

  draw() {
    const said = [...this.messages.values()].filter(({ sender }) => sender === "bot");
    const living = said.findLast(({ buttons }) => buttons?.some((row) => row.length)) ?? said.at(-1);
    this.#notice(living ? said.slice(said.indexOf(living) + 1) : []);
    this.#live(living ?? { id: null, text: "", buttons: [] });
  }

  /** Everything personal leaves the page at this moment. */
  wipe() {
    this.messages = new Map();
    this.#shown = null;
    this.#text.replaceChildren();
    this.#buttons.update(null, []);
    this.#notices.replaceChildren();
    this.#noticed = "";
  }

  #live({ id, text, buttons }) {
    const isMine = this.isAnswering && text !== this.#shown && !this.#buttons.arePad;
    const isNew = this.change({
      live: this.#text,
      text: this.#text,
      stays: this.#buttons.isSame(buttons),
      loses: (active) => active !== this.#text && !this.#buttons.survives(active, buttons),
      update: () => {
        this.screen.dir = direction(text ?? "");
        this.#write(text ?? "");
        this.#buttons.update(id, buttons);
      },
    });
    if (isNew || isMine) this.#beginAtTheTop();
  }

  /** Focus alone leaves a screen where the button was that called it; keys of a pad stay under the finger. */
  #beginAtTheTop() {
    this.answered();
    if (this.#text.getBoundingClientRect().top < 0) this.#text.scrollIntoView({ block: "start" });
  }

  #write(text) {
    if (this.#shown === text) return;
    this.#shown = text;
    this.#text.replaceChildren(
      ...paragraphs(text).map((part) => {
        const long = part.kind === "lead" && part.text.length > LONG_LEAD ? " long" : "";
        return make("p", { class: part.kind + long, dir: "auto" }, part.text);
      }),
    );
  }

  #notice(messages) {
    const texts = messages.map(({ text }) => text ?? "").filter(Boolean);
    if (texts.join("\n\n") === this.#noticed) return;
    this.#noticed = texts.join("\n\n");
    this.#notices.replaceChildren(...texts.map((text) => make("p", { dir: "auto" }, text)));
  }
}
