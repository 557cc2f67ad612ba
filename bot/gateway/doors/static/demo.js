/** Beside the devices, in the demo only: the hub's clock and the made-up numbers and PINs. */

import { make } from "./dom.js";
import { HubIsGone } from "./house.js";

const STEPS = [
  ["+1 minutt", 60],
  ["+1 time", 3600],
];
const ROLES = {
  provider: ["Veiledere og rådgivere", "Veileder"],
  social_adviser: ["Sosialkonsulent", "Sosialkonsulent"],
  officer: ["Kontaktbetjenter", "Kontaktbetjent"],
  coordinator: ["Koordinator", "Koordinator"],
  duty_leader: ["Vaktleder", "Vaktleder"],
  admin: ["Administrator", "Administrator"],
  auditor: ["Revisor", "Revisor"],
};
const OFFICER = "KB-A2"; // has answers to hand over when the demo opens
const COORDINATOR = "TK1";
const NO_VOICE =
  "Skjermene leser ikke høyt her, for det er ingen stemme på maskinen. Installer espeak-ng (apt install espeak-ng, eller " +
  ".venv/bin/python -m pip install espeakng-loader), og start demoen på nytt.";
const wideWindow = matchMedia("(min-width: 72rem)");
const middleWindow = matchMedia("(min-width: 40rem)");
const languages = new Intl.DisplayNames("nb", { type: "language" });

export class Demo {
  start = [];
  #house;
  #box;
  #show;
  #facts = null;
  #asOf = 0; // performance.now() when the hub's clock stood at #now
  #now = 0;
  #day = make("span", { class: "day" });
  #time = make("time", { class: "time" });
  #jumps = make("div", { class: "moves" });
  #news = make("p", { class: "news", role: "status" });
  #people = make("tbody");
  #unit = make("select", { id: "demo-unit", autocomplete: "off" });
  #hint = make("p", { class: "hint" });
  #voice = make("p", { class: "hint", hidden: true }, NO_VOICE);

  /** `show` opens the device with a title beside the others. */
  constructor(house, box, show) {
    this.#show = show;
    this.#house = house;
    this.#box = box;
    this.#unit.addEventListener("change", () => this.#list());
  }

