/** The way to the hub: requests in order for each chat, one event stream, and the news that the hub is gone. */

import { remember, remembered } from "./offline.js";

const GRACE = 2000; // a stream may be away so long before the screens are covered
const FIRST_RETRY = 250;
const LAST_RETRY = 5000;
const SILENCE = 10_000; // after so long without an event we ask whether the line is alive
const PATIENCE = 8000; // longest wait for one answer

export class HubIsGone extends Error {}

/** Fires: up, down, outside (this browser is no device of the hub), and each event of the stream with its data as `detail`. */
export class House extends EventTarget {
  #source = null;
  #retry = FIRST_RETRY;
  #retryTimer = 0;
  #graceTimer = 0;
  #helloTimer = 0;
  #lastEvent = 0;
  #queues = new Map();
  #era = 0; // what was queued before the hub went away is never sent afterwards
  isDown = false;
  isOutside = false;
  away = remembered(); // what a kiosk says while the hub is gone, in the hub's languages
  voices = []; // the languages that can be read aloud
  #ahead = 0; // by how much the hub's clock is before this browser's, in milliseconds
  door = null; // "kiosk" or "staff" where this browser is a device; null where everything can be seen

  start() {
    this.#connect();
    setInterval(() => Date.now() - this.#lastEvent >= SILENCE && this.#probe(), SILENCE / 2);
    addEventListener("offline", () => this.#probe());
    addEventListener("online", () => this.#reconnectNow());
  }

  /** The hub's time, in milliseconds since 1970: a browser's clock may be wrong, and the demo's is moved. */
  now() {
    return Date.now() + this.#ahead;
  }

  async get(path) {
    const answer = await this.#ask(path, {});
    return answer.ok ? answer.json() : null;
  }

  /** One after the other for each chat, in the order of the calls. True when the hub took it. */
  press(chat, messageId, data) {
    return this.#inOrder(chat, "press", { message_id: messageId, data });
  }

  say(chat, text) {
    return this.#inOrder(chat, "say", { text });
  }

  /** Become a device of the hub. Null when the hub takes the code, else why not, by language. */
  async join(code) {
    const answer = await this.#post("/client/join", { code });
    if (answer.ok || answer.status === 409) {
      this.isOutside = false;
      this.#connect();
      return null;
    }
    return (await answer.json()).said ?? {};
  }

  async leave() {
    await this.#post("/client/leave", {});
    this.#leaveOutside();
  }

  async moveClock(body) {
    return (await this.#post("/demo/clock", body, 120_000)).ok;
  }

  #inOrder(chat, verb, body) {
    const era = this.#era;
    const send = async () => {
      if (era !== this.#era) throw new HubIsGone();
      return (await this.#post(`/client/chats/${encodeURIComponent(chat)}/${verb}`, body)).ok;
    };
    const answer = (this.#queues.get(chat) ?? Promise.resolve()).then(send);
    this.#queues.set(chat, answer.catch(() => {}));
    return answer;
  }

  #post(path, body, patience) {
    const headers = { "Content-Type": "application/json" };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) }, patience);
  }

  async #ask(path, options, patience = PATIENCE) {
    const era = this.#era;
    let answer = null;
    try {
      answer = await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(patience) });
    } catch {
      answer = null;
    }
    if (era !== this.#era) throw new HubIsGone();
    if (answer === null || [502, 503, 504].includes(answer.status)) {
      if (!this.isOutside) this.#fail();
      throw new HubIsGone();
    }
    if (answer.status === 401) {
      this.#leaveOutside();
      throw new HubIsGone();
    }
    return answer;
  }

  /** Is this browser a device of the hub? Only then there is a stream to listen to. */
  async #connect() {
    const era = this.#era;
    clearTimeout(this.#retryTimer);
    try {
      const answer = await fetch("/client/device", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE / 2) });
      if (!answer.ok) throw new Error();
      const { door, joined, voices, now, away } = await answer.json();
      this.voices = voices ?? [];
      this.#ahead = Date.parse(now) - Date.now();
      this.away = away ?? this.away;
      remember(this.away);
      if (this.#source || this.isOutside) return;
      this.door = door;
      if (joined) this.#listen();
      else this.#leaveOutside();
    } catch {
      if (era === this.#era || this.isDown) this.#lost();
    }
  }

  #listen() {
    const source = new EventSource("/client/events");
    this.#source = source;
    this.#helloTimer = setTimeout(() => this.#lost(), PATIENCE / 2);
    source.addEventListener("error", () => this.#lost());
    source.addEventListener("hello", () => this.#hello());
    source.addEventListener("ended", () => this.#leaveOutside());
    for (const name of ["chat", "deleted", "alert", "commands", "chats", "reload", "clock"]) {
      source.addEventListener(name, (event) => {
        this.#lastEvent = Date.now();
        if (name === "clock") this.#ahead = Date.parse(JSON.parse(event.data).now) - Date.now();
        this.dispatchEvent(new CustomEvent(name, { detail: event.data ? JSON.parse(event.data) : null }));
      });
    }
  }

  #hello() {
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#graceTimer);
    this.#graceTimer = 0;
    this.#retry = FIRST_RETRY;
    this.#lastEvent = Date.now();
    this.isDown = false;
    this.dispatchEvent(new Event("up"));
  }

  /** This browser is no device any more: nothing that was asked or queued before comes through. */
  #leaveOutside() {
    if (this.isOutside) return;
    this.#hangUp();
    clearTimeout(this.#graceTimer);
    this.#graceTimer = 0;
    this.#era += 1;
    this.#queues.clear();
    this.#retry = FIRST_RETRY;
    this.isDown = false;
    this.isOutside = true;
    this.dispatchEvent(new Event("outside"));
  }

  #lost() {
    this.#hangUp();
    if (this.isOutside) return;
    if (!this.isDown && !this.#graceTimer) this.#graceTimer = setTimeout(() => this.#fall(), GRACE);
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retry);
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY);
  }

  #fail() {
    this.#fall();
    this.#retry = Math.max(this.#retry, 4 * FIRST_RETRY);
    this.#lost();
  }

  #fall() {
    clearTimeout(this.#graceTimer);
    this.#graceTimer = 0;
    if (this.isDown) return;
    this.isDown = true;
    this.#era += 1;
    this.#queues.clear();
    this.dispatchEvent(new Event("down"));
  }

  #hangUp() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#helloTimer);
    this.#source?.close();
    this.#source = null;
  }

  #reconnectNow() {
    if (!this.isDown) return;
    this.#hangUp();
    this.#connect();
  }

  /** A pulled cable ends no stream: ask whether somebody is there. */
  async #probe() {
    if (this.isDown || !this.#source) return;
    try {
      await this.get("/client/chats");
      this.#lastEvent = Date.now();
    } catch (error) {
      if (!(error instanceof HubIsGone)) throw error;
    }
  }
}
