// Small pieces that several views show: marks, clauses, cells, tables.

/** A shape and a word for a truth: the shape differs, not the colour alone. */
function mark(truth, word) {
  return el('span', { class: 'mark is-' + truth }, shape(truth), word === undefined ? T('truth.' + truth) : word);
}

function shape(truth) {
  const svg = draw('svg', { class: 'shape', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' });
  truthShape(svg, truth, 8, 8);
  return svg;
}

function truthShape(svg, truth, x, y) {
  const at = { transform: 'translate(' + x + ' ' + y + ')', class: 'glyph is-' + truth };
  const g = draw('g', at);
  if (truth === 'true') {
    append(g, [draw('circle', { r: 6.5, class: 'solid' }), draw('path', { d: 'M-3 0L-1 2.4L3.2 -2.4', class: 'cut' })]);
  } else if (truth === 'false') {
    append(g, [draw('circle', { r: 5.8, class: 'line' }), draw('path', { d: 'M-3 -3L3 3M3 -3L-3 3', class: 'line' })]);
  } else if (truth === 'unknown') {
    append(g, [draw('path', { d: 'M0 -7L7 0L0 7L-7 0Z', class: 'line' }), draw('path', { d: 'M-1.9 -1.4A1.9 1.9 0 1 1 0 .7V1.6M0 3.4V4.2', class: 'line' })]);
  } else {
    append(g, [draw('rect', { x: -6, y: -6, width: 12, height: 12, class: 'line' }), draw('path', { d: 'M-6 2L2 -6M-6 6L6 -6M-2 6L6 -2', class: 'line' })]);
  }
  append(svg, g);
}

const VERDICT_SHAPE = { weak: 'true', not_weak: 'false', undetermined: 'unknown', out_of_scope: 'outside', withheld: 'withheld' };
const VERDICT_WORD = new Map(DATA.verdicts);

function verdict(token) {
  const found = VERDICT_SHAPE[token];
  const dash = draw('svg', { class: 'shape', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    draw('path', { d: 'M2 8H14', class: 'glyph line is-outside' }));
  return el('span', { class: 'verdict is-' + found }, found === 'outside' ? dash : shape(found), VERDICT_WORD.get(token));
}

/** A clause as a link to its place in the table of clauses. */
function clauseLink(index, short) {
  const clause = DATA.clauses[index];
  const words = T(short ? 'clause-short' : 'clause', { id: clause[0], title: clause[1] });
  return el('a', { class: short ? 'clause short' : 'clause', href: '#clauses&at=' + encodeURIComponent(clause[0]), title: short ? clause[1] : null }, words);
}

/** The clause with what it says. */
function clauseText(index) {
  const clause = DATA.clauses[index];
  return el('p', { class: 'clause-text' }, clauseLink(index), COLON, clause[2],
    clause[4] ? el('q', { class: 'passage' }, clause[4]) : null);
}

function source(cell) {
  const about = [el('code', { class: 'cell' }, cell.place || T('no-place'))];
  if (cell.observed !== null && cell.observed !== undefined) about.push(T('observed', { day: dayWords(cell.observed) }));
  if (cell.office) about.push(said(cell.office));
  return el('span', { class: 'source' }, joined(about, COMMA));
}

function reasonWords(name, reason) {
  const office = DATA.names[name][1];
  const words = reason === 'withheld' ? T('truth.withheld') : reason ? T('reason.' + reason) : T('truth.unknown');
  return office === -1 || reason === 'withheld' ? words : T('ask-office', { reason: words, office: officeName(office) });
}

/** A fact or register as a test saw it, with the cells. `counts`: a letter per row of a register; `hidden`: the test is withheld. */
function factBlock(unit, name, counts, hidden) {
  const noun = DATA.names[name], state = factState(unit, name, hidden);
  const block = el('div', { class: 'fact' }, el('span', { class: 'fact-name' }, noun[0]), COLON);
  if (!state.known) {
    append(block, el('strong', { class: 'not-known' }, reasonWords(name, state.reason)));
    if (state.cells.length) append(block, cellList(state.cells));
  } else if (noun[2] === 'c') {
    append(block, [said(state.words, 'value'), ' ', el('span', { class: 'source' }, T('computed'))]);
  } else if (state.cells.length) {
    append(block, [said(state.words, 'value'), ' ', source(state.cells[0])]);
    if (state.cells.length > 1) append(block, el('div', { class: 'also' }, T('also'), cellList(state.cells.slice(1))));
    if (state.left.length) append(block, el('div', { class: 'also' }, T('left-out'), cellList(state.left)));
  } else append(block, said(state.words, 'value'));
  if (state.rows && state.rows.length) append(block, rowTable(name, state.rows, counts, hidden));
  return block;
}

function cellList(cells) {
  return el('ul', { class: 'cells' }, cells.map(function (cell) { return el('li', null, said(cell.words, 'value'), ' ', source(cell)); }));
}

const COUNTED = { T: 'true', F: 'false', U: 'unknown' };

function countsWord(letter, hidden) {
  return hidden && letter === 'U' ? T('truth.withheld') : T('row.' + COUNTED[letter]);
}

/** The rows of a register: those that count or may count at once, the others when they are asked for. */
function rowTable(name, rows, counts, hidden) {
  const noun = DATA.names[name], used = [];
  noun[3].forEach(function (column, i) {
    if (rows.some(function (row) { return row.cells.some(function (cell) { return cell.column === i; }); })) used.push(i);
  });
  const head = [T('row-number')].concat(used.map(function (i) { return noun[3][i]; }), counts ? [T('row-counts')] : [], [T('place')]);
  function line(entry) {
    const row = entry[0], cells = new Map(row.cells.map(function (cell) { return [cell.column, cell.words]; }));
    return [String(entry[1] + 1)].concat(used.map(function (i) { return cells.has(i) ? said(cells.get(i)) : T('none'); }),
      counts ? [countsWord(counts.charAt(entry[1]), hidden)] : [], [source(row)]);
  }
  const all = rows.map(function (row, i) { return [row, i]; });
  const first = counts ? all.filter(function (entry) { return counts.charAt(entry[1]) !== 'F'; }) : all;
  const rest = counts ? all.filter(function (entry) { return counts.charAt(entry[1]) === 'F'; }) : [];
  const found = [];
  if (first.length) found.push(bounded(head, first, line, noun[0]));
  if (rest.length) {
    found.push(lazy('rows-left', T('rows-not-counted', { n: rest.length }), function () { return bounded(head, rest, line, noun[0]); }));
  }
  return el('div', { class: 'rows' }, found);
}

/** A fold whose content is made when it is opened for the first time. */
function lazy(name, words, make) {
  let made = false;
  const details = el('details', { class: name }, el('summary', null, words));
  details.addEventListener('toggle', function () {
    if (!made && details.open) { made = true; append(details, make()); }
  });
  return details;
}

/** A table in a frame that scrolls by itself, and can be reached by keyboard to do so. */
function table(head, lines, label, name) {
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label },
    el('table', { class: name },
      el('thead', null, el('tr', null, head.map(function (cell) { return el('th', { scope: 'col' }, cell); }))),
      el('tbody', null, lines.map(function (line) { return el('tr', null, line.map(function (cell) { return el('td', null, cell); })); }))));
}

const BOUND = 40;

/** A table of the first entries, and a button for the others. */
function bounded(head, entries, line, label, name) {
  const box = el('div', null, table(head, entries.slice(0, BOUND).map(line), label, name));
  if (entries.length > BOUND) {
    const button = el('button', { type: 'button', class: 'more' }, T('show-all', { n: entries.length }));
    button.addEventListener('click', function () {
      const whole = table(head, entries.map(line), label, name);
      empty(box).appendChild(whole);
      whole.focus();
    });
    append(box, button);
  }
  return box;
}

function section(id, title, content) {
  return el('section', { class: 'part', 'aria-labelledby': id }, el('h2', { id: id, tabindex: '-1' }, title), content);
}
