// Search on the site as files: draws over the list of all cases what the address asks for. Without it the list and its pages stand as they are.
import { Index } from './static-search/index.js';
import { Highlight } from './static-search/query.js';

const here = new URL('./', document.querySelector('form.search-box, form[role=search]').action.replace(/\?.*/, ''));
const root = new URL('../', new URL('./', import.meta.url));
const en = document.documentElement.lang === 'en';
const say = (ja, english) => en ? english : ja;
const number = count => count.toLocaleString('en-US');
const size = 20;
const sample = '（見本）';
const facetNames = {
  programme: say('制度', 'Programme'), year: say('年度', 'Fiscal year'), form: say('協働形態', 'Form'), partner: say('相手方', 'Partners'), theme: say('分野', 'Field'),
  municipality: say('市町村', 'Municipality'), unit: say('部局', 'Department'), bureau: say('地域振興局', 'Regional bureau'), status: say('新規・継続・終了', 'New, continued, ended'),
  evaluated: say('協働評価', 'Evaluation'), best: say('優良事例選定', 'Selection'),
};
const statuses = { new: say('新規', 'New'), continued: say('継続', 'Continued'), ended: say('終了', 'Ended') };

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

const marked = found => found.map(([text, isMarked]) => isMarked ? element('mark', {}, text) : text);

function yearWords(year) {
  const [name, letter, first] = [['令和', 'R', 2019], ['平成', 'H', 1989], ['昭和', 'S', 1926]].find(([, , begin]) => year >= begin) ?? ['', '', 0];
  const no = year - first + 1, japanese = name ? `${name}${no === 1 ? '元' : no}年度` : `${year}年度`;
  return en ? `FY${year} (${japanese})` : name ? `${japanese}（${year}年度）` : japanese;
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const filters = {};
  for (const name of Object.keys(facetNames)) filters[name] = [...new Set(asked.getAll(name).map(value => value.trim()).filter(value => value.length > 0))].slice(0, 20);
  return { text: (asked.get('q') ?? '').slice(0, 200), filters, order: asked.get('sort') ?? '', page: Math.max(1, Number.parseInt(asked.get('page') ?? '1', 10) || 1), table: asked.get('view') === 'table' };
}

function address(query, change = {}) {
  const wanted = { ...query, page: 1, ...change }, asked = new URLSearchParams();
  if (wanted.text) asked.set('q', wanted.text);
  for (const [name, values] of Object.entries(wanted.filters)) for (const value of values) asked.append(name, value);
  if (wanted.order) asked.set('sort', wanted.order);
  if (wanted.page > 1) asked.set('page', wanted.page);
  if (wanted.table) asked.set('view', 'table');
  const text = asked.toString();
  return here.pathname + (text ? `?${text}` : '');
}

const withFilter = (query, name, values) => {
  const filters = { ...query.filters, [name]: values };
  // A form's number means nothing without its programme.
  if (name === 'programme' && values.length === 0) filters.form = [];
  return address(query, { filters });
};

const isChosen = (query, name, one) => query.filters[name].includes(one.value) && (!one.programme || query.filters.programme.length === 0 || query.filters.programme[0] === one.programme);
const valueName = (name, one) => name === 'year' ? yearWords(Number(one.value)) : name === 'status' ? statuses[one.value] ?? one.value : en ? one.en : one.ja;

function facets(query, found) {
  return found.facets.filter(facet => facet.values.length > 0).map(facet => {
    const link = one => element('li', {}, element('a', {
      href: isChosen(query, facet.name, one) ? withFilter(query, facet.name, query.filters[facet.name].filter(value => value !== one.value))
        : withFilter(one.programme ? { ...query, filters: { ...query.filters, programme: [one.programme] } } : query, facet.name, [one.value]),
      'aria-current': isChosen(query, facet.name, one) ? 'true' : null,
    }, element('span', {}, valueName(facet.name, one)), element('span', { class: 'count' }, number(one.count))));
    const first = facet.values.filter((one, i) => i < 8 || isChosen(query, facet.name, one)), others = facet.values.filter(one => !first.includes(one));
    return element('section', { class: 'facet' }, element('h2', {}, facetNames[facet.name]), element('ul', {}, first.map(link)),
      others.length === 0 ? null : element('details', { class: 'more' }, element('summary', {}, say(`ほか${others.length}`, `${others.length} more`)), element('ul', {}, others.map(link))));
  });
}

