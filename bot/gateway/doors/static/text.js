/** What a text tells about itself: which way it runs, its lead, the icon before a label. */

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const MARKS = { "\u200E": "ltr", "\u200F": "rtl", "\u061C": "rtl" };
const ISOLATED = /[\u2066-\u2068][^\u2069]*\u2069?/gu;
const ICON = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u2190-\u21FF\u2300-\u23FF\u25A0-\u27BF\u2B00-\u2BFF]/u;
const segmenter = new Intl.Segmenter("nb", { granularity: "grapheme" });

/** The first strong character decides; what stands isolated (codes, times) is asked only last. */
export function direction(text) {
  return strong(text.replace(ISOLATED, "")) ?? strong(text) ?? "ltr";
}

function strong(text) {
  for (const char of text) {
    if (MARKS[char]) return MARKS[char];
    if (/\p{L}/u.test(char)) return RIGHT_TO_LEFT.test(char) ? "rtl" : "ltr";
  }
  return null;
}

/** True for one character as a reader counts them ("5", "⌫"). */
export function isSingle(label) {
  return [...segmenter.segment(label.trim())].length === 1;
}

/** ["💼", "NAV"] for "💼 NAV"; ["", label] where no icon stands in front of words. */
export function splitIcon(label) {
  const [first] = segmenter.segment(label.trim());
  const words = label.trim().slice(first?.segment.length ?? 0).trim();
  return first && words && ICON.test(first.segment) ? [first.segment, words] : ["", label.trim()];
}

export function longestWord(label) {
  return Math.max(0, ...label.split(/[\s\-–/]+/u).map((word) => word.length));
}

/** Paragraphs for a screen: the first line leads, each line stands by itself, an empty line leaves room, dots stand alone. */
export function paragraphs(text) {
  const found = [];
  let gap = "";
  for (const line of text.trim().split("\n").map((each) => each.trim())) {
    if (!line) {
      gap = " apart";
      continue;
    }
    const kind = DOTS.test(line) ? "dots" : found.length ? "rest" : "lead";
    found.push({ text: line, kind: kind + gap });
    gap = "";
  }
  return found;
}

const DOTS = /^\s*[●○•_*–]([\s●○•_*–]*)$/u;
