// The explorer's script. It looks days up in tables that the library compiled, and does not fold acts itself.
// Its only rule: a mask inside the basis is yes, a mask without any status of the basis is no, any other is open.
"use strict";
(() => {
const byId = (id) => document.getElementById(id);
const facts = JSON.parse(byId("facts").textContent);
const words = facts.words;
const root = document.documentElement;
const isMirrored = root.dir === "rtl";
// Each roster is stored as its differences from the previous one.
const rosters = [];
for (const differences of facts.rosters) {
  const roster = [...rosters.at(-1) ?? []];
  for (let place = 0; place < differences.length; place += 2) roster[differences[place]] = differences[place + 1];
  rosters.push(roster);
}
const YES = 1, OPEN = 2, NO = 0;
const MEMBER = facts.memberFlag, FORMER = facts.formerFlag;

// Days: whole numbers from 1970 on.
const parts = (day) => { const date = new Date(day * 864e5); return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]; };
const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
const read = (text) => {
  const plain = text.trim().replace(/[٠-٩]/g, (c) => c.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (c) => c.charCodeAt(0) - 0x6f0);
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(plain)) return null;
  const day = Date.parse(plain + "T00:00:00Z") / 864e5;
  return Number.isInteger(day) && iso(day) === plain ? day : null;
};
const inWords = (day, isShort) => {
  const [year, month, number] = parts(day);
  if (isShort && facts.lang === "ru") return [number, month + 1].map((n) => String(n).padStart(2, "0")).join(".") + "." + year;
  const name = isShort && facts.lang === "en" ? facts.months[month].slice(0, 3) : facts.months[month];
  return number + " " + name + " " + year + (facts.years ? " " + facts.years : "");
};
const put = (key, values) => (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? values[name] : whole);
const isolated = (text) => isMirrored ? "\u2066" + text + "\u2069" : text;
const between = (first, last, isShort) => put("from to", { from: inWords(first, isShort), to: inWords(last, isShort) });
// A date as the facts have it: a day, or the first and last day that it may be.
const isYear = ([first, last]) => {
  const [a, b] = [parts(first), parts(last)];
  return a[1] === 0 && a[2] === 1 && b[1] === 11 && b[2] === 31 && a[0] === b[0];
};
const isMonth = ([first, last]) => parts(first)[2] === 1 && parts(last + 1)[2] === 1 && iso(first).slice(0, 7) === iso(last).slice(0, 7);
const isSpan = (date) => typeof date !== "number" && date[0] !== date[1] && !isYear(date);
const marked = (says, mark) => says + (mark ? " (" + mark + ")" : "");
const when = (date) => {
  if (typeof date === "number") return inWords(date);
  const [first, last, mark] = date;
  const bounds = { from: inWords(first), to: inWords(last) };
  return marked(first === last ? inWords(first) : isYear(date) ? String(parts(first)[0]) : put("some day", bounds), mark);
};
const inEffect = (date) => {
  if (!isSpan(date)) return typeof date !== "number" && isYear(date) ? marked(put("effect year", { year: parts(date[0])[0] }), date[2]) : put("effect from", { day: when(date) });
  return marked(put("effect between", { from: inWords(date[0]), to: inWords(date[1]) }), date[2]);
};
const firstOf = (date) => typeof date === "number" ? date : date[0];

// How many of the ascending numbers are less than or equal to a number.
const upTo = (numbers, number) => {
  let low = 0, high = numbers.length;
  while (low < high) { const middle = (low + high) >> 1; if (numbers[middle] <= number) low = middle + 1; else high = middle; }
  return low;
};
const answerOf = (mask, basis) => !(mask & ~basis) ? YES : mask & basis ? OPEN : NO;

// The question: what the address says.
const standard = () => ({ day: facts.last, basis: facts.chosen[0], dating: facts.chosen[1], era: facts.chosen[2], known: facts.chosenDay, other: null, why: [] });
let asked = standard();