function title(text, highlight) {
  const isSample = text.endsWith(sample), words = isSample ? text.slice(0, -sample.length) : text;
  return [...marked(highlight.of(words)), isSample ? element('span', { class: 'badge sample in-title' }, sample) : null];
}

const caseAddress = card => new URL(`${en ? 'en' : '.'}${card.path}/`, root).pathname;

function who(card) {
  const names = card.partners.map(partner => partner.name);
  if (card.government_name) card = { ...card, unit_name: `${card.government_name} ${card.unit_name}` };
  if (names.length === 0) return card.unit_name;
  return names.length <= 2 ? `${card.unit_name} × ${names.join(say('、', ', '))}` : `${card.unit_name} × ${names[0]}${say(` ほか${names.length - 1}団体`, ` and ${names.length - 1} others`)}`;
}

function cardOf({ card, photo, rest }, highlight, asked) {
  let passage = null;
  if (asked && !highlight.marks(card.title) && !highlight.marks(card.summary)) {
    let most = 0;
    for (const line of rest.split('\n')) {
      const weight = highlight.weight(line);
      if (weight > most) [passage, most] = [line, weight];
    }
  }
  const content = en ? 'ja' : null;
  return element('li', {}, element('article', { class: 'case-card' },
    photo ? element('div', { class: 'case-photo' }, element('img', { src: new URL(photo.replace(/^\//, ''), root).pathname, alt: '', width: 480, height: Math.trunc(480 * card.photo.height / Math.max(1, card.photo.width)), loading: 'lazy' })) : null,
    card.status === 'new' || card.status === 'ended' ? element('p', { class: 'case-badges' }, element('span', { class: card.status === 'new' ? 'badge new' : 'badge' }, statuses[card.status])) : null,
    element('h3', { lang: content }, element('a', { href: caseAddress(card) }, title(card.title, highlight))),
    element('p', { class: 'case-summary', lang: content }, marked(highlight.snippet(card.summary))),
    passage ? element('p', { class: 'case-who' }, say('本文から', 'In the text'), ': ', marked(highlight.snippet(passage, 80))) : null,
    element('p', { class: 'case-who', lang: content }, who(card)),
    element('ul', { class: 'chips' }, [yearWords(card.year), say(card.form_ja, card.form_en), ...card.municipalities.slice(0, 3)].map(text => element('li', {}, element('span', { class: 'chip' }, text))))));
}

function table(cards, highlight) {
  const heads = [say('事業名', 'Title'), say('年度', 'Year'), say('担当', 'Unit'), say('形態', 'Form'), say('相手方', 'Partners')];
  return element('div', { class: 'table-scroll', role: 'region', tabindex: '0', 'aria-label': say('事例の一覧', 'List of cases') }, element('table', { class: 'table' },
    element('thead', {}, element('tr', {}, heads.map(text => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, cards.map(({ card }) => element('tr', {}, element('th', { scope: 'row' }, element('a', { href: caseAddress(card) }, title(card.title, highlight))),
      element('td', { class: 'nowrap' }, yearWords(card.year)), element('td', {}, card.unit_name), element('td', {}, say(card.form_ja, card.form_en)), element('td', {}, who({ ...card, unit_name: '' }).replace(/^ × /, '')))))));
}

function pagination(query, page, pages) {
  if (pages <= 1) return null;
  const link = (to, text, attributes = {}) => element('li', {}, element('a', { href: address(query, { page: to }), ...attributes }, text));
  const items = page > 1 ? [link(page - 1, say('前へ', 'Previous'), { rel: 'prev' })] : [];
  let last = 0;
  for (let one = 1; one <= pages; one++) {
    if (one !== 1 && one !== pages && Math.abs(one - page) > 1) continue;
    if (one > last + 1) items.push(element('li', {}, element('span', { 'aria-hidden': 'true' }, '…')));
    items.push(link(one, String(one), { 'aria-current': one === page ? 'page' : null, 'aria-label': say(`${one}ページ`, `Page ${one}`) }));
    last = one;
  }
  if (page < pages) items.push(link(page + 1, say('次へ', 'Next'), { rel: 'next' }));
  return element('nav', { class: 'pagination', 'aria-label': say('ページ', 'Pages') }, element('ul', {}, items));
}

function howRead(understood) {
  if (understood.without) return say('囲んだ言葉をそのまま含む事例はありませんでした。近い事例を並べています。', 'No case holds the quoted words as they stand: the nearest are listed.');
  if (understood.partly) return say('すべての言葉に合う事例はありませんでした。一部の言葉に合う事例を並べています。', 'No case holds all the words: those that hold some are listed.');
  return understood.years?.length ? say(`${understood.years.map(yearWords).join('、')}の事例からさがしました。`, `Searched among the cases of ${understood.years.map(yearWords).join(', ')}.`) : null;
}

function chips(query, found) {
  const off = () => [' ', element('span', { 'aria-hidden': 'true' }, '×'), element('span', { class: 'visually-hidden' }, say('を外す', ', take off'))];
  const items = [];
  if (query.text.trim()) items.push(element('li', {}, element('a', { class: 'chip', href: address(query, { text: '' }) }, `${say('ことば', 'Words')}: ${query.text}`, off())));
  for (const [name, values] of Object.entries(query.filters)) {
    for (const value of values) {
      const known = found.facets.filter(facet => facet.name === name || (name === 'unit' && facet.name === 'bureau')).flatMap(facet => facet.values).find(one => one.value === value);
      items.push(element('li', {}, element('a', { class: 'chip', href: withFilter(query, name, values.filter(one => one !== value)) }, known ? valueName(name, known) : value, off())));
    }
  }
  return items.length === 0 ? null : element('ul', { class: 'chips' }, items, element('li', {}, element('a', { class: 'button quiet small', href: here.pathname }, say('すべて外す', 'Take all off'))));
}

async function draw() {
  const query = readAddress();
  const result = document.querySelector('section[aria-labelledby=result]');
  document.getElementById('q').value = query.text;
  const count = result.querySelector('[role=status]');
  count.textContent = say('さがしています…', 'Searching…');
  const index = await Index.open(new URL('search/', root));
  const found = await index.find(query), asked = query.text.trim().length > 0;
  const pages = Math.max(1, Math.ceil(found.rows.length / size)), page = Math.min(query.page, pages);
  const cards = await index.cards(found.rows.slice((page - 1) * size, page * size)), highlight = new Highlight(query.text);
  const orders = [['relevance', say('関連の高い順', 'Best match')], ['newest', say('新しい順', 'Newest')], ['title', say('事業名順', 'Title')]].filter(([order]) => order !== 'relevance' || asked);
  count.replaceChildren(element('strong', {}, number(found.rows.length)), say('件の事例', found.rows.length === 1 ? ' case' : ' cases') + (pages > 1 ? say(`（${page}／${pages}ページ）`, ` (page ${page} of ${pages})`) : ''));
  const views = [[false, say('カード', 'Cards')], [true, say('表', 'Table')]].map(([asTable, text]) => element('a', { href: address(query, { table: asTable, page }), 'aria-current': asTable === query.table ? 'true' : null }, text));
  result.querySelector('.view-switch').replaceChildren(...views);
  const head = result.querySelector('.result-head'), read = howRead(found.understood);
  while (head.nextSibling) head.nextSibling.remove();
  result.append(...[
    chips(query, found), read ? element('p', { class: 'how-read' }, read) : null,
    found.rows.length === 0 ? element('div', { class: 'empty' }, element('h2', {}, say('合う事例がありません', 'No case fits')), element('p', {}, say('しぼりこみを外すか、別の言葉でお試しください。', 'Take off a filter or try other words.')), element('a', { class: 'button secondary', href: here.pathname }, say('すべての事例を見る', 'See all cases')))
      : element('nav', { class: 'sort-switch', 'aria-label': say('並べかえ', 'Order') }, element('span', {}, say('並べかえ', 'Order')), element('ul', {}, orders.map(([order, text]) => element('li', {}, element('a', { href: address(query, { order }), 'aria-current': order === found.order ? 'true' : null }, text))))),
    found.rows.length === 0 ? null : query.table ? table(cards, highlight) : element('ul', { class: 'cards one' }, cards.map(card => cardOf(card, highlight, asked))),
    pagination(query, page, pages),
  ].filter(part => part !== null));
  for (const side of document.querySelectorAll('.facets-wide, .facets-sheet')) {
    const summary = side.querySelector(':scope > summary');
    side.replaceChildren(...[summary, ...facets(query, found)].filter(part => part));
  }
  if (asked) document.title = document.title.replace(/^[^|]*/, say(`「${query.text.trim()}」の事例 ${found.rows.length}件 `, `Cases: ${query.text.trim()} (${found.rows.length}) `));
}

if (location.search.length > 1 && document.querySelector('section[aria-labelledby=result]')) {
  draw().catch(problem => {
    console.error(problem);
    document.querySelector('[role=status]').textContent = say('いまは検索できません。年度版の一覧からお探しください。', 'Search does not work now. The editions list all cases.');
  });
}
