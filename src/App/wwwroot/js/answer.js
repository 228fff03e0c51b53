// Counts characters and adds rows. The form works without it; typing.js saves what is typed.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('ja', { granularity: 'grapheme' }) : null;
const lengthOf = text => segmenter ? [...segmenter.segment(text)].length : [...text].length;

/** Makes the fields of a part of the page count and grow; for those that come in later, too. */
export function enliven(root) {
  for (const input of root.querySelectorAll('[data-most]:not([data-most=""])')) countIn(input);
  for (const table of root.querySelectorAll('table[data-rows]')) growRows(table);
}

function countIn(input) {
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

/** One more blank row at the end of a table of rows. */
export function addRow(table) {
  const rows = table.tBodies[0].rows;
  const row = rows[rows.length - 1].cloneNode(true);
  row.hidden = false;
  for (const input of row.querySelectorAll('input, select')) {
    input.value = '';
    input.removeAttribute('id');
    input.setAttribute('aria-label', input.getAttribute('aria-label').replace(/^\d+/, rows.length + 1));
  }
  table.tBodies[0].append(row);
  return row;
}

function growRows(table) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button secondary small';
  button.textContent = '行を加える';
  button.addEventListener('click', () => {
    const rows = table.tBodies[0].rows;
    const waiting = [...rows].find(row => row.hidden);
    if (waiting) {
      waiting.hidden = false;
      waiting.querySelector('input, select').focus();
      return;
    }
    addRow(table).querySelector('input').focus();
  });
  table.after(button);
  // One blank row is enough where another can be had; those behind it wait, and come forth when something is put into them.
  const blank = [...table.tBodies[0].rows].filter(row => [...row.querySelectorAll('input, select')].every(input => !input.value));
  for (const row of blank.slice(1)) row.hidden = true;
  // A restored text comes with an event that does not bubble.
  table.addEventListener('input', event => { if (event.target.value) event.target.closest('tr').hidden = false; }, { capture: true });
}

enliven(document);
document.querySelector('.error-summary')?.focus();
