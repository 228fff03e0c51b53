// A text as it is compared, and the terms by which it is found: the same rules as the server's FoldedText and Terms, character by character.
const NONE = 0, LATIN = 1, KANJI = 2, KATAKANA = 3, HIRAGANA = 4;
const letterOrDigit = /^[\p{L}\p{Nd}]$/u, digit = /^\p{Nd}$/u, combining = /^[\p{Mn}\p{Me}]$/u;
const oldForms = new Map();

export function learnOldForms(pairs) {
  for (let i = 0; i + 1 < pairs.length; i += 2) if (!oldForms.has(pairs[i])) oldForms.set(pairs[i], pairs[i + 1]);
}

const lower = text => text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
const isSurrogate = c => c >= '\ud800' && c <= '\udfff';
const isHigh = c => c >= '\ud800' && c <= '\udbff';
const isLow = c => c >= '\udc00' && c <= '\udfff';

function scriptOf(c) {
  if (c < '\u2e80') return LATIN;
  if (c >= 'ぁ' && c <= 'ゟ') return HIRAGANA;
  return c >= '゠' && c <= 'ヿ' ? KATAKANA : KANJI;
}

const large = c => 'ぁぃぅぇぉっゃゅょゎ'.includes(c) ? String.fromCharCode(c.charCodeAt(0) + 1) : c;

function same(c) {
  if (c === 'ヴ' || c === 'ゔ') return 'ぶ';
  if (c === 'ヵ' || c === 'ゕ') return 'か';
  if (c === 'ヶ' || c === 'ゖ') return 'け';
  if (c >= 'ァ' && c <= 'ヶ') return large(String.fromCharCode(c.charCodeAt(0) - 0x60));
  if (c >= 'ぁ' && c <= 'ゖ') return large(c);
  return oldForms.get(c) ?? c;
}

const known = new Map();

// What one character folds to: {mark}, {separates}, {long} or {c, script}.
function learn(c) {
  let fold = known.get(c);
  if (fold) return fold;
  if (isSurrogate(c) || c === '・' || c === ',') fold = { long: true };
  else if (combining.test(c) || 'ﾞﾟ゛゜'.includes(c)) fold = { mark: true };
  else {
    const folded = lower(c);
    fold = folded.length !== 1 ? (folded.length === 0 ? { separates: true } : { long: true })
      : letterOrDigit.test(folded) ? { c: same(folded), script: scriptOf(folded) } : { separates: true };
  }
  known.set(c, fold);
  return fold;
}

export function fold(text) {
  const chars = [], scripts = [], starts = [], ends = [];
  function dropLongVowel() {
    const n = chars.length;
    if (n < 4 || chars[n - 1] !== 'ー' || scripts[n - 1] !== KATAKANA) return;
    for (let i = n - 4; i < n - 1; i++) if (scripts[i] !== KATAKANA) return;
    const end = ends[n - 1];
    for (const list of [chars, scripts, starts, ends]) list.pop();
    ends[n - 2] = end;
  }
  function add(c, script, start, end) {
    if (c === 'ー' && chars.length > 0 && scripts[chars.length - 1] === HIRAGANA) script = HIRAGANA;
    if (script !== KATAKANA) dropLongVowel();
    chars.push(c); scripts.push(script); starts.push(start); ends.push(end);
  }
  function addLong(piece, start, end) {
    let any = false;
    for (const rune of lower(piece)) {
      any = true;
      if (!letterOrDigit.test(rune)) add(' ', NONE, start, end);
      else if (rune.length === 1) add(same(rune), scriptOf(rune), start, end);
      else for (let i = 0; i < rune.length; i++) add(rune[i], KANJI, start, end);
    }
    if (!any) add(' ', NONE, start, end);
  }
  for (let i = 0; i < text.length;) {
    const c = text[i], f = learn(c);
    const marked = i + 1 < text.length && text[i + 1] >= '\u0300' && learn(text[i + 1]).mark === true;
    if (f.c && !marked) { add(f.c, f.script, i, ++i); continue; }
    if (c === '・' || (c === ',' && i > 0 && digit.test(text[i - 1]) && i + 1 < text.length && digit.test(text[i + 1]))) { i++; continue; }
    if (f.separates && !marked) { add(' ', NONE, i, ++i); continue; }
    let end = i + 1;
    if (isHigh(c) && end < text.length && isLow(text[end])) end++;
    while (end < text.length && learn(text[end]).mark) end++;
    addLong(text.slice(i, end), i, end);
    i = end;
  }
  dropLongVowel();
  return { chars, scripts, starts, ends, text: chars.join('') };
}

// Pairs of neighbouring characters; Latin words and numbers whole; the last character of a run.
export function* terms(folded) {
  const { chars, scripts } = folded;
  for (let next = 0; next < chars.length;) {
    if (scripts[next] === NONE) { next++; continue; }
    const place = next;
    if (scripts[next] === LATIN) {
      while (next < chars.length && scripts[next] === LATIN) next++;
      yield { kind: 'word', place, length: next - place, text: chars.slice(place, next).join(''), hiragana: false, mixed: false };
      continue;
    }
    next++;
    const pair = next < chars.length && scripts[next] > LATIN;
    const length = pair ? 2 : 1;
    yield {
      kind: pair ? 'pair' : 'tail', place, length, text: chars.slice(place, place + length).join(''), first: chars[place], second: pair ? chars[next] : '\0',
      hiragana: scripts[place] === HIRAGANA && scripts[place + length - 1] === HIRAGANA,
      mixed: pair && (scripts[place] === HIRAGANA) !== (scripts[next] === HIRAGANA),
    };
  }
}
