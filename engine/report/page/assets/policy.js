// What does not depend on units: what the office decided, how each clause is carried out, how to check the page.

function assumptionsView() {
  const head = [T('column-parameter'), T('column-value'), T('column-reason'), T('column-clause'), T('column-touches')];
  const lines = DATA.assumptions.map(function (one) {
    return [[el('strong', null, one.name), el('code', { class: 'cell block' }, one.id)],
      [el('strong', null, said(one.now || T('no-value'))), one.assumed ? el('span', { class: 'tag' }, T('assumed')) : null,
        el('ul', { class: 'cells' }, one.values.map(function (value) {
          return el('li', null, one.values.length === 1 && value[1] === one.now ? T('since', { day: value[0] }) : T('value-since', { value: value[1], day: value[0] }));
        }))],
      one.reason, clauseLink(one.clause), one.touches.length ? some(one.touches.map(function (use) { return use[0] ? T('use', { role: use[0], name: use[1] }) : use[1]; })) : T('touches-nothing')];
  });
  const notes = DATA.understood.map(function (note) {
    return [el('strong', null, note.name), note.days.join(' – ') || T('none'), note.reason, note.clause < 0 ? T('none') : clauseLink(note.clause)];
  });
  return { title: T('assumptions'), node: [el('h1', { tabindex: '-1' }, T('assumptions')), el('p', { class: 'lead' }, T('assumptions-lead')), assumedList(),
    section('decided', T('decided'), lines.length ? bounded(head, lines, function (line) { return line; }, T('decided'), 'assumption-table') : el('p', { class: 'none' }, T('no-assumptions'))),
    notes.length ? section('timetable', T('timetable'), table([T('column-about'), T('column-days'), T('column-reason'), T('column-clause')], notes, T('timetable'))) : null] };
}

function assumedList() {
  if (!DATA.head.assumed.length) return null;
  return el('div', { class: 'notice' }, el('p', null, T('assumed-for-run')), el('ul', null, DATA.head.assumed.map(function (pair) { return el('li', null, pair[0] + ' = ' + pair[1]); })));
}

function clausesView(query) {
  const coverage = DATA.coverage, used = Object.keys(coverage.statuses);
  const box = el('div', null), select = el('select', { id: 'clause-status' }, el('option', { value: '' }, T('all-clauses', { n: coverage.clauses.length })), used.map(function (status) {
    return el('option', { value: status }, coverage.statuses[status] + ' ' + coverage.summary[status]);
  }));
  const search = el('input', { id: 'clause-search', type: 'search', autocomplete: 'off' });
  const rows = coverage.clauses.map(function (clause, i) {
    const text = DATA.clauses[i];
    const row = el('tr', { id: 'clause-' + i, tabindex: '-1' }, el('th', { scope: 'row' }, clause.id),
      el('td', { class: 'wide' }, el('strong', null, clause.title), el('p', null, text[2]), text[4] ? el('q', { class: 'passage' }, text[4]) : null, el('span', { class: 'source' }, text[3])),
      el('td', null, el('span', { class: 'coverage is-' + clause.status }, coverage.statuses[clause.status])),
      el('td', { class: 'wide' }, clause.reason ? el('p', null, clause.reason) : null,
        clause.rules.length ? el('ul', { class: 'cells' }, clause.rules.map(function (rule) { return el('li', null, T('use', { role: coverage.roles[rule.role], name: rule.name }), rule.where ? [' ', el('code', { class: 'cell' }, rule.where)] : null); })) : null));
    return { row: row, status: clause.status, text: (clause.id + '\n' + clause.title + '\n' + text[2] + '\n' + clause.rules.map(function (rule) { return rule.name; }).join('\n')).toLowerCase() };
  });
  const status = el('p', { class: 'found', role: 'status' });
  function show() {
    const wanted = search.value.trim().toLowerCase();
    let n = 0;
    rows.forEach(function (one) {
      const seen = (!select.value || one.status === select.value) && (!wanted || one.text.indexOf(wanted) >= 0);
      one.row.hidden = !seen;
      n += seen ? 1 : 0;
    });
    status.textContent = T('found-clauses', { n: n, all: rows.length });
  }
  select.addEventListener('change', show);
  search.addEventListener('input', show);
  const head = ['clause', 'says', 'status', 'rules'].map(function (key) { return el('th', { scope: 'col' }, T('clause-' + key)); });
  append(box, el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': T('clauses') }, el('table', { class: 'clauses' }, el('thead', null, el('tr', null, head)),
    el('tbody', null, rows.map(function (one) { return one.row; })))));
  show();
  return { title: T('clauses'), node: [el('h1', { tabindex: '-1' }, T('clauses')), el('p', { class: 'lead' }, coverage.totals),
    section('coverage', T('coverage'), [el('div', { class: 'filters' }, el('label', { for: 'clause-search' }, T('search')), search, el('label', { for: 'clause-status' }, T('clause-status')), select), status, box])],
    shown: function () {
      const at = query.at === undefined ? -1 : DATA.clauses.findIndex(function (clause) { return clause[0] === query.at; });
      if (at < 0) return false;
      rows[at].row.classList.add('chosen');
      rows[at].row.scrollIntoView({ block: 'center' });
      rows[at].row.focus({ preventScroll: true });
      return true;
    } };
}

function checkView() {
  const head = DATA.ledger, commands = head ? ['plumbline ledger verify --head "' + head + '"', 'plumbline ledger replay --all'] : ['plumbline ledger verify', 'plumbline ledger head'];
  const facts = [[T('check-title'), DATA.head.title], [T('check-digest'), el('code', { class: 'cell' }, DATA.head.digest)], [T('check-as-of'), DATA.head.day], [T('check-engine'), DATA.head.engine],
    [T('check-units'), String(DATA.units.length)]];
  return { title: T('check'), node: [el('h1', { tabindex: '-1' }, T('check')),
    section('ledger', T('ledger'), [head ? [el('p', null, T('ledger-head')), el('pre', { class: 'head', tabindex: '0' }, head), el('p', null, T('ledger-how'))] :
      [el('p', { class: 'notice' }, T('no-ledger')), el('p', null, T('no-ledger-how'))],
      el('pre', { class: 'commands', tabindex: '0' }, commands.join('\n'))]),
    section('made-from', T('made-from'), [el('dl', { class: 'facts' }, facts.map(function (pair) { return [el('dt', null, pair[0]), el('dd', null, pair[1])]; })), el('p', null, parts('again-how', { command: el('code', null, 'plumbline report') }))]),
    section('safety', T('safety'), el('ul', { class: 'plain' }, ['safety-one', 'safety-two', 'safety-three', 'safety-four'].map(function (key) { return el('li', null, T(key)); })))] };
}
