/** The page of the house network: which devices stand side by side, and what happens to all of them. */

import { Demo } from "./demo.js";
import { make } from "./dom.js";
import { House, HubIsGone } from "./house.js";
import { codeInAddress, JoinPage } from "./join.js";
import { KioskPanel } from "./kiosk.js";
import { keepThePage } from "./offline.js";
import { StaffPanel } from "./staff.js";

const alone = new URLSearchParams(location.search).get("device");
const devices = document.getElementById("devices");
const picker = document.getElementById("picker");
const root = document.documentElement;

const house = new House();
let demo = alone === null ? new Demo(house, document.getElementById("demo"), (title) => showNamed(title)) : null;
let code = codeInAddress();
const panels = new Map(); // by chat id, in the order they stand
let chats = [];

// ── which devices ─────────────────────────────────────────────────────────

function find(name) {
  return chats.find(({ title }) => title === name) ?? chats.find(({ id }) => String(id) === name);
}

function chosen() {
  if (house.door !== null) return chats.slice(0, 1);
  if (alone !== null) return [find(alone)];
  const hash = new URLSearchParams(location.hash.slice(1)).get("show");
  if (hash !== null) return hash.split(",").map(find);
  if (demo.start.length) return demo.start.map((id) => find(String(id)));
  return ["kiosk", "staff"].map((kind) => chats.find((chat) => chat.kind === kind));
}

function remember() {
  const titles = [...panels.values()].map(({ chat }) => encodeURIComponent(chat.title));
  history.replaceState(null, "", `${location.pathname}${location.search}#show=${titles.join(",")}`);
}

function open(chat) {
  const Kind = chat.kind === "kiosk" ? KioskPanel : StaffPanel;
  const onClose = isAlone() ? undefined : () => close(chat.id, true);
  const panel = new Kind(chat, house, { onClose, kindName: demo?.roleOf(chat.id) });
  panels.set(String(chat.id), panel);
  devices.append(panel.element);
  if (house.isDown) panel.cover();
  return panel;
}

function close(id, byHand = false) {
  const panel = panels.get(String(id));
  panels.delete(String(id));
  panel.cover(); // stops what is under way and forgets
  panel.element.remove();
  if (!byHand) return;
  remember();
  choices();
  picker.querySelector("summary").focus();
}

/** Open and close until the shown devices are the chosen ones; returns the panels that are new. */
function arrange() {
  const wanted = [...new Set(chosen().filter(Boolean))];
  for (const id of [...panels.keys()]) if (!wanted.some((chat) => String(chat.id) === id)) close(id);
  const fresh = wanted.filter(({ id }) => !panels.has(String(id))).map(open);
  devices.querySelector(":scope > :is(.empty, .join)")?.remove();
  if (!panels.size) devices.append(make("p", { class: "empty" }, nothing()));
  choices();
  return fresh;
}

function isAlone() {
  return alone !== null || house.door !== null;
}

function nothing() {
  if (house.door !== null) return "Her er det ingenting ennå. / There is nothing here yet.";
  return alone === null ? "Ingen skjermer er åpne. Velg en under «Vis flere skjermer»." : `Det finnes ingen skjerm som heter «${alone}».`;
}

/** The menu's boxes: built anew only when the list of devices is another. */
function choices() {
  if (house.door !== null) return; // a device has nothing to choose
  const menu = document.getElementById("choices");
  const names = JSON.stringify(chats);
  if (menu.dataset.names !== names) {
    menu.dataset.names = names;
    menu.replaceChildren(...(demo?.groups(chats) ?? byKind()).map(([name, members]) => group(name, members)));
  }
  for (const box of menu.querySelectorAll("input")) box.checked = panels.has(box.dataset.id);
}

function byKind() {
  const groups = [["Kiosker", "kiosk"], ["Ansatte", "staff"]];
  return groups.map(([name, kind]) => [name, chats.filter((chat) => chat.kind === kind)]).filter(([, members]) => members.length);
}

function group(name, members) {
  return make("fieldset", {}, make("legend", {}, name), ...members.map(choice));
}

