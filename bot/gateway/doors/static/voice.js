/** Reads a message aloud, sentence by sentence; only when asked, and stopped at once. It shows nothing itself. */

const AHEAD = 15_000; // longest wait for a sentence that is being spoken
const BUSY = 429;
const TRIES = 3;

/**
 * const voice = new Voice(house, chatId);
 * voice.play(messageId, count, (n, sentence) => mark(n), (heard) => unmark());
 * voice.stop();
 *
 * Make it, and call play, where somebody has pressed: browsers let no page sound by itself.
 */
export class Voice {
  #house;
  #chat;
  #context = null;
  #asked = null; // ends what is being fetched: the hub stops speaking then
  #source = null;
  #end = null;

  constructor(house, chatId) {
    this.#house = house;
    this.#chat = chatId;
  }

  get isPlaying() {
    return this.#asked !== null;
  }

  /** Which sentences a message has: [{text, language, line, button, voices}], in the order in which they are read. */
  async sentences(messageId) {
    return (await this.#house.get(this.#path(messageId)))?.sentences ?? [];
  }

  /**
   * Read `count` sentences of a message, or all of them where count is null, in `language` where that is given and in
   * their own where not. `onSentence(n, sentence)` says which one begins; what is silent is passed over.
   * `onEnd(heard)` comes once, also after stop(): how many were heard.
   */
  async play(messageId, count, onSentence, onEnd, language = "") {
    this.stop();
    const asked = new AbortController();
    let heard = 0;
    this.#asked = asked;
    this.#end = () => onEnd?.(heard);
    this.#context ??= new AudioContext();
    try {
      await this.#context.resume();
      const sentences = await this.sentences(messageId);
      const many = Math.min(count ?? sentences.length, sentences.length);
      const get = (n) => (n < many ? this.#sound(messageId, n, language, asked.signal) : null);
      let next = get(0);
      for (let n = 0; n < many && !asked.signal.aborted; n += 1) {
        const sound = await next;
        next = get(n + 1);
        next?.catch(() => {}); // told where it is waited for
        if (!sound || asked.signal.aborted) continue;
        heard += 1;
        onSentence?.(n, sentences[n]);
        await this.#hear(sound, asked.signal);
      }
    } catch {
      // stopped, or the hub is gone: whoever listens is told that it is over
    }
    if (this.#asked === asked) this.#finish();
  }

  /** Be silent now. */
  stop() {
    this.#asked?.abort();
    if (this.#asked) this.#finish();
  }

  #finish() {
    const end = this.#end;
    this.#asked = null;
    this.#end = null;
    this.#source?.stop();
    this.#source = null;
    this.#context?.suspend();
    end?.();
  }

  #path(messageId) {
    return `/client/chats/${encodeURIComponent(this.#chat)}/messages/${encodeURIComponent(messageId)}/voice`;
  }

  /** The sound of a sentence; null where it has none. */
  async #sound(messageId, n, language, signal) {
    const path = `${this.#path(messageId)}/${n}${language ? `?language=${encodeURIComponent(language)}` : ""}`;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.any([signal, AbortSignal.timeout(AHEAD)]) });
      if (answer.ok) return this.#context.decodeAudioData(await answer.arrayBuffer());
      if (answer.status !== BUSY) return null;
      await pause(Number(answer.headers.get("Retry-After")) * 1000, signal);
    }
    return null;
  }

  #hear(sound, signal) {
    return new Promise((resolve) => {
      const source = this.#context.createBufferSource();
      source.buffer = sound;
      source.connect(this.#context.destination);
      source.addEventListener("ended", resolve);
      signal.addEventListener("abort", resolve, { once: true });
      this.#source = source;
      source.start();
    });
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds || 1000);
    signal.addEventListener("abort", resolve, { once: true });
  });
}
