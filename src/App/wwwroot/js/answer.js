// Counts characters, saves the answer as it is typed and warns before unsaved text is lost. The form works without any of it.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('ja', { granularity: 'grapheme' }) : null;
const lengthOf = text => segmenter ? [...segmenter.segment(text)].length : [...text].length;

for (const input of document.querySelectorAll('[data-most]:not([data-most=""])')) {
  const most = Number(input.dataset.most);
  const counter = document.getElementById(`${input.id}-c`) ?? addCounter(input);
  const count = () => {
    const length = lengthOf(input.value.trim());
    counter.textContent = length > most ? `${length} / ${most}字（${length - most}字多い）` : `${length} / ${most}字`;
    counter.classList.toggle('over', length > most);
  };
  input.addEventListener('input', count);
  count();
}

function addCounter(input) {
  const counter = document.createElement('p');
  counter.className = 'counter';
  input.after(counter);
  return counter;
}

for (const table of document.querySelectorAll('table[data-rows]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button secondary small';
  button.textContent = '行を加える';
  button.addEventListener('click', () => {
    const rows = table.tBodies[0].rows;
    const row = rows[rows.length - 1].cloneNode(true);
    for (const input of row.querySelectorAll('input, select')) {
      input.value = '';
      input.removeAttribute('id');
      input.setAttribute('aria-label', input.getAttribute('aria-label').replace(/^\d+/, rows.length + 1));
    }
    table.tBodies[0].append(row);
    row.querySelector('input').focus();
  });
  table.after(button);
}

const form = document.getElementById('answer');
if (form) {
  const pause = 4000;
  const saved = form.querySelector('.saved');
  let typed = 0, kept = 0, timer = 0, running = null, stopped = false, leaving = false;

  const say = words => {
    saved.hidden = false;
    saved.textContent = words;
  };

  const save = () => {
    clearTimeout(timer);
    if (!running && !stopped && typed !== kept) running = send();
  };

  const send = async () => {
    const saving = typed;
    try {
      const answer = await fetch(`${form.dataset.autosave}?handler=Autosave`, { method: 'POST', body: new FormData(form), redirect: 'manual' });
      if (answer.type === 'opaqueredirect') {
        say('サインインの時間が切れました。別のタブでサインインすると、続けて保存できます。');
        return;
      }
      const told = await answer.json();
      say(told.said);
      if (answer.ok) {
        kept = saving;
        form.elements.version.value = told.version;
        if (form.dataset.autosave !== told.address) {
          form.dataset.autosave = told.address;
          form.action = told.address;
          history.replaceState(null, '', told.address);
        }
      }
      stopped = answer.status === 409;
    } catch {
      say('保存できませんでした。つながり次第、もう一度保存します。');
    } finally {
      running = null;
      if (!leaving && !stopped && typed !== kept) timer = setTimeout(save, pause);
    }
  };

  form.addEventListener('input', () => {
    typed++;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save();
  });
  form.addEventListener('submit', event => {
    leaving = true;
    clearTimeout(timer);
    if (running) {
      // The answer to the save under way brings the version that this one goes on top of.
      event.preventDefault();
      running.finally(() => setTimeout(() => form.requestSubmit()));
    }
  });
  for (const other of document.querySelectorAll('form')) other.addEventListener('submit', () => { leaving = true; });
  addEventListener('beforeunload', event => {
    if (!leaving && typed !== kept) event.preventDefault();
  });
  document.querySelector('.error-summary')?.focus();
}
