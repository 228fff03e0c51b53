// A query read as the server reads it (QueryWords), and its words within a text (Highlight).
import { fold, terms } from './fold.js';

const eras = [['明治', '明', 'M', 1868, 45], ['大正', '大', 'T', 1912, 15], ['昭和', '昭', 'S', 1926, 64], ['平成', '平', 'H', 1989, 31], ['令和', '令', 'R', 2019, 99]];
const pieces = /(?<=^|\s)(?<not1>[-－−‐ー]\s?)?(?:「(?<a>[^「」]+)」?|『(?<b>[^『』]+)』?|["“”＂](?<c>[^"“”＂]+)["“”＂]?)|(?<=^|\s)(?<not2>[-－−‐ー])(?<d>[^\s「『"“”＂]+)|「(?<e>[^「」]+)」|『(?<f>[^『』]+)』|["“”＂](?<g>[^"“”＂]+)["“”＂]|(?<h>[^\s「『"“”＂]+)/gu;
const written = /(?<year>(?:明治|大正|昭和|平成|令和)\s?(?:元|\d{1,2})\s?年度?|(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})|(?<![\p{L}\p{N}])[明大昭平令](?:元|\d{1,2})(?:年度?)?|(?<![\p{L}\p{N}])[MTSHRmtshr]\d{1,2}(?:年度?)?(?![A-Za-z\d.])|(?<!\d)(?:18|19|20)\d\d年度?|(?<bare>^(?:19|20)\d\d$))(?!\d|\s?年?\s?\d{1,2}月)の?/gu;

function fiscalYear(text) {
  const plain = text.replace(/\s|年度?$/gu, '');
  if (/^\d{4}$/.test(plain)) return Number(plain);
  for (const [name, short, letter, first, most] of eras) {
    for (const mark of [name, short, letter, letter.toLowerCase()]) {
      if (!plain.startsWith(mark)) continue;
      const rest = plain.slice(mark.length), number = rest === '元' ? 1 : /^\d{1,2}$/.test(rest) ? Number(rest) : 0;
      if (number >= 1 && number <= most) return first + number - 1;
    }
  }
  return null;
}

const word = text => ({ word: text, begins: text.length > 2 && !/^[0-9]/.test(text) });
const sameTerm = (a, b) => a.word === b.word && a.first === b.first && a.second === b.second && a.begins === b.begins;

// Grammar is left out where there is anything better.
export function termsOf(words) {
  const telling = [], grammar = [];
  let before = 'word';
  for (const term of terms(fold(words))) {
    const alone = term.kind === 'tail' && before !== 'pair';
    before = term.kind;
    if (term.kind === 'tail' && !alone) continue;
    const one = term.kind === 'word' ? word(term.text) : { first: term.first, second: term.second, begins: alone };
    const list = term.hiragana ? grammar : telling;
    if (!list.some(other => sameTerm(other, one)) && telling.length < 60) list.push(one);
  }
  return telling.length > 0 ? telling : grammar;
}

export function singleCharacters(words) {
  const found = [];
  for (const term of terms(fold(words))) {
    if (term.kind === 'word' || (term.first >= 'ぁ' && term.first <= 'ヿ')) continue;
    const one = { first: term.first, second: '\0', begins: true };
    if (!found.some(other => sameTerm(other, one)) && found.length < 60) found.push(one);
  }
  return found;
}

function withoutYears(words, isYear, years) {
  const form = words.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const left = form.replace(written, (match, ...rest) => {
    const groups = rest.at(-1), year = fiscalYear(groups.year);
    if ((groups.bare !== undefined && match.length < form.length) || year === null || !isYear(year)) return match;
    if (!years.includes(year)) years.push(year);
    return ' ';
  });
  return years.length > 0 && left !== form ? left : words;
}

