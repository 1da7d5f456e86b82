// All units: counts that filter when chosen, a search box, and a table of which one sheet is in the page at a time.

const SHEET = 50;
const NUMBERS = ['missing', 'overdue', 'called'];

/** What the table and the filters need of each unit, computed once. */
const LINES = DATA.units.map(function (unit, index) {
  const truths = unit.truths || '';
  const categories = DATA.categories.map(function (category) {
    return truths ? truths.charAt(SCREENING.roots[category[0]]) : 'U';
  });
  return {
    index: index, id: unit.id, name: unit.name, kind: unit.kind, verdict: unit.verdict, categories: categories,
    missing: (unit.missing || []).length, overdue: unit.overdue || 0, called: unit.called || 0, problems: (unit.problems || []).length,
    text: (unit.id + '\n' + unit.name).toLowerCase(),
  };
});
const HAS_DUTIES = DATA.units.some(function (unit) { return unit.duties; });
const ORDER = new Map(DATA.verdicts.map(function (entry, i) { return [entry[0], i]; }));

function matching(query) {
  const wanted = (query.q || '').trim().toLowerCase();
  const category = query.category === undefined ? -1 : +query.category;
  const found = LINES.filter(function (line) {
    return (!query.verdict || line.verdict === query.verdict) && (query.kind === undefined || line.kind === +query.kind) &&
      (category < 0 || line.categories[category] === (query.holds || 'T')) && (!wanted || line.text.indexOf(wanted) >= 0);
  });
  const key = query.sort;
  if (key) {
    const up = query.down ? -1 : 1;
    const value = function (line) { return key === 'verdict' ? ORDER.get(line.verdict) : line[key]; };
    found.sort(function (a, b) {
      const x = value(a), y = value(b);
      return x < y ? -up : x > y ? up : a.index - b.index;
    });
  }
  return found;
}

function overview(query) {
  const state = Object.assign({}, query);
  const results = el('div', { class: 'results' });
  const status = el('p', { class: 'found', role: 'status' });
  const filters = el('div', { class: 'filters' });
  const tiles = el('ul', { class: 'tiles', 'aria-label': T('by-verdict') });
  const bars = el('ul', { class: 'bars', 'aria-label': T('by-category') });

  function go(change) {
    Object.assign(state, { page: undefined }, change);
    keep('units', state);
    show();
  }

  function show(print) {
    const begin = performance.now();
    const found = matching(state);
    const pages = Math.max(1, Math.ceil(found.length / SHEET));
    const page = Math.min(Math.max(+state.page || 1, 1), pages);
    const lines = print === true ? found : found.slice((page - 1) * SHEET, page * SHEET);
    empty(status).appendChild(document.createTextNode(T('found', { n: found.length, all: LINES.length })));
    empty(results);
    append(results, [found.length ? unitTable(lines, state, go) : el('p', { class: 'none' }, T('nothing-found')),
      pages > 1 && print !== true ? pager(page, pages, go) : null]);
    press(tiles, state.verdict);
    press(bars, state.category === undefined ? undefined : state.category + (state.holds || 'T'));
    results.setAttribute('data-milliseconds', (performance.now() - begin).toFixed(2));
  }

  DATA.verdicts.forEach(function (entry) {
    const n = LINES.filter(function (line) { return line.verdict === entry[0]; }).length;
    append(tiles, el('li', null, toggle('tile', entry[0], [verdict(entry[0]), el('span', { class: 'count' }, T('units', { n: n }))], function () {
      go({ verdict: state.verdict === entry[0] ? undefined : entry[0] });
    })));
  });
  DATA.categories.forEach(function (category, i) {
    append(bars, categoryBar(category, i, function (letter) {
      const same = +state.category === i && (state.holds || 'T') === letter;
      go({ category: same ? undefined : i, holds: same || letter === 'T' ? undefined : letter });
    }));
  });

  const search = el('input', { id: 'search', type: 'search', autocomplete: 'off', value: state.q || '', placeholder: T('search-hint') });
  search.addEventListener('input', function () { go({ q: search.value || undefined }); });
  const kinds = chooser('kind', T('all-kinds'), DATA.kinds, state.kind, function (value) { go({ kind: value }); });
  append(filters, [el('label', { for: 'search' }, T('search')), search, el('label', { for: 'kind' }, T('kind')), kinds,
    el('button', { type: 'button', class: 'clear', onClick: function () {
      search.value = '';
      kinds.value = '';
      go({ q: undefined, kind: undefined, verdict: undefined, category: undefined, holds: undefined });
    } }, T('clear-filters'))]);
  show();
  return {
    title: T('overview'),
    node: [el('h1', { tabindex: '-1' }, T('overview')), el('p', { class: 'closing' }, DATA.head.closing), problemList(DATA.head.problems),
      el('div', { class: 'summary' }, el('section', { 'aria-labelledby': 'by-verdict' }, el('h2', { id: 'by-verdict' }, T('by-verdict')), tiles),
        DATA.categories.length ? el('section', { 'aria-labelledby': 'by-category' }, el('h2', { id: 'by-category' }, T('by-category')), bars) : null),
      el('section', { 'aria-labelledby': 'all-units' }, el('h2', { id: 'all-units' }, T('all-units')), filters, status, results)],
    print: function (on) { show(on); },
  };
}

function toggle(name, value, content, chosen) {
  return el('button', { type: 'button', class: name, 'data-value': value, 'aria-pressed': 'false', onClick: chosen }, content);
}

