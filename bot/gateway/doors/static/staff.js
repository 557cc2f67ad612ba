/** An adviser's chat: cards that keep their place when they change, the newest at the bottom, a field to write in. */

import { Buttons } from "./buttons.js";
import { make } from "./dom.js";
import { HubIsGone } from "./house.js";
import { Menu } from "./menu.js";
import { Panel } from "./panel.js";
import { drawn } from "./pictures.js";
import { direction } from "./text.js";

const ABOVE = 12; // so many pixels stay free above a page that is read from its top
const NEAR = 48; // so many pixels from the bottom still count as being there

export class StaffPanel extends Panel {
  #list = make("div", { class: "list", role: "log", tabindex: "0", "aria-relevant": "additions text", "aria-label": "Meldinger" });
  #cards = new Map();
  #newest = make("button", { type: "button", class: "newest", hidden: true }, "Ny melding ↓");
  #begin = make("button", { type: "button", class: "begin", hidden: true }, "Start"); // an empty chat, as Telegram begins one
  #field = null;
  #menu = new Menu(`menu-${this.chat.id}`, (command) => this.#say(command));
  #isFirst = true;
  #follows = true; // the reader is at the bottom and wants to stay there
  #height = 0;

  constructor(chat, house, options) {
    super(chat, house, { ...options, kindName: options.kindName ?? "Ansatt" });
    this.screen.prepend(this.#list, this.#begin, this.#newest);
    this.#begin.addEventListener("click", () => {
      this.#say("/start");
      this.#list.focus();
    });
    this.screen.append(this.#composer());
    this.#newest.addEventListener("click", () => {
      this.#toBottom();
      this.#list.focus();
    });
    this.#list.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#resized()).observe(this.#list);
  }

  draw() {
    const follows = this.#follows;
    const before = this.#list.scrollTop;
    let hasNews = false;
    let news = null; // a card that is new, or that a press made here has changed
    for (const [id, card] of this.#cards) if (!this.messages.has(id)) this.#remove(id, card);
    for (const [id, message] of this.messages) {
      const card = this.#cards.get(id);
      if (!card) {
        const added = this.#add(id, message);
        hasNews = true;
        if (follows && message.sender !== "user") news = { card: added, isSamePage: false };
      } else if (card.version !== JSON.stringify(message)) {
        const led = leadOf(card.said);
        if (this.#edit(card, message)) news = { card, isSamePage: leadOf(message.text ?? "") === led };
      }
    }
    this.#begin.hidden = this.messages.size > 0;
    if (news && news.card.element.offsetHeight > this.#list.clientHeight) this.#read(news, before);
    else if (follows) this.#toBottom();
    else if (hasNews) this.#newest.hidden = false;
    this.#isFirst = false;
  }

  offered(commands) {
    this.#menu.update(commands);
  }

  #add(id, message) {
    const isOwn = message.sender === "user";
    const card = {
      element: make("article", { class: isOwn ? "own" : "card", "data-message": id }),
      text: make("p", { class: "text", tabindex: "-1" }),
      documents: make("ul", { class: "documents", hidden: true }),
      buttons: new Buttons(),
    };
    if (isOwn) card.element.append(make("span", { class: "unseen" }, "Du skrev: "));
    card.element.append(card.text, card.documents, card.buttons.box);
    this.#cards.set(id, card);
    this.#change(card, message, () => {
      this.#fill(card, message);
      this.#list.append(card.element);
    });
    return card;
  }

  #edit(card, message) {
    return this.#change(card, message, () => this.#fill(card, message));
  }

  /** A page that is higher than the window is read from its top; one that only changed stays where it was. */
  #read({ card, isSamePage }, before) {
    const { top } = card.element.getBoundingClientRect();
    this.#list.scrollTop = isSamePage ? before : this.#list.scrollTop + top - this.#list.getBoundingClientRect().top - ABOVE;
  }

  #change(card, message, update) {
    if (this.#isFirst || message.sender === "user") {
      this.#list.setAttribute("aria-live", "off");
      update();
      return false;
    }
    return this.change({
      live: this.#list,
      text: card.text,
      stays: card.version !== undefined && card.buttons.isSame(message.buttons),
      loses: (active) => card.buttons.box.contains(active) && !card.buttons.survives(active, message.buttons),
      update,
    });
  }

  #fill(card, message) {
    card.version = JSON.stringify(message);
    card.element.dir = direction(message.text ?? "");
    if (card.said !== (message.text ?? "")) card.text.replaceChildren(...withLead(message.text ?? ""));
    card.said = message.text ?? "";
    card.text.hidden = !message.text;
    card.buttons.update(message.id, message.buttons);
    const documents = message.documents ?? [];
    card.documents.hidden = documents.length === 0;
    card.documents.replaceChildren(...documents.map(documentLink));
  }

  #remove(id, card) {
    const hadFocus = card.element.contains(document.activeElement);
    card.element.remove();
    this.#cards.delete(id);
    if (hadFocus) this.#list.focus();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    if (clientHeight !== this.#height) return; // an alert took room: the reader did not scroll
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#follows) this.#newest.hidden = true;
  }

  #resized() {
    this.#height = this.#list.clientHeight;
    if (this.#follows) this.#toBottom();
  }

  #toBottom() {
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  #composer() {
    const id = `say-${this.chat.id}`;
    this.#field = make("textarea", { id, rows: "1", autocomplete: "off", enterkeyhint: "send", dir: "auto" });
    const form = make(
      "form",
      { class: "composer", autocomplete: "off" },
      make("label", { for: id }, "Skriv en melding"),
      this.#menu.button,
      this.#menu.list,
      this.#field,
      make("button", { type: "submit", class: "send" }, "Send"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    return form;
  }

  async #send() {
    const text = this.#field.value.trim();
    if (!text) return;
    this.#field.value = "";
    if (!(await this.#say(text)) && !this.#field.value) this.#field.value = text;
  }

  /** True when the hub took it. */
  async #say(text) {
    this.hush();
    this.#toBottom();
    try {
      if (await this.house.say(this.chat.id, text)) return true;
      this.say("Meldingen ble ikke sendt. Prøv igjen, gjerne kortere.");
    } catch (error) {
      if (!(error instanceof HubIsGone)) throw error;
    }
    return false;
  }
}

/** Where there are several lines, the first one leads. */
function withLead(text) {
  const lead = leadOf(text);
  return lead && lead !== text ? [make("b", {}, lead), ...drawn(text.slice(lead.length))] : drawn(text);
}

function leadOf(text) {
  return text.split("\n", 1)[0];
}

/** A PDF opens in a tab of its own, where it can be read and printed; anything else is downloaded. */
function documentLink({ file_id: id, file_name: name }) {
  const opens = /\.pdf$/iu.test(name ?? "");
  const how = opens ? { target: "_blank", rel: "noopener" } : { download: name || true };
  const link = make("a", { href: `/client/documents/${encodeURIComponent(id)}`, ...how }, name || "Dokument");
  link.append(make("span", { class: "unseen" }, opens ? " (åpnes i en ny fane, kan skrives ut)" : " (lastes ned)"));
  return make("li", {}, "📄 ", link);
}
