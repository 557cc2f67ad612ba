/** Small help for building elements: text is always text, never markup, with our own pictures in the place of emoji. */

import { drawn } from "./pictures.js";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  const there = children.filter((child) => child !== null && child !== undefined);
  element.append(...there.flatMap((child) => (child instanceof Node ? [child] : drawn(String(child)))));
  return element;
}
