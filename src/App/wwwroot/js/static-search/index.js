// The index as files, searched as the server searches it (OpenIndex, Tally): weights are ready, a search adds up in single precision.
import { fold, learnOldForms, terms } from './fold.js';
import { read, singleCharacters, termsOf } from './query.js';

const f = Math.fround;
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

export class Index {
  static async open(base) {
    const index = new Index();
    index.base = base;
    index.files = new Map();
    index.about = await index.file('about.json');
    learnOldForms(index.about.old_forms);
    index.facets = index.about.facets.map(facet => ({ name: facet.name, values: facet.values.map(value => ({ ...value, bits: bytes(value.rows) })) }));
    return index;
  }

  file(name) {
    if (!this.files.has(name)) {
      this.files.set(name, fetch(new URL(name, this.base)).then(answer => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      }));
    }
    return this.files.get(name);
  }

  get rows() { return this.about.rows; }

  async cards(rows) {
    const size = this.about.cards_afile ?? this.about.cards_a_file;
    const files = await Promise.all(rows.map(row => this.file(`cards-${Math.trunc(row / size)}.json`)));
    return files.map((cards, i) => cards[rows[i] % size]);
  }

  // [count, posting] of each spelling that a term means.
  async postings(term) {
    if (term.word !== undefined) {
      const words = await this.file('words.json');
      if (!term.begins) return Object.hasOwn(words, term.word) ? [words[term.word]] : [];
      return Object.keys(words).filter(word => word.startsWith(term.word)).map(word => words[word]);
    }
    const code = term.first.charCodeAt(0), pairs = await this.file(`terms-${code % this.about.term_files}.json`);
    const begin = `${code.toString(16)}-`;
    if (term.begins) return Object.keys(pairs).filter(key => key.startsWith(begin)).map(key => pairs[key]);
    const key = begin + term.second.charCodeAt(0).toString(16);
    return Object.hasOwn(pairs, key) ? [pairs[key]] : [];
  }

  async find(query) {
    const text = query.text.trim(), asked = text.length > 0;
    let { matches, scores, understood } = asked ? await this.match(text) : { matches: new Array(this.rows).fill(true), scores: null, understood: {} };
    const left = this.narrowed(matches, query.filters, null);
    const order = query.order === 'title' || query.order === 'newest' || (query.order === 'relevance' && asked) ? query.order : asked ? 'relevance' : 'newest';
    let rows = [];
    if (order === 'title') rows = this.about.by_title.filter(row => left[row]);
    else for (let row = 0; row < this.rows; row++) if (left[row]) rows.push(row);
    if (order === 'relevance') rows.sort((a, b) => scores[b] - scores[a] || a - b);
    const facets = this.facets.map(facet => ({ name: facet.name, values: this.counts(facet, query.filters[facet.name]?.length ? this.narrowed(matches, query.filters, facet.name) : left) }));
    return { rows, order, facets, understood };
  }

  narrowed(matches, filters, except) {
    const left = matches.slice();
    for (const [name, wanted] of Object.entries(filters)) {
      if (wanted.length === 0 || name === except) continue;
      const holding = this.holding(name, wanted);
      for (let row = 0; row < this.rows; row++) left[row] = left[row] && holding[row];
    }
    return left;
  }

  holding(name, wanted) {
    const rows = new Array(this.rows).fill(false), values = this.facets.find(facet => facet.name === name)?.values ?? [];
    for (const value of wanted) {
      const found = values.filter(one => name === 'form' && !value.includes('/') ? one.value.slice(one.value.indexOf('/') + 1) === value : one.value === value);
      for (const one of found) for (let row = 0; row < this.rows; row++) if (one.bits[row >> 3] & (1 << (row & 7))) rows[row] = true;
      if (found.length === 0 && name === 'partner') for (const row of this.about.partners[value] ?? []) rows[row] = true;
    }
    return rows;
  }

  counts(facet, left) {
    const bureaus = new Set(this.facets.find(one => one.name === 'bureau').values.map(one => one.value));
    const values = [];
    for (const one of facet.values) {
      if (facet.name === 'unit' && bureaus.has(one.value)) continue;
      let count = 0;
      for (let row = 0; row < this.rows; row++) if (left[row] && one.bits[row >> 3] & (1 << (row & 7))) count++;
      if (count === 0) continue;
      const [programme, no] = one.value.split('/');
      values.push(facet.name === 'form' ? { value: no, programme, ja: one.ja, en: one.en, count } : { value: one.value, ja: one.ja, en: one.en, count });
    }
    if (['partner', 'theme', 'municipality'].includes(facet.name)) values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
    return values;
  }

  async match(text) {
    const years = new Set(this.facets.find(facet => facet.name === 'year').values.map(one => one.value));
    const words = read(text, year => years.has(String(year)));
    const tally = new Tally(this.rows);
    for (const group of words.groups) await this.addGroup(group, tally);
    if (words.years.length > 0) this.holding('year', words.years.map(String)).forEach((holds, row) => { if (holds) tally.held[row]++; });
    const groups = words.groups.length + Math.min(1, words.years.length);
    const held = Math.max(0, ...tally.held);
    let found = Array.from({ length: this.rows }, (_, row) => groups > 0 ? held > 0 && tally.held[row] === held : words.excluded.length > 0);
    let without = false;
    for (const phrase of words.phrases) {
      const holding = await this.withPhrase(phrase), both = found.map((one, row) => one && holding[row]);
      if (both.includes(true)) found = both;
      else without = true;
    }
    for (const phrase of words.excluded) {
      const holding = await this.withPhrase(phrase);
      found = found.map((one, row) => one && !holding[row]);
    }
    return { matches: found, scores: tally.scores, understood: { years: words.years, without, partly: held < groups && found.includes(true) } };
  }

  async addGroup(group, tally) {
    for (const term of group.terms) await this.addTerm(term, tally);
    if (tally.endGroup()) return;
    for (const term of group.terms.filter(one => one.word !== undefined && one.word.length > 3)) {
      const words = await this.file('words.json');
      tally.addAll(Object.keys(words).filter(word => isOneAway(word, term.word)).map(word => words[word]));
    }
    const folded = fold(group.text).text.replace(/^ +| +$/g, '');
    if (folded.length >= 3 && folded.length <= 12) {
      for (const [, near] of this.about.words.filter(([word]) => isOneAway(word, folded)).slice(0, 3)) for (const term of termsOf(near)) await this.addTerm(term, tally);
    }
    if (tally.endGroup()) return;
    for (const term of singleCharacters(group.text)) await this.addTerm(term, tally);
    tally.endGroup();
  }

  async addTerm(term, tally) {
    const postings = await this.postings(term);
    if (postings.length === 1) tally.add(postings[0]);
    else if (postings.length > 1) tally.addAll(postings);
  }

  async withPhrase(folded) {
    let found = null, several = 0;
    for (const term of terms(fold(folded))) {
      if (term.kind === 'tail' && term.place > 0 && term.length < folded.length && several > 0 && folded[term.place - 1] !== ' ') continue;
      const rows = new Array(this.rows).fill(false);
      for (const posting of await this.postings(term.kind === 'word' ? { word: term.text, begins: false } : { first: term.first, second: term.second, begins: term.kind === 'tail' })) each(posting, row => { rows[row] = true; });
      found = found === null ? rows : found.map((one, row) => one && rows[row]);
      several++;
    }
    if (found === null || several < 2) return found ?? new Array(this.rows).fill(false);
    const candidates = found.flatMap((one, row) => one ? [row] : []), cards = await this.cards(candidates);
    const holding = new Array(this.rows).fill(false);
    cards.forEach(({ card, rest }, i) => { holding[candidates[i]] = [card.title, card.summary, rest].map(text => `${fold(text).text} `).join('').includes(folded); });
    return holding;
  }
}

