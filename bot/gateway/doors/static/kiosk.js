/** A kiosk: one living message as a touch screen, drawn from its face; nothing of it is kept. */

import { Buttons } from "./buttons.js";
import { Cards } from "./cards.js";
import { make } from "./dom.js";
import { Countdown } from "./countdown.js";
import { Head } from "./head.js";
import { writeLines } from "./lines.js";
import { Listening } from "./listening.js";
import { inParts, Panel } from "./panel.js";
import { direction } from "./text.js";

const NO_FACE = { look: "", language: "", cards: [], bar: [], above: [] };

export class KioskPanel extends Panel {
  #head = new Head(this.house);
  #text = make("div", { class: "text", tabindex: "-1", "aria-live": "polite", "aria-atomic": "true" });
  #cards = new Cards();
  #buttons = new Buttons();
  #bar = new Buttons();
  #notices = make("div", { class: "notices", "aria-live": "polite" });
  #countdown = new Countdown(this.house);
  #listening = new Listening(this.house, this.chat.id, this.screen, (text) => this.say(text));
  #level;
  #shown = "";

  constructor(chat, house, options) {
    super(chat, house, { ...options, kindName: "Kiosk" });
    this.#level = options.onClose ? "h3" : "h1";
    this.#head.tools.prepend(this.#listening.button);
    this.#bar.box.classList.add("bar");
    const page = [this.#text, this.#countdown.box, this.#cards.box, this.#buttons.box, this.#notices];
    this.screen.prepend(this.#head.box, make("div", { class: "page-of-kiosk" }, ...page), this.#bar.box);
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
    this.#shown = "";
    this.#listening.rest();
    this.#countdown.stop();
    this.#text.replaceChildren();
    this.#cards.update(null, []);
    for (const buttons of [this.#buttons, this.#bar, this.#head.above]) buttons.update(null, []);
    this.#head.forget();
    if (this.#level === "h1") document.title = this.chat.title;
    this.#notices.replaceChildren();
  }

  /** Without a word from the hub, what it wanted said when it was last heard. */
  cover(said = this.house.away ? inParts(this.house.away) : undefined) {
    super.cover(said);
  }

  hush() {
    super.hush();
    this.#listening?.stop();
  }

  #live(message) {
    const face = faceOf(message);
    const shown = JSON.stringify(face.lines);
    const isMine = this.isAnswering && shown !== this.#shown && !this.#buttons.arePad;
    if (shown !== this.#shown) this.#listening.stop();
    const isNew = this.change({
      live: this.#text,
      text: this.#text,
      stays: this.#buttons.isSame(face.rows) && this.#cards.isSame(face.cards),
      loses: (active) => active !== this.#text && !this.#survives(active, face),
      update: () => this.#write(message.id, face, shown),
    });
    if (isNew || isMine) this.#beginAtTheTop();
  }

  #survives(active, face) {
    if (this.#listening.button === active) return true;
    if (this.#cards.box.contains(active)) return this.#cards.isSame(face.cards);
    const kept = [[this.#buttons, face.rows], [this.#bar, [face.bar]], [this.#head.above, [face.above]]];
    return kept.some(([buttons, rows]) => buttons.survives(active, rows));
  }

  /** Focus alone leaves a screen where the button was that called it; keys of a pad stay under the finger. */
  #beginAtTheTop() {
    this.answered();
    if (this.#text.getBoundingClientRect().top < 0) this.screen.scrollIntoView({ block: "start" });
  }

  #write(id, face, shown) {
    const turned = direction(face.lines.map(({ text }) => text).join("\n"));
    this.screen.dir = turned;
    this.screen.lang = face.language;
    this.screen.dataset.look = face.look;
    this.#head.update(id, face);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#text.replaceChildren(...writeLines(face.lines, this.#level));
      this.#name(face, turned);
    }
    this.#cards.update(id, face.cards);
    this.#buttons.update(id, face.rows);
    this.#bar.update(id, [face.bar]);
    this.#countdown.update(face.until);
    this.#listening.update(id, face);
  }

  /** A kiosk that has the window to itself names the page, and says in which language it is. */
  #name(face, turned) {
    if (this.#level !== "h1" || !face.language) return;
    document.documentElement.lang = face.language;
    document.documentElement.dir = turned;
    document.title = `${this.#text.querySelector(".lead")?.textContent ?? ""} – ${this.chat.title}`;
  }

  #notice(messages) {
    const texts = messages.map(({ text }) => text ?? "").filter(Boolean);
    if (texts.join("\n\n") === [...this.#notices.children].map((line) => line.textContent).join("\n\n")) return;
    this.#notices.replaceChildren(...texts.map((text) => make("p", { dir: "auto" }, text)));
  }
}

/** What is to be drawn of a message; one that says nothing of it is read by its lines. */
function faceOf({ face, text, buttons }) {
  const lines = (text ?? "").split("\n").filter((line) => line.trim());
  return face ?? { ...NO_FACE, lines: lines.map((line) => ({ text: line })), rows: buttons ?? [] };
}
