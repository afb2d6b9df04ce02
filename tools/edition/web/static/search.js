// The search, by section. A word begins where a word of the book begins; hyphens do not count.
const wanted = new URLSearchParams(location.search).get("q")?.trim() ?? "";
const results = document.querySelector("#search-results");
for (const field of document.querySelectorAll("input[name=q]")) field.value = wanted;

function put(parent, kind, text, more = {}) {
  const made = Object.assign(document.createElement(kind), { textContent: text }, more);
  parent.append(made);
  return made;
}

function pattern(word) {
  const letters = [...word.replaceAll("-", "")].map((letter) =>
    letter.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])${letters.join("-?")}`, "giu");
}

const count = (words, text) => text.match(words)?.length ?? 0;

function scored([file, page, name, , text, code], words, whole) {
  let score = 0;
  for (const word of words) {
    const found = 20 * count(word, name) + 3 * count(word, page) + Math.min(count(word, text), 8);
    const coded = Math.min(count(word, code), 4);
    if (!found && !coded) return 0;
    score += found + coded;
  }
  score += 10 * Math.min(count(whole, `${name} ${text}`), 3);
  return /chapters\/\d/.test(file) ? score : score / 3; // the chapters before what teachers are told of them
}

// A piece of a text around the first word that was asked for, its words marked.
function excerpt(item, text, code, words, whole) {
  const in_ = [text, code].find((each) => words.some((word) => each.search(word) >= 0));
  if (!in_) return;
  const places = [whole, ...words].map((word) => in_.search(word)).filter((place) => place >= 0);
  const from = Math.max(0, in_.lastIndexOf(" ", Math.max(0, places[0] - 60)));
  const piece = in_.slice(from, from + 220);
  const line = put(item, "p", from ? "…" : "", { className: "excerpt" });
  let at = 0;
  const marks = words.flatMap((word) => [...piece.matchAll(word)].map((m) => [m.index, m[0].length]));
  for (const [place, length] of marks.sort((a, b) => a[0] - b[0])) {
    if (place < at) continue;
    line.append(piece.slice(at, place));
    put(line, "mark", piece.slice(place, place + length));
    at = place + length;
  }
  line.append(piece.slice(at) + (from + 220 < in_.length ? "…" : ""));
}

function search() {
  const number = wanted.match(/^\(?(\d+\.\d+)\)?$/)?.[1];
  const list = document.createElement("ul");
  const entry = (section, anchor, before = "") => {
    const [file, page, name] = section;
    const item = put(list, "li", "");
    const title = page === name ? page : `${page} › ${name}`;
    put(item, "a", before + title, { href: `${file}.html${anchor && `#${anchor}`}` });
    return item;
  };
  for (const section of number ? bookSections : [])
    if (section[6].includes(number)) entry(section, `eq-${number.replace(".", "-")}`, `(${number}) in `);
  const words = wanted.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).map(pattern);
  const whole = pattern(wanted.replaceAll(/\s+/g, " "));
  const found = bookSections
    .map((section) => [words.length ? scored(section, words, whole) : 0, section])
    .filter(([score]) => score)
    .sort((a, b) => b[0] - a[0]);
  for (const [, section] of found.slice(0, 40))
    excerpt(entry(section, section[3]), section[4], section[5], words, whole);
  const said = found.length > 40 ? `The best 40 of ${found.length} sections` : `Sections: ${found.length}`;
  results.replaceChildren();
  put(results, "p", list.children.length ? `${said} for “${wanted}”.` : `Nothing was found for “${wanted}”.`);
  results.append(list);
}
if (wanted) search();
