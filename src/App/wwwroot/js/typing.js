// Saves each question as it is typed, keeps in this browser what could not be sent, and shows who else is in the form. The form works without it.
import { addRow, enliven } from './answer.js';

const form = document.getElementById('answer');
const pause = 1500, again = 5000, beat = 10000;
const words = form.querySelector('.saved');
const store = `kyodo-typed:${form.dataset.person}:${location.pathname}`;
const dirty = new Set();
let timer = 0, running = null, leaving = false;

const keyOf = name => name.split('.')[0];
const fieldOf = key => document.getElementById(`q-${key}`);
const labelOf = key => (fieldOf(key)?.querySelector('legend, label')?.firstChild?.textContent ?? '').trim();
const say = (text, isSaved = false) => {
  words.hidden = false;
  words.classList.toggle('unsaved', !isSaved);
  words.textContent = text;
};

/** The form's fields of some questions, with the marks of the answers they were typed upon. */
function typed(keys) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (keys.has(keyOf(name)) && typeof value === 'string') data.append(name, value);
  }
  for (const key of keys) data.set(`mark.${key}`, fieldOf(key).dataset.mark);
  return data;
}

function addressed(data) {
  data.set('__RequestVerificationToken', form.elements.__RequestVerificationToken.value);
  return data;
}

function save() {
  clearTimeout(timer);
  if (dirty.size > 0 && !running) running = send().finally(() => {
    running = null;
    if (dirty.size > 0 && !leaving) timer = setTimeout(save, again);
  });
  return running ?? Promise.resolve();
}

async function send() {
  const sending = new Set(dirty);
  const data = typed(sending);
  const texts = new URLSearchParams(data).toString();
  dirty.clear();
  keep(new URLSearchParams(data));
  try {
    const answer = await fetch(`${form.dataset.autosave}?handler=Autosave`, { method: 'POST', body: addressed(data), redirect: 'manual', keepalive: texts.length < 60000 });
    if (answer.type === 'opaqueredirect') {
      sending.forEach(key => dirty.add(key));
      keep(typed(dirty), true);
      askToSignIn();
      return;
    }
    const told = await answer.json();
    say(told.said, answer.ok);
    if (answer.status === 503) sending.forEach(key => dirty.add(key));
    if (answer.status >= 500) return;
    // Whatever the server could not take it has kept as a draft.
    take(told);
  } catch {
    sending.forEach(key => dirty.add(key));
    keep(typed(dirty));
    say('保存できませんでした。書いたものはこの端末に残し、つながり次第もう一度保存します。');
  }
}

function take(told) {
  if (dirty.size === 0) forget(); else keep(typed(dirty));
  for (const [key, mark] of Object.entries(told.marks ?? {})) fieldOf(key).dataset.mark = mark;
  for (const [key, what] of Object.entries(told.large ?? {})) askWhy(fieldOf(key), what);
  if (told.address && form.dataset.autosave !== told.address) {
    form.dataset.autosave = told.address;
    form.action = told.address;
    history.replaceState(null, '', told.address);
  }
  if (told.version) {
    const seen = Number(form.elements.version.value);
    if (told.conflicts?.length || (seen > 0 && told.before !== seen)) refresh(told.conflicts ?? []);
    else form.elements.version.value = told.version;
  }
}

// A change that needs a reason shows the place for it at once; focus stays where it is.
function askWhy(field, what) {
  const why = field.querySelector('details.large');
  if (!why) return;
  const reason = why.querySelector('textarea').value.trim();
  if (what) why.open = true;
  why.querySelector('.until-submitted').hidden = !what || reason !== '';
  const line = why.querySelector('.what');
  line.hidden = !what;
  if (line.textContent !== what) line.textContent = what;
}

// What somebody else has saved comes into the questions that nobody is writing here, with a word beside it; where both have written, theirs stands
// beside and this person chooses.
async function refresh(conflicts) {
  const answer = await fetch(`${form.dataset.autosave}?handler=Now`, { redirect: 'manual' });
  if (!answer.ok) return;
  const theirs = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const version = theirs.querySelector('#answer [name=version]')?.value;
  if (!version) return;
  for (const fresh of theirs.querySelectorAll('#answer [data-key]')) {
    const key = fresh.dataset.key, mine = fieldOf(key);
    if (!mine || mine.dataset.mark === fresh.dataset.mark) continue;
    // A choice that was offered stays open until it is made, however often this is asked again.
    if (conflicts.includes(key) || dirty.has(key) || mine.querySelector('.theirs') || mine.contains(document.activeElement)) offer(key, fresh);
    else adopt(key, fresh, 'ほかの人が書き直しました。');
  }
  // While a choice is open, the whole form stays on its older version: saved as it is, it meets the page that shows both.
  if (!form.querySelector('.theirs')) form.elements.version.value = version;
}

function adopt(key, fresh, note) {
  const field = document.importNode(fresh, true);
  fieldOf(key).replaceWith(field);
  if (note) {
    const line = document.createElement('p');
    line.className = 'changed-by-others small';
    line.textContent = note;
    field.append(line);
  }
  enliven(field);
}

function offer(key, fresh) {
  const field = fieldOf(key);
  field.querySelector('.theirs')?.remove();
  const box = document.createElement('div');
  box.className = 'last-year theirs';
  box.setAttribute('role', 'status');
  const text = [...fresh.querySelectorAll('textarea, select, input:not([type=hidden])')]
    .filter(input => !['checkbox', 'radio'].includes(input.type) || input.checked).map(input => input.value).filter(value => value).join('\n');
  const [head, lines] = [document.createElement('p'), document.createElement('p')];
  head.textContent = `「${labelOf(key)}」は、ほかの人が先に保存しました。いまの内容:`;
  lines.className = 'lines';
  lines.textContent = text || '（なし）';
  box.append(head, lines, choice('いまの内容にする', () => {
    adopt(key, fresh);
    // Sent as it stands, so that the server forgets the draft of what was given up.
    dirty.add(key);
    save();
  }), choice('自分の文で保存する', () => {
    field.dataset.mark = fresh.dataset.mark;
    box.remove();
    dirty.add(key);
    save();
  }));
  dirty.delete(key);
  field.append(box);
}