const horizonOf = (q) => q.known ?? facts.last;
const linesOf = (q) => rosters[facts.readings[facts.datings.indexOf(q.dating)][facts.eras.indexOf(q.era) + 1][facts.known.indexOf(q.known) + 1]].map((number) => facts.lines[number]);
const daysOf = (line) => facts.runs[line[0]][0], masksOf = (line) => facts.runs[line[0]][1];
const look = (line, day) => {
  const days = daysOf(line), run = upTo(days, day);
  return { mask: masksOf(line)[run], start: run ? days[run - 1] : null, end: days[run] ?? null };
};
const cutsOf = (q) => [...new Set(linesOf(q).flatMap(daysOf))].sort((a, b) => a - b);
// What is asked of one day: a row a state.
const ask = (q) => linesOf(q).map((line, place) => {
  const found = look(line, q.day);
  return { code: facts.people[place][0], name: facts.people[place][1], line, ...found, answer: answerOf(found.mask, facts.bases[q.basis]) };
});
// A state's acts before, around and after a day, by the windows that the library compiled.
const actsAround = (line, day) => {
  const found = { before: -1, confirmed: [], doubt: [], after: -1 };
  const acts = facts.actLists[line[1]];
  for (let place = 0; place < acts.length; place += 2) {
    const act = acts[place], window = facts.windows[act][acts[place + 1]], [low, high] = Array.isArray(window) ? window : [window, window];
    if (facts.events[act][0] === "reaffirm") { if (low <= day) found.confirmed.push(act); }
    else if (high <= day) { found.before = act; found.confirmed = []; }
    else if (low > day) { found.after = act; break; }
    else found.doubt.push(act);
  }
  return found;
};
const wasPublic = (date, q) => q.known === null || firstOf(date) <= q.known;
const seen = (sources, q) => q.known === null ? sources : sources.filter((source) => facts.sources[source][2] !== null && wasPublic(facts.sources[source][2], q));
const disputesOf = (act, q) => facts.events[act][6].map((number) => facts.disputes[number]).filter((dispute) => q.known === null || ((dispute[4] === null || wasPublic(dispute[4], q)) && seen(dispute[2], q).length));
const stepsOf = (act, q) => facts.events[act][3].filter((step) => wasPublic(step[1], q));
const citedBy = (acts, q) => {
  const found = new Set();
  for (const act of acts) {
    for (const source of facts.events[act][2]) found.add(source);
    for (const step of stepsOf(act, q)) for (const source of step[2]) found.add(source);
    for (const dispute of disputesOf(act, q)) for (const source of [...dispute[2], ...dispute[3]]) found.add(source);
  }
  return seen([...found], q);
};
const termsOn = (office, q) => office[1].filter((term) => (q.known === null || term[3] <= q.known) && q.day >= term[4] && (term.length < 8 || q.day < term[7]))
  .map((term) => ({ term, isSure: q.day >= term[5] && (term.length < 8 || q.day < term[6]) }));
const partsOn = (q) => facts.parts.filter((part, place) => {
  if (q.known !== null && part[2] > q.known) return false;
  const days = q.known === null ? null : facts.otherParts[facts.known.indexOf(q.known)][place];
  const [first, after] = days ?? [part[3], part[4]];
  return q.day >= first && (after === null || q.day < after);
});
const compare = (q) => {
  const [early, late] = [q.day, q.other].sort((a, b) => a - b);
  const basis = facts.bases[q.basis], found = { early, late, joined: [], left: [], changed: [] };
  linesOf(q).forEach((line, place) => {
    const was = look(line, early).mask, now = look(line, late).mask;
    const change = [answerOf(was, basis), answerOf(now, basis)];
    const kind = change[0] === NO && change[1] === YES ? "joined" : change[0] === YES && change[1] === NO ? "left" : was !== now ? "changed" : null;
    if (kind) found[kind].push({ place, was, now });
  });
  return found;
};

// Words for statuses.
const flagName = (flag, day) => flag === MEMBER && facts.bound !== null ? (day < facts.bound ? facts.party : facts.member) : facts.flags[flag];
const flagsOf = (mask) => Object.keys(facts.flags).map(Number).filter((flag) => mask & flag);
const statusName = (mask, day) => flagsOf(mask).map((flag) => flagName(flag, day)).join(words.or);
const actName = (act) => facts.acts[facts.events[act][0]];

