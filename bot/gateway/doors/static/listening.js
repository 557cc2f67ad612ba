/** The button that reads a page aloud, and the sentence that is being read, marked. */

import { make } from "./dom.js";
import { Voice } from "./voice.js";

const MARK = "speaking";

export class Listening {
  button = make("button", { type: "button", class: "listen", hidden: true });
  #house;
  #voice;
  #screen;
  #say;
  #message = null;
  #face = null;
  #warned = "";

  /** `say` shows a sentence above the page: that others may hear what is about oneself. */
  constructor(house, chat, screen, say) {
    this.#house = house;
    this.#voice = new Voice(house, chat);
    this.#screen = screen;
    this.#say = say;
    this.button.addEventListener("click", () => this.#press());
  }

  update(message, face) {
    const had = this.#message !== null;
    [this.#message, this.#face] = [message, face];
    this.button.hidden = !face.head?.listen || !this.#house.voices.includes(face.language);
    if (this.button.hidden && had) this.stop();
    this.#label();
  }

  stop() {
    this.#voice?.stop();
  }

  /** Nothing is read any more, and nobody is remembered. */
  rest() {
    this.stop();
    [this.#message, this.#face, this.#warned] = [null, null, ""];
    this.button.hidden = true;
  }

  #press() {
    if (this.#voice.isPlaying) return this.stop();
    const page = JSON.stringify(this.#face.lines);
    if (this.#face.personal && this.#warned !== page) {
      this.#warned = page;
      return this.#say(this.#face.head.overheard);
    }
    this.#voice.play(this.#message, null, (_, sentence) => this.#mark(sentence), () => this.#unmark());
    this.#label();
  }

  #label() {
    const { listen, hush } = this.#face?.head ?? {};
    const said = (this.#voice.isPlaying ? hush : listen) ?? "";
    if (this.button.dataset.said === said) return;
    this.button.dataset.said = said;
    this.button.replaceChildren(...make("span", {}, said).childNodes);
  }

  #mark({ at, text }) {
    this.#clear();
    const element = this.#screen.querySelector(`[data-at="${CSS.escape(at).replaceAll("\\ ", " ")}"]`);
    if (!element) return;
    element.classList.add(MARK);
    element.scrollIntoView({ block: "nearest" });
    const range = rangeOf(element, text);
    if (range && CSS.highlights) CSS.highlights.set(MARK, new Highlight(range));
  }

  #unmark() {
    this.#clear();
    this.#label();
  }

  #clear() {
    for (const element of this.#screen.querySelectorAll(`.${MARK}`)) element.classList.remove(MARK);
    CSS.highlights?.delete(MARK);
  }
}

/** Where a sentence stands within an element; a sentence that pictures interrupt is marked as a whole line. */
function rangeOf(element, text) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const from = node.data.indexOf(text);
    if (from < 0) continue;
    const range = new Range();
    range.setStart(node, from);
    range.setEnd(node, from + text.length);
    return range;
  }
  return null;
}
