// Suggestions under the search box while typing: a combobox that arrows walk through. The form works without it, and Enter alone searches as ever.
const input = document.querySelector('input[data-suggest]');
const pause = 120;
const kinds = document.documentElement.lang === 'en'
  ? { word: 'word', theme: 'field', municipality: 'municipality', unit: 'unit', partner: 'partner', title: 'case' }
  : { word: '言葉', theme: '分野', municipality: '市町村', unit: '担当', partner: '相手方', title: '事例' };

if (input) {
  const list = document.createElement('ul');
  const row = input.closest('.search-row');
  let items = [], chosen = -1, timer = 0, asking = null, composing = false;
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', document.documentElement.lang === 'en' ? 'Suggestions' : '候補');
  list.hidden = true;
  row.append(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id], ['autocomplete', 'off']]) input.setAttribute(name, value);

  // An answer that comes after the reader went on (typed, closed, chose) must not take the list over.
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
  };

  const close = () => {
    forget();
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = place => {
    chosen = place;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === place)));
    if (place < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', list.children[place].id);
      list.children[place].scrollIntoView({ block: 'nearest' });
    }
  };

  const show = found => {
    items = found;
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const text = document.createElement('span');
      text.textContent = item.text;
      text.lang = 'ja';
      const kind = document.createElement('span');
      kind.className = 'suggestion-kind';
      kind.textContent = `${kinds[item.kind]} ${item.count.toLocaleString()}`;
      option.append(text, kind);
      option.addEventListener('pointerdown', event => event.preventDefault());
      option.addEventListener('click', () => { location.href = item.url; });
      return option;
    }));
    chosen = -1;
    list.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
    input.removeAttribute('aria-activedescendant');
  };

  const ask = async () => {
    const typed = input.value.trim();
    if (!typed) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}&q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).items);
    } catch {
      // Not reached, or typed on: the form searches all the same.
    }
  };

  const later = () => {
    forget();
    timer = setTimeout(ask, pause);
  };

  input.addEventListener('compositionstart', () => { composing = true; });
  input.addEventListener('compositionend', () => { composing = false; later(); });
  input.addEventListener('input', later);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', event => {
    // While a word is being converted the keys are the converter's.
    if (composing || event.isComposing) return;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose((chosen + 1 + step + items.length + 1) % (items.length + 1) - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.href = items[chosen].url;
    }
  });
}