// Elements: every text is a text node, so that nothing in it is read as HTML.
const make = (name, attributes, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...inside.filter((one) => one !== null));
  return element;
};
const NS = "http://www.w3.org/2000/svg";
const draw = (name, attributes) => {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const keyOf = (mask) => {
  const svg = draw("svg", { class: "key", width: 26, height: 14, viewBox: "0 " + 14 * facts.keys[mask] + " 26 14", "aria-hidden": "true" });
  svg.append(draw("use", { href: "#keys" }));
  return svg;
};
const english = (name, attributes, ...inside) => make(name, facts.lang === "en" ? attributes : { lang: "en", dir: "ltr", ...attributes }, ...inside);
const personOf = (place) => facts.people[place][1];
const named = (texts, separator) => texts.flatMap((text, index) => index ? [separator, text] : [text]);

// The answer.
const sentenceOf = (q, rows) => {
  const kind = facts.bound !== null && q.day < facts.bound ? "parties" : "members";
  const n = rows.filter((row) => row.answer === YES).length, more = rows.filter((row) => row.answer === OPEN).length;
  const key = n === 0 ? kind + " none" : n === 1 && words[kind + " one"] ? kind + " one" : kind;
  return put(key, { n, day: inWords(q.day) }) + (more ? put("more", { n: more }) : "") + (q.basis === "legal" ? "" : put("on basis", { basis: words[q.basis] }));
};
const sinceOf = (q, row) => {
  if (row.start === null) return [words.none];
  const isOpen = flagsOf(row.mask).length > 1;
  const last = (row.end ?? horizonOf(q) + 1) - 1;
  if (isOpen) return [between(row.start, last, true)];
  const asParty = row.mask === MEMBER && facts.bound !== null && row.start < facts.bound && q.day >= facts.bound;
  return [inWords(row.start, true), ...(asParty ? [" ", make("span", { class: "muted" }, words["as party"])] : [])];
};
const rowsOf = (q, row) => {
  const id = "why-" + row.code, isShown = q.why.includes(row.code);
  const button = make("button", { type: "button", class: "why", "aria-expanded": String(isShown), "aria-controls": isShown ? id : null, "aria-label": put("why state", { state: row.name }), "data-code": row.code }, words.why);
  button.addEventListener("click", () => {
    asked.why = isShown ? asked.why.filter((code) => code !== row.code) : [...asked.why, row.code].sort();
    show();
    document.querySelector('button[data-code="' + CSS.escape(row.code) + '"]').focus();
  });
  const since = sinceOf(q, row);
  const small = row.start === null ? null : make("span", { class: "small" }, ...(flagsOf(row.mask).length > 1 ? since : [put("since day", { day: since[0] }), ...since.slice(1).map((one) => one.cloneNode ? one.cloneNode(true) : one)]));
  const first = make("tr", { class: isShown ? "opened" : null },
    make("th", { scope: "row" }, make("bdi", {}, row.name)),
    make("td", {}, keyOf(row.mask), " ", statusName(row.mask, q.day), small),
    make("td", { class: "since" }, ...since),
    make("td", { class: "whys" }, button));
  return isShown ? [first, make("tr", { class: "box" }, make("td", { colspan: 4, id }, explained(q, row)))] : [first];
};
const toldAct = (act, q) => {
  const [, effect, , , title, noted] = facts.events[act], note = noted < 0 ? "" : facts.titles[noted];
  const steps = stepsOf(act, q).map((step) => facts.steps[step[0]] + (isSpan(step[1]) ? ": " : " ") + when(step[1]));
  const isInEffect = wasPublic(effect, q);
  const line = [make("b", {}, actName(act)), words.comma, isInEffect ? inEffect(effect) : words["not yet"]];
  const box = make("div", {}, make("p", {}, ...line, steps.length ? " (" + steps.join(words.comma) + ")" : ""));
  if (title >= 0 && isInEffect) {
    const [before, behind] = words.under.split("{title}");
    box.append(make("p", { class: "hint" }, before, english("bdi", {}, facts.titles[title]), behind));
  }
  if (note && q.known === null) box.append(make("p", { class: "hint" }, words.note + ":"), english("p", { class: "note" }, note));
  return box;
};
const sourceItem = (source) => {
  const [title, place, date, address] = facts.sources[source], publisher = facts.publishers[place];
  const isPlain = typeof date === "number" || (date !== null && date.length === 2 && isMonth(date));
  const plain = isPlain ? typeof date === "number" ? iso(date) : iso(date[0]).slice(0, 7) : null;
  const day = date === null ? [] : isPlain ? [", " + plain] : [", ", make("bdi", { lang: facts.lang }, when(date))];
  return make("li", {}, make("bdi", {}, address ? make("a", { href: address, rel: "noreferrer noopener" }, title) : title, ", " + publisher, ...day));
};
const listOf = (sources) => make("ol", {}, ...sources.map(sourceItem));
const folded = (key, n, inside) => make("details", {}, make("summary", {}, put(key, { n })), inside);
const explained = (q, row) => {
  const around = actsAround(row.line, q.day);
  const acts = [around.before, ...around.confirmed, ...around.doubt, around.after].filter((act) => act >= 0);
  const box = make("div", { class: "card" });
  const section = (title, ...inside) => box.append(make("h3", {}, title), ...inside);
  const verdict = words[["verdict no", "verdict yes", "verdict unknown"][row.answer]];
  const counted = flagsOf(facts.bases[q.basis]).map((flag) => flagName(flag, q.day)).join(words.comma);
  const rule = [put("rule", { status: statusName(row.mask, q.day), basis: words[q.basis], counted, verdict })];
  if (q.era) rule.push(put("rule era", { era: eraName(q.era) }));
  box.append(make("p", {}, [...rule, words["half-open"]].join(" ")));
  if (around.doubt.length) section(words["in doubt"], ...around.doubt.map((act) => toldAct(act, q)));
  section(words[around.doubt.length ? "earlier" : "opened"], around.before >= 0 ? toldAct(around.before, q) : make("p", {}, words["no act"]));
  if (around.confirmed.length) section(words.confirmed, ...around.confirmed.map((act) => toldAct(act, q)));
  section(words.after, around.after >= 0 ? toldAct(around.after, q) : make("p", {}, words["no next"]));
  const disputes = acts.flatMap((act) => disputesOf(act, q)), sources = citedBy(acts, q);
  const numbers = (cited) => { const found = seen(cited, q).map((one) => sources.indexOf(one) + 1); return found.length ? " [" + found.join(", ") + "]" : ""; };
  if (disputes.length) box.append(folded("disputes", disputes.length, make("ul", {}, ...disputes.map((one) => make("li", {}, english("p", {}, one[0] + numbers(one[2])), english("p", {}, "→ " + one[1] + numbers(one[3])))))));
  if (sources.length) box.append(folded("sources", sources.length, listOf(sources)));
  return box;
};
const showRoster = (q, rows) => {
  const table = byId("roster");
  for (const body of [...table.tBodies]) body.remove();
  const kind = facts.bound !== null && q.day < facts.bound ? "group parties" : "group members";
  const order = rows.toSorted ? rows.toSorted((a, b) => a.name.localeCompare(b.name, facts.lang)) : rows.slice().sort((a, b) => a.name.localeCompare(b.name, facts.lang));
  for (const [answer, key] of [[YES, kind], [OPEN, "group open"], [NO, "group others"]]) {
    const group = order.filter((row) => row.answer === answer);
    if (!group.length) continue;
    const head = make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: 4 }, put(key, { n: group.length })));
    table.append(make("tbody", {}, head, ...group.flatMap((row) => rowsOf(q, row))));
  }
};
const showOffices = (q) => {
  const list = byId("offices");
  list?.replaceChildren(...facts.offices.flatMap((office) => {
    const terms = termsOn(office, q);
    const isOpen = terms.length > 1 || terms.some((one) => !one.isSure);
    const names = terms.map(({ term }) => {
      const state = personOf(term[0]), capacity = term[2] === "holder" ? "" : " (" + words[term[2]] + ")";
      return make("span", {}, term[1] ? make("bdi", {}, term[1]) : make("bdi", {}, state), capacity);
    });
    const held = names.length ? [...named(names, words.or), isOpen ? " ?" : ""] : [words.none];
    return [make("dt", {}, make("bdi", {}, office[0])), make("dd", {}, ...held)];
  }));
};
const showParts = (q) => {
  const found = partsOn(q);
  byId("parts")?.replaceChildren(...(found.length ? found.map((part) => {
    const told = part[6].map(([place, capacity]) => personOf(place) + (words[capacity] && capacity !== "member" ? " (" + words[capacity] + ")" : ""));
    const sources = seen(part[7], q);
    return make("div", { class: "part" }, english("p", {}, make("bdi", {}, part[1] + (part[5] ? ", " + part[5] : ""))),
      make("p", { class: "hint" }, told.join(words.comma)), sources.length ? folded("sources", sources.length, listOf(sources)) : null);
  }) : [make("p", { class: "hint" }, words["no parts"])]));
};
const showDifference = (q) => {
  const place = byId("difference");
  if (q.other === null) { place.replaceChildren(); return; }
  const found = compare(q), inside = [make("p", { class: "hint" }, between(found.early, found.late))];
  for (const kind of ["joined", "left", "changed"]) {
    if (!found[kind].length) continue;
    inside.push(make("h3", {}, words[kind]), make("ul", {}, ...found[kind].map((one) => make("li", {}, make("bdi", {}, personOf(one.place)), " (" + put("became", { before: statusName(one.was, found.early), after: statusName(one.now, found.late) }) + ")"))));
  }
  if (inside.length === 1) inside.push(make("p", {}, words["no difference"]));
  place.replaceChildren(...inside);
};

