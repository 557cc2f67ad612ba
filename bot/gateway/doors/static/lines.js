/** The lines of a page as elements: a heading, sentences, what stands out, and how far something has come. */

import { make } from "./dom.js";

const LONG_LEAD = 70;
const DOTS = /^\s*[●○][\s●○]*$/u;

/** `heading` is the element of the first line; without one all lines are alike. `at` says of which part they are. */
export function writeLines(lines, heading, at = "") {
  return lines.flatMap((line, number) => {
    const known = { "data-at": `${at}line ${number}`, lang: line.language, dir: "auto" };
    if (heading && number === 0) return [make(heading, { ...known, class: `lead${line.text.length > LONG_LEAD ? " long" : ""}` }, ...pieces(line))];
    if (line.steps) return road(line, known);
    if (line.spoken) return [spoken(line, known)];
    const kind = DOTS.test(line.text) ? "dots" : line.part === "number" ? "number" : "rest";
    return [make("p", { ...known, class: kind }, ...pieces(line))];
  });
}

/** What a line or a button says, as elements: a piece in another language says in which. */
export function pieces(part) {
  if (!part.pieces) return [part.text];
  return part.pieces.map(({ text, language }) => (language ? make("span", { lang: language, dir: "auto" }, text) : text));
}

/** For eyes what stands there, for ears what it means. */
function spoken(line, known) {
  const seen = make("span", { "aria-hidden": "true" }, line.text);
  return make("p", { ...known, class: line.part ?? "rest" }, seen, make("span", { class: "unseen" }, line.spoken));
}

/** For ears one sentence, for eyes the steps, of which the newest is where one is. */
function road(line, known) {
  const reached = line.steps.findLastIndex(({ done }) => done);
  const steps = line.steps.map(({ text, done }, number) =>
    make("li", { class: done ? (number === reached ? "done here" : "done") : "ahead" }, text),
  );
  return [make("p", { ...known, class: "unseen" }, line.text), make("ol", { class: "road", "aria-hidden": "true" }, ...steps)];
}
