/** The board: this week for a big screen. It asks the hub now and then, and keeps what it has where the hub is silent. */

import { make } from "./dom.js";

const ASK = 3_000; // milliseconds between two questions: what was cancelled is gone that soon
const PATIENCE = 8_000;
const TURN = 20_000; // each language stands there so long
const SMALLEST = 0.45;
const wide = matchMedia("(min-width: 60rem)");

class Board {
  #box = document.getElementById("board");
  #lost = document.getElementById("lost");
  #week = `/board/week${location.search}`;
  #shown = ""; // what stands there, as text: only news is drawn, so that nothing flickers
  #weeks = [];
  #sayings = []; // what is said in each language when the hub is silent
  #turn = 0;
  #silent = false;

  start() {
    addEventListener("resize", () => this.#fit());
    setInterval(() => this.#next(), TURN);
    this.#ask();
  }

  async #ask() {
    try {
      const answer = await fetch(this.#week, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
      const told = await answer.json();
      if (answer.ok) this.#take(told);
      else if (answer.status === 404) this.#box.replaceChildren(make("p", { class: "waiting" }, told.error));
      this.#silent = !answer.ok && answer.status !== 404;
    } catch {
      this.#silent = true;
    }
    this.#mark();
    setTimeout(() => this.#ask(), ASK);
  }

  #take({ pages, lost }) {
    this.#sayings = lost;
    const text = JSON.stringify(pages);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#weeks = pages.map(week);
    this.#turn %= this.#weeks.length;
    this.#show();
    this.#box.replaceChildren(...this.#weeks);
    this.#fit();
  }

  #next() {
    if (this.#weeks.length < 2) return;
    this.#turn = (this.#turn + 1) % this.#weeks.length;
    this.#show();
    this.#fit();
    this.#mark();
  }

  #show() {
    this.#weeks.forEach((each, number) => (each.hidden = number !== this.#turn));
    const { lang, dir } = this.#weeks[this.#turn];
    Object.assign(document.documentElement, { lang, dir });
  }

  /** Say that the hub is silent, in the language that stands there. */
  #mark() {
    document.documentElement.dataset.hub = this.#silent ? "silent" : "up";
    this.#lost.hidden = !this.#silent || !this.#sayings.length;
    const said = this.#sayings[this.#turn] ?? "";
    if (this.#lost.textContent !== said) this.#lost.textContent = said;
  }

  /** On a wide screen nobody scrolls: make the letters so small that the whole week stands there, and each word. */
  #fit() {
    const root = document.documentElement;
    let size = 1;
    delete root.dataset.crowded;
    root.style.setProperty("--fit", size);
    while (wide.matches && size > SMALLEST && (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth)) {
      size = Math.max(SMALLEST, size - 0.04);
      root.style.setProperty("--fit", size.toFixed(2));
    }
    if (wide.matches && root.scrollWidth > innerWidth) root.dataset.crowded = "";
  }
}

function week(page) {
  const top = make(
    "header",
    { class: "top" },
    make("h1", {}, page.title),
    make("p", {}, page.dates),
    make("p", { class: "prison" }, page.prison),
  );
  const days = make("div", { class: "days" }, ...page.days.map(day));
  return make("section", { class: "week", lang: page.language, dir: page.direction }, top, days, make("p", { class: "ask" }, page.ask));
}

function day({ name, today, rows, nothing }) {
  const badge = today ? [make("p", { class: "badge" }, today)] : [];
  const empty = nothing ? [make("p", { class: "row" }, nothing)] : [];
  return make("section", { class: today ? "day today" : "day" }, ...badge, make("h2", {}, name), ...rows.map(row), ...empty);
}

function row({ time, what, where, marked }) {
  return make(
    "p",
    { class: marked ? "row marked" : "row" },
    make("b", {}, time),
    make("span", { class: "what" }, what),
    make("span", { class: "where" }, where),
  );
}

new Board().start();