function press(list, value) {
  list.querySelectorAll('button').forEach(function (button) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-value') === String(value)));
  });
}

/** How many units a category holds for, and how many it may hold for; each count filters. */
function categoryBar(category, i, chosen) {
  const counts = { T: 0, U: 0, W: 0 };
  LINES.forEach(function (line) {
    if (line.verdict !== 'out_of_scope' && line.categories[i] !== 'F') counts[line.categories[i]] += 1;
  });
  const most = Math.max(1, LINES.length);
  const bar = draw('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    draw('rect', { width: 100, height: 8, class: 'rail' }), draw('rect', { width: 100 * counts.T / most, height: 8, class: 'holds' }),
    draw('rect', { x: 100 * counts.T / most, width: 100 * counts.U / most, height: 8, class: 'open' }),
    draw('rect', { x: 100 * (counts.T + counts.U) / most, width: 100 * counts.W / most, height: 8, class: 'hidden-part' }));
  return el('li', null, el('span', { class: 'bar-name' }, DATA.rules[category[0]][1]), bar, el('span', { class: 'bar-counts' },
    ['T', 'U', 'W'].filter(function (letter) { return letter === 'T' || counts[letter]; }).map(function (letter) {
      return toggle('bar-count', i + letter, [shape(TRUTH[letter]), T('category-' + TRUTH[letter], { n: counts[letter] })], function () { chosen(letter); });
    })));
}

function chooser(id, all, names, value, chosen) {
  const select = el('select', { id: id }, el('option', { value: '' }, all), names.map(function (name, i) {
    return el('option', { value: String(i), selected: value !== undefined && +value === i }, name);
  }));
  select.addEventListener('change', function () { chosen(select.value === '' ? undefined : select.value); });
  return select;
}

function unitTable(lines, state, go) {
  const columns = [['id', 'id'], ['name', 'unit'], ['kind', 'kind'], ['verdict', 'verdict'], [null, 'categories'], ['missing', 'missing']]
    .concat(HAS_DUTIES ? [['overdue', 'overdue'], ['called', 'called']] : []);
  const head = columns.map(function (column) {
    const key = column[0], words = T('column-' + column[1]);
    if (!key) return el('th', { scope: 'col' }, words);
    const right = NUMBERS.indexOf(key) >= 0;
    const sorted = state.sort === key;
    return el('th', { scope: 'col', class: right ? 'number' : null, 'aria-sort': sorted ? (state.down ? 'descending' : 'ascending') : null },
      el('button', { type: 'button', class: 'sort', onClick: function () {
        go({ sort: sorted && state.down ? undefined : key, down: sorted && !state.down ? '1' : undefined });
        const again = document.querySelector('.units thead [data-key="' + key + '"]');
        if (again) again.focus();
      }, 'data-key': key }, words, el('span', { class: 'arrow', 'aria-hidden': 'true' }, sorted ? (state.down ? '▼' : '▲') : '')));
  });
  const body = lines.map(function (line) {
    const holding = line.categories.map(function (letter, i) { return [letter, DATA.rules[DATA.categories[i][0]][1]]; });
    const names = holding.filter(function (one) { return one[0] === 'T'; }).map(function (one) { return one[1]; });
    const open = holding.filter(function (one) { return one[0] === 'U'; }).length, hidden = holding.filter(function (one) { return one[0] === 'W'; }).length;
    const notes = line.verdict === 'out_of_scope' ? [] : [open ? el('span', { class: 'open-count' }, T('open-categories', { n: open })) : null,
      hidden ? el('span', { class: 'open-count is-withheld' }, T('hidden-categories', { n: hidden })) : null].filter(Boolean);
    return el('tr', null, el('td', null, said(line.id)), el('th', { scope: 'row' }, el('a', { href: '#unit=' + encodeURIComponent(line.id) }, said(line.name || line.id))),
      el('td', null, line.kind < 0 ? T('truth.unknown') : DATA.kinds[line.kind]),
      el('td', null, verdict(line.verdict)),
      el('td', { class: 'wide' }, names.length && line.verdict !== 'out_of_scope' ? el('span', { class: 'names' }, names.join(COMMA)) : notes.length ? null : T('none'), notes),
      el('td', { class: 'number' }, String(line.missing)),
      HAS_DUTIES ? [el('td', { class: 'number' }, String(line.overdue)), el('td', { class: 'number' }, String(line.called))] : null);
  });
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': T('all-units') },
    el('table', { class: 'units' }, el('thead', null, el('tr', null, head)), el('tbody', null, body)));
}

function pager(page, pages, go) {
  function to(n, words, rel) {
    return el('button', { type: 'button', disabled: n < 1 || n > pages, 'data-page': rel, onClick: function () {
      go({ page: n === 1 ? undefined : n });
      const there = document.querySelector('.pager [data-page=' + rel + ']');
      if (there) (there.disabled ? there.parentNode.querySelector('button:not([disabled])') : there).focus();
    } }, words);
  }
  return el('nav', { class: 'pager', 'aria-label': T('pages') }, to(page - 1, T('previous'), 'previous'),
    el('span', null, T('page-of', { page: page, pages: pages })), to(page + 1, T('next'), 'next'));
}

function problemList(problems) {
  if (!problems || !problems.length) return null;
  return el('details', { class: 'problems' }, el('summary', null, T('problems', { n: problems.length })),
    el('ul', null, problems.map(function (problem) {
      return el('li', null, problem[0] ? [el('code', { class: 'cell' }, problem[0]), COLON] : null, problem[1]);
    })));
}
