/** The page of a browser that is no device of the hub yet: one field for the code that the hub gave out. */

import { make } from "./dom.js";
import { HubIsGone } from "./house.js";

const TITLE = [
  ["nb", "Skriv koden fra servicetorget"],
  ["en", "Write the code from the hub"],
];
const HELP = [
  ["nb", "Har du ingen kode? Be servicetorget om en. Den virker i 15 minutter."],
  ["en", "No code? Ask the hub for one. It works for 15 minutes."],
];
const AGAIN = {
  nb: "Det virket ikke. Vent litt og prøv igjen.",
  en: "That did not work. Wait a moment and try again.",
};
const CODE = /^[0-9A-Z]{12}$/u;

/** The code in a link or a QR code (#CODE), if there is one; it is taken out of the address bar at once. */
export function codeInAddress() {
  const written = decoded(location.hash.slice(1));
  const code = plain(written);
  if (!CODE.test(code) || written.includes("=")) return "";
  history.replaceState(null, "", location.pathname + location.search);
  return code;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function plain(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/gu, "");
}

export class JoinPage {
  #house;
  #field = make("input", {
    id: "code",
    name: "code",
    type: "text",
    dir: "ltr",
    autocomplete: "one-time-code",
    autocapitalize: "characters",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    maxlength: "40",
    "aria-describedby": "code-help code-said",
  });
  #said = make("div", { id: "code-said", class: "said", role: "alert" });
  #button = make("button", { type: "submit", class: "send" }, "Koble til / ", make("span", { lang: "en" }, "Connect"));
  element = make("form", { class: "join", autocomplete: "off" });

  constructor(house) {
    this.#house = house;
    const help = make("div", { id: "code-help", class: "help" }, ...lines("p", HELP));
    this.element.append(make("label", { for: "code" }, ...lines("span", TITLE)), this.#field, this.#button, this.#said, help);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.join(this.#field.value);
    });
  }

  focus() {
    this.#field.focus();
  }

  async join(written) {
    const code = plain(written);
    if (!code) return this.focus();
    if (this.#button.disabled) return;
    this.#said.replaceChildren();
    this.#button.disabled = true;
    try {
      const refused = await this.#house.join(code);
      if (refused) this.#tell({ ...AGAIN, ...refused });
    } catch (error) {
      if (!(error instanceof HubIsGone)) throw error;
      this.#tell(AGAIN);
    } finally {
      this.#button.disabled = false;
    }
  }

  #tell(said) {
    this.#said.replaceChildren(...lines("p", ["nb", "en"].map((lang) => [lang, said[lang]])));
    this.#field.select();
    this.focus();
  }
}

function lines(tag, texts) {
  return texts.map(([lang, text]) => make(tag, { lang }, text));
}
