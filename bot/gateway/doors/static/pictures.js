/** Our own pictures in the place of emoji: the same on every device, never read aloud, and never made of markup. */

import { PICTURES, TURNED } from "./drawn.js";

const SPRITE = "/static/pictures.svg";
const SVG = "http://www.w3.org/2000/svg";
const COLOUR = /[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu; // asks for an emoji's coloured form, or a skin; not everybody writes it
const ONE = `(?:${Object.keys(PICTURES).join("|")})${COLOUR.source}*`;
const PARTS = new RegExp(`((?<!\\u200D)${ONE}(?!\\u200D)|[●○]+)`, "u"); // not a part of an emoji made of several
const DOTS = /^[●○]+$/u;
const NUMBER = /[\p{L}\p{N}]$/u;

/** A text as it stands in the page: the words as they are, and pictures between them. */
export function drawn(text) {
  const parts = text.split(PARTS);
  return parts.map((part, place) => picture(part) ?? dots(part, parts[place - 1] ?? "") ?? part).filter(Boolean);
}

function picture(emoji) {
  const name = PICTURES[emoji.replace(COLOUR, "")];
  if (!name) return null;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", TURNED.includes(name) ? "picture turned" : "picture");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

/** How much of a code is entered, for eyes as dots and for ears as 2/4; after a letter they only wait for digits. */
function dots(text, before) {
  if (!DOTS.test(text)) return null;
  const seen = element("span", text);
  seen.setAttribute("aria-hidden", "true");
  const both = element("span", "");
  both.append(seen);
  if (!NUMBER.test(before)) both.append(element("span", `${text.lastIndexOf("●") + 1}/${text.length}`, "unseen"));
  return both;
}

function element(tag, text, name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}
