/** What kiosk and staff panels share: state, presses, focus, alerts, and the cover when the hub is gone. */

import { isArrow, neighbour, specOf } from "./buttons.js";
import { make } from "./dom.js";
import { HubIsGone } from "./house.js";

const LONGEST_BUSY = 1500; // after a press the buttons rest until an update, but never longer
const ALERT_STAYS = 8000;
const OWN_PRESS = 10_000; // an update within this time of a press counts as its answer
const GONE = [
  ["nb", "Skjermen virker ikke nå. Skriv på papirlapp. Den teller like mye."],
  ["en", "The screen is not working now. Use a paper slip. It counts just as much."],
];

/** The words of a cover, one part in each language. */
export function inParts(text) {
  return text.split("\n\n").map((part) => ["", part]);
}

/** One device. Subclasses draw `this.messages` in `draw(answering)` and forget in `wipe()`. */
export class Panel {
  messages = new Map();
  screen = make("div", { class: "screen" });
  #alerts = make("div", { class: "alerts" });
  #cover = null;
  #busyTimer = 0;
  #alertTimer = 0;
  #lastAlert = null;
  #pressedAt = -Infinity;
  #lastTile = null;
  #load = 0;
  #waiting = null; // events that came while a whole chat was being fetched

  constructor(chat, house, { kindName, onClose }) {
    this.chat = chat;
    this.house = house;
    const titleId = `device-${chat.title}`.replace(/[^\w-]/gu, "_");
    const close = onClose && make("button", { type: "button", class: "close", "aria-label": `Lukk ${chat.title}` }, "×");
    close?.addEventListener("click", onClose);
    this.element = make(
      "section",
      {
        class: `device ${chat.kind}`,
        "aria-labelledby": titleId,
        "data-device": chat.title,
        "data-chat": chat.id,
        "data-kind": chat.kind,
        "data-state": "loading",
      },
      make("header", { class: "nameplate" }, make("h2", { id: titleId }, chat.title), make("p", {}, kindName), close),
      this.screen,
    );
    this.screen.append(this.#alerts);
    this.screen.addEventListener("click", (event) => this.#click(event));
    this.screen.addEventListener("keydown", (event) => this.#key(event));
  }

  // ── state ───────────────────────────────────────────────────────────────

  /** Fetch the whole chat; what happens meanwhile is applied on top. */
  async load() {
    const load = ++this.#load;
    this.#waiting ??= [];
    const chat = await this.house.get(`/client/chats/${encodeURIComponent(this.chat.id)}`);
    if (load !== this.#load) return true;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (chat === null) return false;
    this.messages = new Map(chat.messages.map((message) => [String(message.id), message]));
    this.offered(chat.commands ?? []);
    if (chat.alert && chat.alert.id !== this.#lastAlert && this.isAnswering) this.alert(chat.alert);
    this.#lastAlert = chat.alert?.id ?? this.#lastAlert;
    this.#settle();
    waiting.forEach((apply) => apply());
    return true;
  }

  received(message) {
    this.#apply(() => this.messages.set(String(message.id), message));
  }

  deleted(ids) {
    this.#apply(() => ids.forEach((id) => this.messages.delete(String(id))));
  }

  commands(commands) {
    this.#apply(() => this.offered(commands));
  }

  alert(alert) {
    if (this.house.isDown || alert.id === this.#lastAlert) return;
    this.#lastAlert = alert.id;
    this.#rest();
    this.say(alert.text, alert.show_alert);
  }

  /** Show a strip that is read aloud at once. */
  say(text, isGrave = false) {
    this.hush();
    this.#alerts.append(make("p", { class: `alert${isGrave ? " grave" : ""}`, role: "alert", dir: "auto" }, text));
    this.#alertTimer = setTimeout(() => this.hush(), ALERT_STAYS);
  }

  #apply(change) {
    const apply = () => {
      change();
      this.#settle();
    };
    if (this.#waiting) this.#waiting.push(apply);
    else if (!this.house.isDown) apply();
  }

  #settle() {
    this.#rest();
    const cover = [...this.messages.values()].find((message) => message.cover);
    if (cover) return this.cover(inParts(cover.text));
    this.#uncover();
    this.draw();
  }

  // ── presses ─────────────────────────────────────────────────────────────

  /** True while the next update is most likely the answer to a press made here. */
  get isAnswering() {
    return performance.now() - this.#pressedAt < OWN_PRESS;
  }

  answered() {
    this.#pressedAt = -Infinity;
  }

  #click(event) {
    const tile = event.target.closest("button.tile");
    const spec = tile && specOf(tile);
    if (!spec || !spec.data) return;
    // The second half of a double click belongs to the screen that was there before.
    if (event.detail > 1 && !(spec.pad && tile === this.#lastTile)) return;
    if (!spec.pad && this.element.dataset.busy) return;
    this.#press(tile, spec);
  }

  async #press(tile, spec) {
    this.hush();
    this.#lastTile = tile;
    this.#pressedAt = performance.now();
    this.#flash(tile);
    if (!spec.pad) this.#busy(tile);
    try {
      const taken = await this.house.press(this.chat.id, spec.message, spec.data);
      if (!taken) await this.load();
    } catch (error) {
      if (!(error instanceof HubIsGone)) throw error;
    }
  }

  #flash(tile) {
    tile.classList.add("pressed");
    setTimeout(() => tile.classList.remove("pressed"), 180);
  }

  #busy(tile) {
    this.element.dataset.busy = "true";
    tile.classList.add("chosen");
    for (const other of this.screen.querySelectorAll("button.tile:not(.key)")) other.setAttribute("aria-disabled", "true");
    clearTimeout(this.#busyTimer);
    this.#busyTimer = setTimeout(() => this.#rest(), LONGEST_BUSY);
  }

  #rest() {
    clearTimeout(this.#busyTimer);
    delete this.element.dataset.busy;
    for (const tile of this.screen.querySelectorAll("button.tile")) {
      tile.removeAttribute("aria-disabled");
      tile.classList.remove("chosen");
    }
  }

  hush() {
    clearTimeout(this.#alertTimer);
    this.#alerts.replaceChildren();
  }

  // ── keyboard and focus ──────────────────────────────────────────────────

  #key(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("textarea, input")) return;
    if (key === "Enter" && event.repeat) return event.preventDefault();
    if (isArrow(key)) return this.#arrow(event);
    if (/^[0-9]$/u.test(key)) this.#digit(key, event);
  }

  #arrow(event) {
    const from = event.target.closest(".tile");
    const next = from ? neighbour(this.screen, from, event.key) : this.#firstTileOf(event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #firstTileOf({ target, key }) {
    if (!target.matches(".text") || key === "ArrowUp") return null;
    return target.parentElement.querySelector(".tile");
  }

  /** A keyboard's digits press the pad's keys. */
  #digit(digit, event) {
    const key = [...this.screen.querySelectorAll("button.key")].find((tile) => specOf(tile)?.text.trim() === digit);
    if (!key || event.repeat) return;
    event.preventDefault();
    key.click();
  }

  /**
   * Change a message so that it is heard once: by focus where the change answers a press made here or
   * takes the reader's button away, by the live region otherwise. Returns true when focus was moved.
   */
  change({ live, text, stays, loses, update }) {
    const active = document.activeElement;
    const isHere = this.screen.contains(active) && !active.matches("textarea, input");
    const isAnswer = this.isAnswering && !stays && (isHere || active === document.body);
    const takes = active !== text && (isAnswer || (isHere && loses(active)));
    live.setAttribute("aria-live", takes ? "off" : "polite");
    update();
    if (isAnswer) this.answered();
    if (takes) text.focus();
    return takes;
  }

  // ── the hub is gone ─────────────────────────────────────────────────────

  cover(said = GONE) {
    if (this.#cover) return;
    this.#load += 1;
    this.#waiting = null;
    this.hush();
    this.#rest();
    this.answered();
    this.#lastTile = null;
    this.wipe();
    this.screen.inert = true;
    this.element.dataset.state = "down";
    const lines = said.map(([lang, text]) => make("p", lang ? { lang } : { dir: "auto" }, text));
    this.#cover = make("div", { class: "cover", role: "alert" }, make("span", { class: "paper", "aria-hidden": "true" }), ...lines);
    this.element.append(this.#cover);
  }

  #uncover() {
    this.#cover?.remove();
    this.#cover = null;
    this.screen.inert = false;
    this.element.dataset.state = "ready";
  }

  /** Let the keyboard go on from here. */
  focus() {
    this.screen.querySelector("button:not([hidden]), textarea")?.focus();
  }

  wipe() {}

  /** The commands that may be typed here; a kiosk has none. */
  offered() {}

  draw() {}
}