export function read(text, isYear) {
  const asked = { groups: [], phrases: [], excluded: [], years: [] };
  const keep = (list, words) => {
    const folded = fold(words).text.replace(/^ +| +$/g, '');
    if (list.length < 8 && folded.length > 0 && !list.includes(folded)) list.push(folded);
  };
  for (const match of text.slice(0, 400).toWellFormed().replaceAll('　', ' ').matchAll(pieces)) {
    const g = match.groups, quoted = g.a ?? g.b ?? g.c ?? g.e ?? g.f ?? g.g;
    const not = g.not1 !== undefined || g.not2 !== undefined;
    let words = quoted ?? g.d ?? g.h;
    if (not) keep(asked.excluded, words);
    else if (quoted !== undefined) keep(asked.phrases, words);
    else if (isYear) words = withoutYears(words, isYear, asked.years);
    if (!not && asked.groups.length < 12) {
      const found = termsOf(words);
      if (found.length > 0) asked.groups.push({ text: words, terms: found });
    }
  }
  return asked;
}

export class Highlight {
  constructor(query) {
    const all = read(query ?? '', null).groups.flatMap(group => group.terms);
    this.words = all.filter(term => term.word !== undefined);
    this.singles = new Set(all.filter(term => term.word === undefined && term.begins).map(term => term.first));
    this.pairs = new Set(all.filter(term => term.word === undefined && !term.begins).map(term => term.first + term.second));
  }

  get nothing() { return this.words.length + this.singles.size + this.pairs.size === 0; }

  places(text) {
    const marks = new Array(text.length).fill(false);
    if (this.nothing) return marks;
    const folded = fold(text);
    const fill = (place, length) => marks.fill(true, folded.starts[place], folded.ends[place + length - 1]);
    for (const mixed of [false, true]) {
      for (const term of terms(folded)) {
        if (term.kind !== 'word' && this.singles.has(term.first)) fill(term.place, 1);
        const holds = term.kind === 'word' ? !mixed && this.words.some(asked => term.text === asked.word || (asked.begins && term.text.startsWith(asked.word)))
          : term.kind === 'pair' && term.mixed === mixed && this.pairs.has(term.text);
        if (holds && (!mixed || marks[folded.starts[term.place]] || marks[folded.starts[term.place + 1]])) fill(term.place, term.length);
      }
    }
    return marks;
  }

  marks(text) { return this.places(text).includes(true); }

  weight(text) { return this.places(text).filter(marked => marked).length; }

  cut(text, marks, from = 0, until = text.length) {
    const found = [];
    for (let start = from; start < until;) {
      let end = start;
      while (end < until && marks[end] === marks[start]) end++;
      found.push([text.slice(start, end), marks[start]]);
      start = end;
    }
    return found;
  }

  of(text) { return this.cut(text, this.places(text)); }

  snippet(text, length = 120) {
    text = text.replace(/\r\n|[\n\r\f\u0085\u2028\u2029]/g, ' ');
    if (text.length <= length) return this.of(text);
    const marks = this.places(text), first = densest(marks, length);
    const whole = place => place < text.length && text[place] >= '\udc00' && text[place] <= '\udfff' ? place + 1 : place;
    const start = first < Math.trunc(length * 2 / 3) ? 0 : whole(Math.min(first - Math.trunc(length / 4), text.length - length));
    const end = whole(Math.min(text.length, start + length));
    return [...(start > 0 ? [['…', false]] : []), ...this.cut(text, marks, start, end), ...(end < text.length ? [['…', false]] : [])];
  }
}

function densest(marks, length) {
  let best = marks.indexOf(true), most = 0, from = 0, inside = 0;
  if (best < 0) return 0;
  for (let to = 0; to < marks.length; to++) {
    inside += marks[to] ? 1 : 0;
    if (to - from >= Math.trunc(length / 2)) inside -= marks[from++] ? 1 : 0;
    if (inside > most) [best, most] = [from, inside];
  }
  while (best < marks.length - 1 && !marks[best]) best++;
  return best;
}
