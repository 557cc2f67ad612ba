/** A message's buttons: built once, changed in place, so that a finger on its way never meets another button. */

import { make } from "./dom.js";
import { pieces } from "./lines.js";
import { isSingle, longestWord, splitIcon } from "./text.js";

const STYLES = ["primary", "success", "danger"];
const LONG_WORDS = [6, 8, 10, 12, 14, 20]; // letters; the style sheet gives such rows one column where two are too narrow
const PRESSED = { "☑️": "true", "▫️": "false" }; // what can be switched on and off says how it stands
const SIGNS = { success: "✅", danger: "❌" }; // never colour alone: a tile without an icon of its own gets a sign
const specs = new WeakMap();

/** What a button does when pressed: { text, data, pad, message }. */
export function specOf(element) {
  return specs.get(element);
}

export class Buttons {
  box = make("div", { class: "buttons", hidden: true });
  #rows = [];
  #at;

  /** `at` says of which part of a page these buttons are. */
  constructor(at = "") {
    this.#at = at;
  }

  /** Rows of [{ text, data, url, style }] as the hub gives them. */
  update(message, rows) {
    const next = shape(rows);
    next.forEach((row, index) => this.#row(index, row, message));
    const letters = next.flat().filter(({ pad }) => !pad).map(({ text }) => longestWord(splitIcon(text)[1]));
    this.box.style.setProperty("--letters", Math.max(4, ...letters)); // the widest word decides how wide a tile is at least
    while (this.box.children.length > next.length) this.box.lastElementChild.remove();
    this.box.hidden = next.length === 0;
    this.#rows = next;
  }

  /** True when these rows are the same questions (or both a digit pad): the reader may stay where they are. */
  isSame(rows) {
    const [old, next] = [this.#rows, shape(rows)];
    return (
      old.length === next.length &&
      old.every((row, y) => row.length === next[y].length && row.every((spec, x) => keeps(spec, next[y][x])))
    );
  }

  /** True where keys of a digit pad stand. */
  get arePad() {
    return this.#rows.some((row) => row.some(({ pad }) => pad));
  }

  /** Will this element still be there with these rows? */
  survives(element, rows) {
    const next = shape(rows);
    return [...this.box.children].some((row, y) =>
      [...row.children].some((button, x) => button === element && keeps(this.#rows[y][x], next[y]?.[x])),
    );
  }

  #row(index, row, message) {
    const box = this.box.children[index] ?? this.box.appendChild(make("div"));
    const longest = Math.max(...row.map((spec) => longestWord(splitIcon(spec.text)[1])));
    const long = LONG_WORDS.filter((length) => longest > length).map((length) => ` over-${length}`);
    const keys = row.filter(({ pad }) => pad).length;
    const kind = keys === 0 ? "" : keys === row.length ? " pad" : " pad last";
    box.className = `row of-${Math.min(row.length, 4)}${kind}${long.join("")}`;
    row.forEach((spec, place) => {
      const old = box.children[place];
      const element = old && keeps(this.#rows[index]?.[place], spec) ? old : build(spec);
      if (!old) box.append(element);
      else if (old !== element) old.replaceWith(element);
      dress(element, spec);
      element.dataset.at = `${this.#at}button ${index} ${place}`;
      specs.set(element, { ...spec, message });
    });
    while (box.children.length > row.length) box.lastElementChild.remove();
  }
}

function shape(rows) {
  const filled = (rows ?? []).filter((row) => row.length > 0);
  const isPad = filled.some((row) => row.length === 3 && row.every(({ text }) => isSingle(text)));
  return filled.map((row) => row.map((spec) => ({ ...spec, pad: isPad && isSingle(spec.text) })));
}

function keeps(old, next) {
  if (!old || !next || Boolean(old.url) !== Boolean(next.url)) return false;
  return (old.data === next.data && old.url === next.url) || (old.pad && next.pad && old.text === next.text);
}

function build(spec) {
  if (spec.url) return make("a", { target: "_blank", rel: "noopener noreferrer" });
  return make("button", { type: "button" });
}

function dress(element, spec) {
  const [own, words] = splitIcon(spec.text);
  const style = STYLES.includes(spec.style) ? spec.style : "quiet";
  const icon = own || (spec.pad ? "" : (SIGNS[style] ?? ""));
  element.className = `tile ${style}${spec.pad ? " key" : ""}${icon ? " has-icon" : ""}${spec.place ? ` ${spec.place}` : ""}`;
  if (spec.language) element.lang = spec.language;
  if (spec.url) element.href = /^(https?|tg|mailto|tel):/iu.test(spec.url) ? spec.url : "#";
  if (element.dataset.label === `${icon} ${words}`) return;
  element.dataset.label = `${icon} ${words}`;
  if (own in PRESSED) element.setAttribute("aria-pressed", PRESSED[own]);
  else element.removeAttribute("aria-pressed");
  const label = make("bdi", { class: "label" }, ...labelOf(spec, own, words));
  element.replaceChildren(...(icon ? [make("span", { class: "icon", "aria-hidden": "true" }, icon), " ", label] : [label]));
}

/** The words of a button, without the icon before them; a piece in another language says in which. */
function labelOf(spec, own, words) {
  if (!spec.pieces) return [words];
  const [{ text, ...first }, ...others] = spec.pieces;
  const begun = own ? text.trimStart().slice(own.length).trimStart() : text;
  return pieces({ pieces: [{ ...first, text: begun }, ...others].filter((each) => each.text) });
}

const ARROWS = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };

export function isArrow(key) {
  return key in ARROWS;
}

/** The tile an arrow key leads to: up and down as the eye sees it, left and right in reading order. */
export function neighbour(panel, from, key) {
  const tiles = [...panel.querySelectorAll(".tile")];
  const step = ARROWS[key];
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const turned = getComputedStyle(from).direction === "rtl" ? -1 : 1;
    return tiles[tiles.indexOf(from) + step * turned] ?? null;
  }
  const isTurned = getComputedStyle(from).direction === "rtl";
  const start = (box) => (isTurned ? box.right : box.left);
  const here = from.getBoundingClientRect();
  const [nearest] = tiles
    .map((tile) => [tile, tile.getBoundingClientRect()])
    .map(([tile, box]) => [tile, step > 0 ? box.top - here.bottom : here.top - box.bottom, Math.abs(start(box) - start(here))])
    .filter(([, gap]) => gap > -2)
    .sort((a, b) => a[1] - b[1] || a[2] - b[2]);
  return nearest?.[0] ?? null;
}