function choice(chat) {
  const box = make("input", { type: "checkbox", value: chat.title, "data-id": chat.id, autocomplete: "off" });
  box.addEventListener("change", () => {
    if (box.checked) return show(chat);
    close(chat.id);
    remember();
    arrange();
  });
  const about = demo?.aboutOf(chat.id);
  return make("label", {}, box, make("span", {}, chat.title, about && make("small", {}, ` ${about}`)));
}

/** Open a device beside the others, and go to it where the demo's hint names it. */
async function show(chat) {
  if (!panels.has(String(chat.id))) open(chat);
  remember();
  arrange();
  await quietly(load([panels.get(String(chat.id))]));
}

async function showNamed(title) {
  const chat = find(title);
  if (!chat) return;
  await show(chat);
  const panel = panels.get(String(chat.id));
  panel.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  panel.focus();
}

// ── what the hub says ─────────────────────────────────────────────────────

async function list() {
  chats = (await house.get("/client/chats")) ?? [];
}

async function loadAll() {
  dress();
  await Promise.all([list(), demo?.load()]);
  arrange();
  await load([...panels.values()]);
  root.dataset.house = "up";
  keepThePage();
}

async function load(some) {
  const found = await Promise.all(some.map(async (panel) => [panel, await panel.load()]));
  for (const [panel, isThere] of found) if (!isThere && panels.has(String(panel.chat.id))) close(panel.chat.id);
}

async function quietly(work) {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof HubIsGone)) throw error;
  }
}

function on(name, react) {
  house.addEventListener(name, ({ detail }) => quietly(react(detail)));
}

on("up", loadAll);
on("reload", loadAll);
on("chats", async () => {
  await list();
  await load(arrange());
});
on("outside", async () => {
  root.dataset.house = "outside";
  forget();
  dress();
  const page = new JoinPage(house);
  devices.replaceChildren(page.element);
  page.focus();
  const found = code;
  code = "";
  if (found) await page.join(found);
});
on("down", () => {
  const isNew = root.dataset.house === "connecting";
  root.dataset.house = "down";
  for (const panel of panels.values()) panel.cover();
  if (!panels.size && (isNew || isAlone())) devices.replaceChildren(waiting());
});
on("chat", ({ chat, message }) => panels.get(String(chat))?.received(message));
on("deleted", ({ chat, ids }) => panels.get(String(chat))?.deleted(ids));
on("alert", ({ chat, alert }) => panels.get(String(chat))?.alert(alert));
on("commands", ({ chat, commands }) => panels.get(String(chat))?.commands(commands));
on("clock", (clock) => demo?.heard(clock));

/** Nothing of what this browser could see is left in it. */
function forget() {
  for (const id of [...panels.keys()]) close(id);
  chats = [];
  devices.replaceChildren();
  const menu = document.getElementById("choices");
  menu.replaceChildren();
  delete menu.dataset.names;
}

/** A device has its window for itself, and one of the staff a way out of it. */
function dress() {
  const { door, isOutside } = house;
  root.classList.toggle("alone", isAlone());
  document.getElementById("top").hidden = isAlone();
  document.getElementById("leave")?.remove();
  if (door !== null) demo = null;
  if (door === "staff" && !isOutside) document.body.append(wayOut());
}

function wayOut() {
  const button = make("button", { type: "button", id: "leave", class: "leave" }, "Logg ut / ", make("span", { lang: "en" }, "Log out"));
  button.addEventListener("click", () => quietly(house.leave()));
  return button;
}

/** A kiosk that is switched on while the hub is away shows its cover before it knows more. */
function waiting() {
  const panel = new KioskPanel({ id: "", title: alone ?? "Samtalelapp", kind: "kiosk" }, house, {});
  panel.cover();
  panel.element.classList.add("empty");
  return panel.element;
}

// ── start ─────────────────────────────────────────────────────────────────

root.dataset.house = "connecting";
if (alone !== null) {
  root.classList.add("alone");
  document.title = `${alone} – Samtalelapp`;
}
addEventListener("hashchange", () => {
  code = codeInAddress();
  if (house.isOutside && code) house.dispatchEvent(new Event("outside"));
  else if (!isAlone()) quietly(load(arrange()));
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("click", (event) => !picker.contains(event.target) && picker.removeAttribute("open"));
picker.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  picker.removeAttribute("open");
  picker.querySelector("summary").focus();
});
house.start();