function choice(text, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button secondary small';
  button.textContent = text;
  button.addEventListener('click', act);
  return button;
}

// What could not be sent stays in this browser, under this person and this case, until it is saved.
function keep(data, atOnce = false) {
  try {
    const fields = [...data].filter(([name]) => name !== '__RequestVerificationToken');
    localStorage.setItem(store, JSON.stringify({ at: new Date().toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit' }), atOnce, fields }));
  } catch {
    // A browser that keeps nothing: the warning on leaving remains.
  }
}

function forget() {
  try {
    localStorage.removeItem(store);
  } catch {
    // As above.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(store));
  } catch {
    return null;
  }
}

function restore(fields) {
  const keys = new Set(fields.map(([name]) => keyOf(name)).filter(key => key !== 'mark'));
  for (const key of keys) {
    const field = fieldOf(key);
    if (!field) continue;
    const marks = fields.find(([name]) => name === `mark.${key}`);
    const values = Map.groupBy(fields.filter(([name]) => keyOf(name) === key), ([name]) => name);
    for (const [name, given] of values) {
      const texts = given.map(([, value]) => value);
      const all = () => [...field.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const rows = all()[0]?.closest('table[data-rows]');
      while (rows && all().length < texts.length) addRow(rows);
      const inputs = all();
      inputs.filter(input => ['checkbox', 'radio'].includes(input.type)).forEach(input => { input.checked = texts.includes(input.value); });
      inputs.filter(input => !['checkbox', 'radio', 'hidden'].includes(input.type)).forEach((input, i) => {
        input.value = texts[i] ?? '';
        input.dispatchEvent(new Event('input'));
      });
    }
    // Typed upon an answer that is another now: the server finds the conflict.
    if (marks) field.dataset.mark = marks[1];
    dirty.add(key);
  }
  save();
}

function notice(text, ...buttons) {
  const box = document.createElement('div');
  box.className = 'notice warning';
  box.setAttribute('role', 'status');
  const line = document.createElement('p');
  line.textContent = text;
  box.append(line, ...buttons);
  form.before(box);
  buttons.forEach(button => button.addEventListener('click', () => box.remove()));
  return box;
}

function askToSignIn() {
  say('サインインの時間が切れました。書いたものはこの端末に残っています。');
  if (document.getElementById('sign-in-again')) return;
  const link = document.createElement('a');
  link.id = 'sign-in-again';
  link.className = 'button secondary small';
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = 'サインインして続ける';
  words.after(link);
}

// Who else is here. The first word goes out soon, so that two who open the form at once see each other.
const present = document.getElementById('presence');
async function tellPresence() {
  if (document.visibilityState !== 'visible' || form.dataset.autosave.endsWith('/new')) return;
  const data = addressed(new FormData());
  data.set('question', document.activeElement?.closest?.('[data-key]')?.dataset.key ?? '');
  try {
    const answer = await fetch(`${form.dataset.autosave}?handler=Presence`, { method: 'POST', body: data, redirect: 'manual' });
    if (!answer.ok) return;
    const told = await answer.json();
    const line = told.others.map(other => `${other.name}さんも開いています${other.question && fieldOf(other.question) ? `（「${labelOf(other.question)}」を書いています）` : ''}`).join('　');
    if (present.textContent !== line) present.textContent = line;
    if (told.version > Number(form.elements.version.value) && !running) await refresh([]);
  } catch {
    // Without a connection nobody is seen; the next beat tries again.
  }
}
setInterval(tellPresence, beat);
setTimeout(tellPresence, 1000);

form.addEventListener('input', event => {
  const key = event.target.closest('[data-key]')?.dataset.key;
  if (!key || event.target.type === 'file') return;
  dirty.add(key);
  clearTimeout(timer);
  timer = setTimeout(save, pause);
});
form.addEventListener('focusout', () => { if (dirty.size > 0) save(); });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
addEventListener('pagehide', () => { save(); });
addEventListener('online', () => { save(); });
form.addEventListener('submit', event => {
  clearTimeout(timer);
  if (leaving) return;
  event.preventDefault();
  const button = event.submitter;
  // Saved first: where the session has ended, the form would be lost on the way; and the version that it goes on top of comes back with it.
  // A form does not hear requestSubmit while it is still being submitted: the way on waits for the next turn, also where nothing is left to save.
  (running ?? Promise.resolve()).then(save).then(() => new Promise(resolve => { setTimeout(resolve); })).then(() => {
    if (document.getElementById('sign-in-again')) return;
    leaving = true;
    form.requestSubmit(button);
  });
});
for (const other of document.querySelectorAll('form')) if (other !== form) other.addEventListener('submit', () => { leaving = true; });
addEventListener('beforeunload', event => { if (!leaving && dirty.size > 0) event.preventDefault(); });

addEventListener('pageshow', event => { if (event.persisted) location.reload(); });

const before = kept();
if (before?.fields?.length) {
  if (before.atOnce) {
    restore(before.fields);
    notice(`サインインの前（${before.at}）に書いたものを、欄に戻しました。`);
  } else {
    notice(`この端末に、保存できていない文字があります（${before.at}）。`, choice('欄に戻す', () => restore(before.fields)), choice('捨てる', forget));
  }
}