// Pairs of distance to the row before and weight.
function each([, posting], look) {
  const data = typeof posting === 'string' ? bytes(posting) : posting;
  for (let i = 0, row = -1; i < data.length;) {
    let part = data[i++], distance = part & 127;
    for (let shift = 7; part > 127; shift += 7) { part = data[i++]; distance |= (part & 127) << shift; }
    row += distance;
    look(row, data[i++]);
  }
}

class Tally {
  constructor(rows) {
    this.rows = rows;
    this.scores = new Float32Array(rows);
    this.group = new Float32Array(rows);
    this.mass = new Float32Array(rows);
    this.held = new Array(rows).fill(0);
  }

  rarity(holding) { return f(Math.log(1 + (this.rows - holding + 0.5) / (holding + 0.5))); }

  add(posting) {
    const rarity = this.rarity(posting[0]);
    each(posting, (row, weight) => this.count(row, weight, rarity));
  }

  // Several spellings of one term: the heaviest in a row counts, once.
  addAll(postings) {
    if (postings.length === 0) return;
    const heaviest = new Uint8Array(this.rows);
    let holding = 0;
    for (const posting of postings) {
      each(posting, (row, weight) => { heaviest[row] = Math.max(heaviest[row], weight); });
      holding = Math.min(this.rows, holding + posting[0]);
    }
    const rarity = this.rarity(holding);
    heaviest.forEach((weight, row) => { if (weight > 0) this.count(row, weight, rarity); });
  }

  count(row, weight, rarity) {
    this.group[row] += f(rarity * weight);
    this.mass[row] += rarity;
  }

  endGroup() {
    const best = this.mass.reduce((most, mass) => Math.max(most, mass), 0);
    if (best === 0) return false;
    for (let row = 0; row < this.rows; row++) {
      if (this.mass[row] === 0) continue;
      const share = f(this.mass[row] / best);
      this.scores[row] += f(this.group[row] * f(1 + share));
      if (share > 0.5) this.held[row]++;
    }
    this.group.fill(0);
    this.mass.fill(0);
    return true;
  }
}

// One letter more, less, other, or two neighbours the wrong way round.
function isOneAway(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let begin = 0;
  while (begin < one.length && begin < other.length && one[begin] === other[begin]) begin++;
  const left = one.slice(begin), right = other.slice(begin);
  if (left.length === right.length) return left.length === 0 || left.slice(1) === right.slice(1) || (left.length > 1 && left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
  return left.length > right.length ? left.slice(1) === right : right.slice(1) === left;
}
