// Keeps the board right while answers arrive: asks for its part every few seconds, changes only the rows that changed, and says what did.
// Focus, scroll and folded groups stay. It rests while the tab is hidden and when nobody has touched the page for a while.
const pause = 5000;
const patience = 20 * 60 * 1000;
const board = document.getElementById('board');
const said = document.getElementById('board-said');
const folded = new Set(JSON.parse(sessionStorage.getItem(`folded:${location.pathname}`) ?? '[]'));
let timer = 0, touched = Date.now(), asking = false, over = false;

function fold() {
  for (const body of board.querySelectorAll('.tree tbody')) {
    const head = body.rows[0];
    if (body.rows.length < 2) continue;
    const below = head.querySelector('[data-below]');
    let button = head.querySelector('.fold');
    if (!button) {
      button = document.createElement('button');
      button.type = 'button';
      button.className = 'fold';
      button.id = `f-${head.id}`;
      button.setAttribute('aria-label', `${head.cells[0].firstChild.textContent}の下の組織`);
      below.before(button);
    }
    const open = !folded.has(head.id);
    button.setAttribute('aria-expanded', open);
    for (const row of [...body.rows].slice(1)) row.hidden = !open;
  }
}

board.addEventListener('click', event => {
  const button = event.target.closest('.fold');
  if (!button) return;
  const id = button.closest('tr').id;
  if (!folded.delete(id)) folded.add(id);
  sessionStorage.setItem(`folded:${location.pathname}`, JSON.stringify([...folded]));
  fold();
});

const states = root => new Map([...root.querySelectorAll('tr[data-state]')].map(row => [row.id, row]));

function changes(before, after) {
  const words = [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (old && old.dataset.state !== row.dataset.state) words.push(`${row.dataset.name}: ${row.cells[1].textContent.trim()}`);
  }
  return words;
}

function swap(html) {
  const fresh = document.createElement('div');
  fresh.innerHTML = html;
  const words = changes(states(board), states(fresh));
  const focus = board.contains(document.activeElement) ? document.activeElement.id : '';
  const changed = new Set([...fresh.querySelectorAll('tr[data-state]')].filter(row => board.querySelector(`#${row.id}`)?.dataset.state !== row.dataset.state).map(row => row.id));
  const [x, y] = [scrollX, scrollY];
  board.replaceChildren(...fresh.childNodes);
  fold();
  for (const id of changed) document.getElementById(id)?.classList.add('changed');
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  scrollTo({ left: x, top: y, behavior: 'instant' });
  if (words.length > 0) said.textContent = words.length > 3 ? `${words.slice(0, 3).join('、')}、ほか${words.length - 3}組織が変わりました。` : `${words.join('、')}。`;
}

async function ask() {
  if (asking || over) return;
  asking = true;
  try {
    const answer = await fetch(board.dataset.part, { headers: { 'If-None-Match': board.dataset.tag }, cache: 'no-store', redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || answer.status === 404) {
      over = true;
      said.textContent = '自動の更新を終えました。ページを読み込み直してください。';
    } else if (answer.status === 200) {
      swap(await answer.text());
      board.dataset.tag = answer.headers.get('ETag') ?? '';
    }
  } catch {
    // No connection for a moment: the next time will do.
  } finally {
    asking = false;
    plan();
  }
}

function plan() {
  clearTimeout(timer);
  if (!over && document.visibilityState === 'visible' && Date.now() - touched < patience) timer = setTimeout(ask, pause);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') ask();
  else clearTimeout(timer);
});
for (const kind of ['pointerdown', 'keydown', 'scroll']) {
  addEventListener(kind, () => {
    const asleep = Date.now() - touched >= patience;
    touched = Date.now();
    if (asleep) ask();
  }, { passive: true });
}
fold();
plan();