  /** Fetch what the demo knows; where there is no demo, this part of the page stays away. */
  async load() {
    const facts = await this.#house.get("/demo");
    this.#box.hidden = facts === null;
    document.getElementById("tag").hidden = facts === null;
    if (facts === null) return;
    this.#facts = facts;
    this.start = this.#facts.start ?? [];
    if (!this.#box.firstChild) this.#build();
    this.#voice.hidden = (await this.#house.get("/client/device"))?.voices?.includes("nb") ?? true;
    this.#set(this.#facts.now);
    this.#offer();
  }

  /** The clock was moved, here or elsewhere: the jumps are others now. */
  async heard({ now }) {
    if (!this.#facts) return;
    this.#set(now);
    this.#facts = (await this.#house.get("/demo")) ?? this.#facts;
    this.#offer();
  }

  #build() {
    const steps = make("div", { class: "moves steps" }, ...STEPS.map(([label, seconds]) => this.#move(label, { advance_seconds: seconds })));
    this.#box.append(
      make(
        "section",
        { class: "try", "aria-label": "Prøv" },
        this.#hint,
        make("p", { class: "hint" }, "Betjent på ", this.#opener(OFFICER), " eller koordinator på ", this.#opener(COORDINATOR), ": Trykk Start."),
        this.#voice,
        make("p", { class: "hint" }, make("a", { href: "/board", target: "_blank", rel: "noopener" }, "Tavla for storskjerm")),
      ),
      make(
        "details",
        { class: "clock", open: middleWindow.matches },
        make("summary", {}, make("span", { class: "name" }, "Klokka"), this.#day, this.#time),
        make("div", { class: "inside" }, steps, this.#jumps, this.#news),
      ),
      make(
        "details",
        { class: "people", open: wideWindow.matches },
        make("summary", {}, make("span", { class: "name" }, "Numre og PIN")),
        make("div", { class: "inside" }, this.#filter(), this.#table()),
      ),
    );
    this.#list();
    setInterval(() => this.#tick(), 250);
  }

  // ── who is who ──────────────────────────────────────────────────────────

  /** What stands beside a device's name; nothing where the demo does not know it. */
  roleOf(chat) {
    return ROLES[this.#member(chat)?.role]?.[1];
  }

  aboutOf(chat) {
    return this.#member(chat)?.about;
  }

  /** The devices by role, as [name, chats]; null where there is no demo. */
  groups(chats) {
    if (!this.#facts) return null;
    const role = (chat) => this.#member(chat.id)?.role;
    const groups = [["Kiosker", chats.filter(({ kind }) => kind === "kiosk")]];
    for (const [key, [name]] of Object.entries(ROLES)) groups.push([name, chats.filter((chat) => role(chat) === key)]);
    groups.push(["Andre", chats.filter((chat) => chat.kind !== "kiosk" && !ROLES[role(chat)])]);
    return groups.filter(([, members]) => members.length);
  }

  #member(chat) {
    return this.#facts?.staff?.find((each) => String(each.chat) === String(chat));
  }

  #opener(title) {
    const button = make("button", { type: "button", class: "opener", "aria-label": `Åpne ${title}` }, title);
    button.addEventListener("click", () => this.#show(title));
    return button;
  }

  // ── the clock ───────────────────────────────────────────────────────────

  #set(now) {
    this.#now = Date.parse(now);
    this.#asOf = performance.now();
    this.#tick();
  }

  #tick() {
    const now = new Date(this.#now + performance.now() - this.#asOf);
    const zone = { timeZone: this.#facts.timezone };
    const day = new Intl.DateTimeFormat("nb", { ...zone, weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(now);
    const time = this.#clock(now);
    if (this.#day.textContent !== day) this.#day.textContent = day;
    if (this.#time.textContent !== time) this.#time.textContent = time;
  }

  #clock(moment) {
    const format = new Intl.DateTimeFormat("nb", { timeZone: this.#facts.timezone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    return format.format(moment).replaceAll(":", ".");
  }

  #offer() {
    const labels = (this.#facts.jumps ?? []).map(({ label }) => label);
    const focused = [...this.#jumps.children].indexOf(document.activeElement);
    const buttons = (this.#facts.jumps ?? []).map(({ label, to }) => this.#move(label, { to }));
    this.#jumps.replaceChildren(...buttons);
    if (focused >= 0) buttons[Math.min(focused, labels.length - 1)]?.focus();
  }

  #move(label, body) {
    const button = make("button", { type: "button", class: "move" }, label);
    button.addEventListener("click", () => this.#moveClock(body));
    return button;
  }

  async #moveClock(body) {
    if (this.#box.dataset.busy) return;
    this.#box.dataset.busy = "true";
    this.#news.textContent = "Flytter klokka …";
    try {
      const taken = await this.#house.moveClock(body);
      await this.load();
      this.#news.textContent = taken ? `Klokka er nå ${this.#day.textContent}, ${this.#time.textContent.slice(0, 5)}.` : "Klokka lot seg ikke flytte.";
    } catch (error) {
      if (!(error instanceof HubIsGone)) throw error;
      this.#news.textContent = "Klokka lot seg ikke flytte.";
    } finally {
      delete this.#box.dataset.busy;
    }
  }

  // ── the numbers ─────────────────────────────────────────────────────────

  #filter() {
    const units = [...new Set(this.#facts.people.map(({ unit }) => unit))];
    const [first] = (this.#facts.kiosks ?? []).filter(({ chat }) => this.start.includes(chat));
    this.#unit.append(make("option", { value: "" }, "Alle"), ...units.map((unit) => make("option", { value: unit }, unit)));
    this.#unit.value = units.includes(first?.unit) ? first.unit : "";
    return make("p", { class: "filter" }, make("label", { for: "demo-unit" }, "Avdeling"), this.#unit);
  }

  #table() {
    const head = make("tr", {}, ...["Nummer", "PIN", "Språk"].map((name) => make("th", { scope: "col" }, name)));
    return make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Numre og PIN" },
      make("table", {}, make("thead", {}, head), this.#people),
    );
  }

  #list() {
    const shown = this.#facts.people.filter(({ unit }) => !this.#unit.value || unit === this.#unit.value);
    this.#people.replaceChildren(
      ...shown.map(({ number, pin, language }) =>
        make(
          "tr",
          { "data-number": number },
          make("th", { scope: "row" }, number),
          make("td", {}, pin),
          make("td", { class: "language" }, languageName(language)),
        ),
      ),
    );
    const [first] = shown;
    const kiosk = this.#facts.kiosks?.find(({ unit }) => unit === first?.unit);
    this.#hint.textContent = first && kiosk ? `Innsatt på ${kiosk.title}: nummer ${first.number}, PIN ${first.pin}. Be om en samtale.` : "";
  }
}

function languageName(code) {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}
