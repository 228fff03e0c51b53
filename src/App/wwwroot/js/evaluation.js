// Saves each answer as it is chosen. The form works without it: its buttons save and send.
const form = document.getElementById('evaluation');
const words = document.querySelector('.progress-line .saved');
const bar = document.querySelector('.progress-line progress');
const count = document.querySelector('.progress-line [data-count]');
const token = form.elements.__RequestVerificationToken.value;
let running = Promise.resolve();

const say = (text, isSaved) => {
  words.hidden = false;
  words.classList.toggle('unsaved', !isSaved);
  words.textContent = text;
};

function done() {
  const names = new Set([...form.querySelectorAll('.criterion input[type=radio]')].map(one => one.name));
  const given = [...names].filter(name => form.querySelector(`input[name="${name}"]:checked`)).length;
  bar.value = given;
  count.textContent = `${names.size}問のうち${given}問`;
}

async function send(names) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) if (names.includes(name)) data.append(name, value);
  // An emptied line is an answer, too.
  for (const name of names) if (!data.has(name)) data.append(name, '');
  data.set('__RequestVerificationToken', token);
  try {
    const answer = await fetch(`${form.dataset.save}`, { method: 'POST', body: data, redirect: 'manual', headers: { accept: 'application/json' } });
    if (answer.type === 'opaqueredirect') return say('時間がたったため、保存できませんでした。メールのリンクからもう一度お入りください。', false);
    const told = await answer.json();
    say(told.said, answer.ok);
  } catch {
    say('保存できませんでした。電波の届くところで、もう一度選んでください。', false);
  }
}

const later = names => { running = running.then(() => send(names)); };

form.addEventListener('change', event => {
  if (!event.target.name || event.target.name.startsWith('__')) return;
  done();
  later([event.target.name]);
});
form.addEventListener('submit', () => { words.hidden = true; });
done();