// The pictures: the day's line, and other readings.
const isDrawn = (q) => q.basis === facts.chosen[0] && q.dating === facts.chosen[1] && q.era === facts.chosen[2] && q.known === null;
const pictures = [...document.querySelectorAll(".picture")].map((box) => {
  const svg = box.querySelector("svg"), places = JSON.parse(box.dataset.places), prefix = box.classList[1];
  const layer = (name) => svg.querySelector("." + prefix + "-" + name);
  const below = ["patch", "doubt", "label", "figure", "name"].map(layer).find(Boolean);
  const live = draw("g", {}), line = draw("g", { "aria-hidden": "true" });
  below.before(live, line);
  const own = ["stair", "former", "bar", "patch", "doubt", "label", "figure", "caption", "horizon"].map(layer).filter(Boolean);
  return { box, svg, places, prefix, live, line, own, shown: null };
});
const across = ({ places }, day, shift = 0) => {
  const x = places.left + (day - facts.first) * places.perDay + shift;
  return places.mirrored ? places.width - x : x;
};
const rectangle = (picture, from, to, top, bottom, looks) => {
  const [a, b] = [across(picture, from), across(picture, to)].sort((one, other) => one - other);
  return draw("rect", { x: a, y: top, width: Math.max(b - a, 0), height: bottom - top, ...looks });
};
const token = (name) => name ? "var(--" + name + ")" : "none";
const bars = (picture, line, y, end) => masksOf(line).flatMap((mask, run) => {
  const { places, prefix } = picture, days = daysOf(line);
  const from = Math.max(run ? days[run - 1] : facts.first, facts.first), to = Math.min(days[run] ?? end, end);
  if (from >= to) return [];
  if (mask === FORMER) return [draw("path", { d: "M" + across(picture, from, Math.min(4, (to - from) * places.perDay)) + " " + y + "H" + across(picture, to), stroke: token("former"), "stroke-width": 1.5, "stroke-dasharray": "0 6", "stroke-linecap": "round" })];
  const shape = facts.shapes[mask];
  if (!shape) return [];
  const [share, fill, outline, thick, hatch, dashed, round] = shape, high = places.bar * share;
  const looks = { fill: token(fill), stroke: token(outline), "stroke-width": thick, ...(dashed ? { "stroke-dasharray": "3 2" } : {}), ...(round ? { rx: high / 2 } : {}) };
  const found = [rectangle(picture, from, to, y - high / 2, y + high / 2, looks)];
  if (hatch) found.push(rectangle(picture, from, to, y - high / 2, y + high / 2, { fill: "url(#" + prefix + "-" + hatch + ")" }));
  if (dashed && share === 1 && (to - from) * places.perDay >= 12) {
    const mark = draw("text", { x: (across(picture, from) + across(picture, to)) / 2, y: y + 4.7, "font-size": 13, "font-weight": 650, "text-anchor": "middle", fill: token("ink") });
    mark.textContent = "?";
    found.push(mark);
  }
  return found;
});
const steps = (picture, q, end) => {
  const { places } = picture, basis = facts.bases[q.basis], lines = linesOf(q), found = [];
  const counts = [facts.first, ...cutsOf(q).filter((day) => day > facts.first && day < end)].map((day) => {
    const answers = lines.map((line) => answerOf(look(line, day).mask, basis));
    return { day, sure: answers.filter((one) => one === YES).length, most: answers.filter((one) => one !== NO).length };
  }).filter((one, place, all) => !place || one.sure !== all[place - 1].sure || one.most !== all[place - 1].most);
  const unit = places.peak / Math.max(1, ...counts.map((one) => one.most));
  counts.forEach(({ day, sure, most }, place) => {
    const until = counts[place + 1]?.day ?? end, top = places.base - unit * most;
    if (!most && !found.length) return;
    found.push(rectangle(picture, day, until, places.base - unit * sure, places.base, { fill: token("stair") }));
    found.push(rectangle(picture, day, until, top, places.base - unit * sure, { fill: token("open") }));
    found.push(draw("path", { d: "M" + across(picture, day) + " " + top + "H" + across(picture, until), stroke: token("member"), "stroke-width": 2, ...(sure === most ? {} : { "stroke-dasharray": "3 2" }) }));
  });
  // Certain figures have the first choice of a place; one that would touch another is left out.
  const taken = [];
  for (const { day, sure, most } of [...counts.filter((one) => one.sure === one.most), ...counts.filter((one) => one.sure !== one.most)]) {
    const says = sure === most ? String(sure) : facts.counts.replace("{low}", sure).replace("{high}", most);
    const from = (day - facts.first) * places.perDay, to = from + 10 * says.length + 4;
    if ((!most && day === facts.first) || taken.some(([low, high]) => from < high && low < to)) continue;
    taken.push([from, to]);
    const figure = draw("text", { x: across(picture, day, 2), y: places.base - unit * most - 5, "font-size": 16, "font-weight": 650, fill: token("ink") });
    figure.textContent = says;
    found.push(figure);
  }
  return found;
};
const redraw = (picture, q) => {
  const { places, prefix } = picture, end = horizonOf(q) + 1, found = steps(picture, q, end);
  linesOf(q).forEach((line, place) => { const y = places.lanes[facts.people[place][0]]; if (y !== undefined) found.push(...bars(picture, line, y, end)); });
  const caption = draw("text", { x: across(picture, end, -6), y: places.bottom - 5, "font-size": places.label, "font-weight": 650, "text-anchor": "end", fill: token("ink") });
  caption.textContent = q.known === null ? facts.horizon : put("known by", { day: inWords(q.known) });
  const upright = (day, looks) => draw("path", { d: "M" + across(picture, day) + " " + places.band + "V" + places.bottom, ...looks });
  if (end <= facts.last) {
    found.push(rectangle(picture, end, facts.last + 1, places.band, places.bottom - 34, { fill: "url(#" + prefix + "-beyond)" }), upright(facts.last + 1, { stroke: token("muted"), "stroke-width": 1 }));
    if ((end - facts.first) * places.perDay < 160) { caption.setAttribute("text-anchor", "start"); caption.setAttribute("x", across(picture, end, 6)); }
  }
  found.push(upright(end, { stroke: token("ink"), "stroke-width": 2 }), caption);
  picture.live.replaceChildren(...found);
};
const showPictures = (q) => {
  const shown = [q.basis, q.dating, q.era, q.known].join("|");
  for (const picture of pictures) {
    if (picture.shown !== shown) {
      for (const layer of picture.own) layer.toggleAttribute("hidden", !isDrawn(q));
      if (isDrawn(q)) picture.live.replaceChildren(); else redraw(picture, q);
      picture.shown = shown;
    }
    const { places } = picture, x = across(picture, q.day, places.perDay / 2);
    const path = "M" + x + " " + (places.top - 6) + "V" + (places.bottom - 19);
    picture.line.replaceChildren(draw("path", { d: path, stroke: token("bg"), "stroke-width": 6 }), draw("path", { d: path, stroke: token("day"), "stroke-width": 2 }),
      draw("path", { d: "M" + (x - 6) + " " + (places.top - 8) + "h12l-6 7z", fill: token("day") }));
  }
};

