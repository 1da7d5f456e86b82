// One unit: verdict, why, duties over time, measures, procedures, what is missing.

function unitView(query) {
  const index = BY_ID.get(query.unit);
  if (index === undefined) return { title: T('no-unit'), node: [el('h1', { tabindex: '-1' }, T('no-unit')), el('p', null, T('no-unit-help', { id: query.unit }))] };
  const unit = unpack(index), record = unit.record, name = record.name || record.id;
  const content = [el('p', { class: 'crumbs' }, el('a', { href: '#units' }, T('overview'))),
    el('h1', { tabindex: '-1' }, said(name), el('span', { class: 'unit-id' }, said(record.id))), verdictBlock(unit), neighbours(index)];
  const sections = [];
  function add(id, title, node) {
    sections.push([id, title]);
    content.push(section(id, title, node));
  }
  if (record.truths) add('why', T('why'), whyView(unit));
  if (record.duties) {
    add('duties', T('duties'), unit.duties.length ? [timelineView(unit), dutiesView(unit)] : el('p', { class: 'none' }, T('no-duties')));
    add('measures', T('measures'), measuresView(unit));
    if ((record.procedures || []).length) add('procedures', T('procedures'), proceduresView(unit));
  }
  add('missing', T('missing'), missingView(unit));
  content.splice(4, 0, el('nav', { class: 'within', 'aria-label': T('on-this-page') }, el('ul', null, sections.map(function (one) {
    return el('li', null, el('button', { type: 'button', class: 'link', onClick: function () {
      const there = document.getElementById(one[0]);
      there.scrollIntoView();
      there.focus({ preventScroll: true });
    } }, one[1]));
  }))));
  return { title: clean(name), node: content };
}

function verdictBlock(unit) {
  const record = unit.record, facts = [];
  facts.push([T('column-kind'), [record.kind < 0 ? T('truth.unknown') : DATA.kinds[record.kind]]]);
  if (record.truths) {
    const key = RULE_PLACE.get('key');
    if (key !== undefined) facts.push([DATA.rules[key][1], mark(TRUTH[record.truths.charAt(SCREENING.roots[key])])]);
    DATA.tables.forEach(function (one, i) { facts.push([one[1], said(WORDS[record.choices[i]])]); });
  }
  if (record.duties) facts.push([T('listing'), listingWords(record)]);
  return el('div', { class: 'verdict-block is-' + VERDICT_SHAPE[record.verdict] },
    el('p', { class: 'verdict-line' }, verdict(record.verdict)), el('p', { class: 'sentence' }, sentence(unit)),
    el('dl', { class: 'facts' }, facts.map(function (pair) { return [el('dt', null, pair[0]), el('dd', null, pair[1])]; })), standing(unit), problemList(record.problems));
}

/** What the ledger says of the unit's last recorded evaluation; nothing where it has none. */
function standing(unit) {
  const lines = Object.hasOwn(DATA.standings, unit.record.id) ? DATA.standings[unit.record.id] : null;
  return lines ? el('section', { class: 'standing' }, el('h3', null, T('in-the-ledger')), el('ul', null, lines.map(function (line) { return el('li', null, line); }))) : null;
}

/** The verdict as one sentence, with the categories that hold and those that are open. */
function sentence(unit) {
  const record = unit.record, name = said(record.name || record.id);
  if (!record.truths) return parts('sentence-none', { unit: name });
  const letters = function (wanted) {
    return DATA.categories.filter(function (category) { return wanted.indexOf(record.truths.charAt(SCREENING.roots[category[0]])) >= 0; })
      .map(function (category) { return DATA.rules[category[0]][1]; }).join(COMMA);
  };
  if (record.verdict === 'out_of_scope') return parts('sentence-out-of-scope', { unit: name, kind: DATA.kinds[record.kind] });
  const holds = letters('T'), open = letters('U'), hidden = letters('W'), end = CHINESE ? '。' : '. ';
  const words = [parts('sentence', { unit: name, day: DATA.head.day, verdict: VERDICT_WORD.get(record.verdict) })];
  words.push(holds ? T('sentence-holds', { names: holds }) : T('sentence-no-category'));
  if (record.verdict === 'weak' && !holds) words.push(T('sentence-because', { names: because(unit) }));
  if (open) words.push(T('sentence-open', { names: open }));
  if (hidden) words.push(T('sentence-hidden', { names: hidden }));
  return joined(words, end).concat(end.trim());
}

function because(unit) {
  const root = SCREENING.roots[RULE_PLACE.get('weak')];
  return carriers(SCREENING, unit.record.truths, root).map(function (input) { return nodeLabel(SCREENING, input); }).join(COMMA);
}

function neighbours(index) {
  function to(i, key) {
    const unit = DATA.units[i];
    return unit ? el('a', { href: '#unit=' + encodeURIComponent(unit.id), rel: key }, T(key), COLON, said(unit.name || unit.id)) : null;
  }
  return el('nav', { class: 'neighbours', 'aria-label': T('neighbours') }, to(index - 1, 'prev'), to(index + 1, 'next-unit'));
}

/** What can be asked about: the verdict, categories, tables, other findings; as a tree or as a drawing. */
function whyView(unit) {
  const groups = [[T('why-verdict'), []], [T('why-categories'), []], [T('why-tables'), []], [T('why-others'), []]];
  DATA.rules.forEach(function (rule, i) {
    if (SCREENING.roots[i] === undefined) return;
    groups[rule[3] === 'weak' || rule[3] === 'key' ? 0 : rule[3] === 'category' ? 1 : 3][1].push(['r' + i, rule[1]]);
  });
  DATA.tables.forEach(function (one, i) { groups[2][1].push(['t' + i, one[1]]); });
  const box = el('div', { class: 'derivation' }), select = el('select', { id: 'subject' }, groups.filter(function (group) { return group[1].length; }).map(function (group) {
    return el('optgroup', { label: group[0] }, group[1].map(function (item) { return el('option', { value: item[0], selected: item[0] === 'r' + RULE_PLACE.get('weak') }, item[1]); }));
  }));
  let asGraph = false;
  const tree = switchButton('as-tree', false), graph = switchButton('as-graph', true);
  function switchButton(key, value) {
    return el('button', { type: 'button', class: 'switch', 'aria-pressed': String(value === asGraph), 'data-as': key, onClick: function () { asGraph = value; show(); } }, T(key));
  }
  function show() {
    tree.setAttribute('aria-pressed', String(!asGraph));
    graph.setAttribute('aria-pressed', String(asGraph));
    const at = +select.value.slice(1), isTable = select.value.charAt(0) === 't', one = isTable ? DATA.tables[at] : null;
    const subject = subjectOf(unit, SCREENING, unit.record.truths, isTable ? null : SCREENING.roots[at], isTable ? one[1] : null);
    const rows = isTable ? one[4].map(function (row, n) { return [row[0], T('row-outcome', { n: n + 1, outcome: row[1] })]; }) : null;
    empty(box);
    append(box, [isTable ? el('p', { class: 'choice' }, one[1], COLON, el('strong', null, WORDS[unit.record.choices[at]]), ' ', T('hit-policy', { policy: one[3] }), ' ', clauseLink(one[2])) : null,
      asGraph ? graphView(subject, rows) : treeView(subject, rows)]);
  }
  select.addEventListener('change', show);
  show();
  return [el('div', { class: 'filters' }, el('label', { for: 'subject' }, T('subject')), select, el('span', { class: 'switches', role: 'group', 'aria-label': T('shown-as') }, tree, graph)), box];
}