// All of it.
const eraName = (era) => byId("era")?.querySelector('option[value="' + CSS.escape(era) + '"]').textContent ?? era;
const choice = (name) => byId(name)?.selectedOptions[0].textContent;
const slider = byId("slider");
let speaking = 0;
const addressOf = (q) => {
  const first = standard(), found = new URLSearchParams();
  for (const name of ["basis", "dating", "era"]) if (q[name] !== first[name]) found.set(name, q[name]);
  if (q.known !== first.known) found.set("known", q.known === null ? "all" : iso(q.known));
  if (q.other !== null) found.set("with", iso(q.other));
  if (q.why.length) found.set("why", q.why.join("."));
  return "#" + [iso(q.day), found.toString()].filter(Boolean).join("&");
};
const show = () => {
  const q = asked, rows = ask(q), sentence = sentenceOf(q, rows), cuts = cutsOf(q);
  byId("day").value = iso(q.day);
  byId("with").value = q.other === null ? "" : iso(q.other);
  slider.value = q.day;
  slider.setAttribute("aria-valuetext", sentence);
  for (const name of ["basis", "dating", "era"]) if (byId(name)) byId(name).value = q[name];
  if (byId("known")) byId("known").value = q.known ?? "";
  byId("says").textContent = ["basis", "dating", "era", "known"].map(choice).filter(Boolean).join(words.comma);
  byId("previous").disabled = upTo(cuts, q.day - 1) === 0;
  byId("next").disabled = upTo(cuts, q.day) === cuts.length;
  byId("sentence").textContent = sentence;
  showRoster(q, rows);
  showOffices(q);
  showParts(q);
  showDifference(q);
  showPictures(q);
  const address = addressOf(q);
  try { history.replaceState(null, "", address); } catch { /* some browsers refuse that for files */ }
  for (const link of document.querySelectorAll(".languages a")) link.href = link.href.split("#")[0] + address;
  clearTimeout(speaking);
  speaking = setTimeout(() => { byId("live").textContent = sentence; }, 400);
};
const complain = (name, says) => {
  const field = byId(name);
  byId(name + "-error").textContent = says;
  if (says) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
};
// The nearest day that can be shown, and what to say of it.
const held = (day, q) => {
  const last = horizonOf(q);
  if (day > last) return [last, put(q.known === null ? "too late" : "too late known", { day: iso(day), last: iso(last) })];
  if (day < facts.first) return [facts.first, put("too early", { first: iso(facts.first) })];
  return [day, ""];
};
const goTo = (day) => { const [shown] = held(day, asked); asked.day = shown; complain("day", ""); show(); };
const step = (direction) => {
  const cuts = cutsOf(asked), place = direction > 0 ? upTo(cuts, asked.day) : upTo(cuts, asked.day - 1) - 1;
  if (place >= 0 && place < cuts.length) goTo(cuts[place]);
};
const load = (address) => {
  const [first, ...rest] = address.replace(/^#/, "").split("&"), values = new URLSearchParams(rest.join("&"));
  const q = standard(), day = read(first), known = values.get("known");
  let says = "";
  if (values.get("basis") in facts.bases) q.basis = values.get("basis");
  if (facts.datings.includes(values.get("dating"))) q.dating = values.get("dating");
  if (facts.eras.includes(values.get("era"))) q.era = values.get("era");
  const place = read(known ?? "") === null ? 0 : upTo(facts.known, read(known));
  if (known === "all") q.known = null;
  else if (place) q.known = read(known) >= facts.last ? null : facts.known[place - 1];
  q.day = horizonOf(q);
  if (day !== null) [q.day, says] = held(day, q);
  const other = read(values.get("with") ?? "");
  if (other !== null) [q.other] = held(other, q);
  const codes = facts.people.slice(0, facts.states).map((one) => one[0]);
  q.why = (values.get("why") ?? "").split(".").filter((code) => codes.includes(code)).sort();
  asked = q;
  complain("day", says);
  complain("with", "");
  if (rest.some((one) => /^(basis|dating|era|known)=/.test(one))) document.querySelector(".reading").open = true;
  show();
};

// The slider's box is wider than the plot by half a thumb on each side, so that the thumb stands under the day's line.
const place = () => {
  const shown = pictures.find((picture) => picture.svg.getBoundingClientRect().width);
  if (!shown) return;
  const box = shown.svg.getBoundingClientRect(), around = slider.parentElement.getBoundingClientRect(), scale = box.width / shown.places.width;
  const edge = isMirrored ? around.right - box.right : box.left - around.left;
  const share = (length) => 100 * length / around.width + "%"; // which holds until this runs again, too, in a window made narrower
  slider.style.marginInlineStart = `calc(${share(edge + shown.places.left * scale)} - 12px)`;
  slider.style.width = `calc(${share((facts.last + 1 - facts.first) * shown.places.perDay * scale)} + 24px)`;
};
new ResizeObserver(place).observe(slider.parentElement);

slider.min = facts.first;
slider.max = facts.last;
slider.setAttribute("aria-label", words.day);
slider.addEventListener("input", () => goTo(Number(slider.value)));
const addMonth = (day, months) => {
  const [year, month, number] = parts(day), last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(number, last)) / 864e5;
};
slider.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const along = isMirrored ? -1 : 1;
  const towards = { ArrowRight: along, ArrowLeft: -along, ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (towards) goTo(event.shiftKey ? addMonth(asked.day, towards) : asked.day + towards);
  else if (event.key === "PageUp") step(1);
  else if (event.key === "PageDown") step(-1);
  else if (event.key === "Home") goTo(facts.first);
  else if (event.key === "End") goTo(horizonOf(asked));
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
  if (event.key === "[") step(-1);
  if (event.key === "]") step(1);
});
byId("previous").addEventListener("click", () => step(-1));
byId("next").addEventListener("click", () => step(1));
byId("day").addEventListener("change", () => {
  const day = read(byId("day").value);
  if (day === null) { complain("day", words["bad day"]); return; }
  const [shown, says] = held(day, asked);
  asked.day = shown;
  complain("day", says);
  show();
});
byId("with").addEventListener("change", () => {
  const text = byId("with").value.trim(), day = read(text);
  if (text && day === null) { complain("with", words["bad day"]); return; }
  const [shown, says] = text ? held(day, asked) : [null, ""];
  asked.other = shown;
  complain("with", says);
  show();
});
for (const name of ["basis", "dating", "era", "known"]) byId(name)?.addEventListener("change", () => {
  const value = byId(name).value;
  asked[name] = name === "known" ? (value === "" ? null : Number(value)) : value;
  const [shown, says] = held(asked.day, asked);
  asked.day = shown;
  if (asked.other !== null) [asked.other] = held(asked.other, asked);
  complain("day", says);
  show();
});
for (const picture of pictures) picture.svg.addEventListener("click", (event) => {
  const { places } = picture, box = picture.svg.getBoundingClientRect();
  const x = (event.clientX - box.left) * places.width / box.width;
  goTo(facts.first + Math.floor(((places.mirrored ? places.width - x : x) - places.left) / places.perDay));
});
byId("print").addEventListener("click", () => print());
byId("copy").addEventListener("click", async () => {
  try { await navigator.clipboard.writeText(location.href); byId("live").textContent = words.copied; } catch { prompt(words.copy, location.href); }
});
const dark = byId("dark"), system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
const showTheme = () => dark.setAttribute("aria-pressed", String(isDark()));
dark.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; showTheme(); });
system.addEventListener("change", showTheme);
showTheme();
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")].filter((one) => !one.classList.contains("reading"));
  for (const one of unfolded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });
addEventListener("hashchange", () => load(location.hash));
byId("changes").open = false;
root.classList.remove("nojs");
load(location.hash);
// For tests and for whoever reads the page by a program.
globalThis.explorer = Object.freeze({ facts, ask, actsAround, citedBy, compare, cutsOf, disputesOf, partsOn, standard, termsOn });
})();
