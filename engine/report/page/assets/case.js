// What became of a unit's duties, procedures and measures, and what is still missing, as lists.

const ATTENTION = ['overdue', 'unknown', 'met_late', 'pending', 'withheld'];

function proofNodes(unit, proofs) {
  if (!proofs.length) return T('none');
  return el('ul', { class: 'cells' }, eachProof(proofs).map(function (proof) {
    const noun = DATA.names[proof[0]], row = proof[1] ? (unit.rows.get(proof[0]) || [])[proof[1] - 1] : null;
    const cells = proof[1] ? null : (unit.facts.get(proof[0]) || []);
    const name = proof[1] ? T('proof-row', { name: noun[0], row: proof[1] }) : noun[0];
    const where = row ? row.place : cells && cells.length ? cells[0].place : '';
    return el('li', null, proof[3] ? '' : el('strong', null, T('perhaps')), name, where ? [' ', el('code', { class: 'cell' }, where)] : null,
      proof[2] === null ? null : [COMMA, dayNode(proof[2])]);
  }));
}

function askList(asks) {
  return asks.length ? el('ul', { class: 'cells' }, asks.map(function (ask) { return el('li', null, askWords(ask)); })) : null;
}

function askWords(ask) {
  const one = DATA.asks[ask];
  return one[1] === -1 ? one[0] : T('ask-office', { reason: one[0], office: officeName(one[1]) });
}

function dutyLine(unit) {
  return function (duty) {
    const noun = DATA.duties[duty.duty];
    const due = duty.due === null ? T('no-day') : dayNode(duty.due);
    return [[said(noun[1]), noun[4] ? el('span', { class: 'tag' }, T('advisory')) : null, ' ', clauseLink(noun[2], true)], duty.period, said(duty.owners),
      [due, duty.provisional ? el('span', { class: 'tag' }, T('provisional')) : null,
        duty.terms.length ? lazy('terms', T('how-counted'), function () { return el('ul', { class: 'cells' }, duty.terms.map(function (term) { return el('li', null, term); })); }) : null],
      [statusMark(duty.status), duty.why ? el('span', { class: 'why' }, duty.why) : null],
      duty.done !== null ? dayNode(duty.done) : isUndated(duty) ? T('timeline.day-unknown') : T('none'),
      [duty.proofs.length || !duty.asks.length ? proofNodes(unit, duty.proofs) : null, duty.asks.length ? [T('missing-colon'), askList(duty.asks)] : null,
        duty.waiver ? T('waived-by', { name: DATA.names[DATA.waivers][0], row: duty.waiver, where: ((unit.rows.get(DATA.waivers) || [])[duty.waiver - 1] || { place: '' }).place }) : null]];
  };
}

function dutiesView(unit) {
  const duties = unit.duties, counts = new Map();
  duties.forEach(function (duty) { counts.set(duty.status, (counts.get(duty.status) || 0) + 1); });
  const present = PRESSING.filter(function (status) { return counts.has(status); });
  const attention = duties.filter(function (duty) { return ATTENTION.indexOf(duty.status) >= 0; }).length;
  const box = el('div', { class: 'duties' }), head = ['duty', 'period', 'owner', 'due', 'status', 'done', 'evidence'].map(function (key) { return T('duty-' + key); });
  const select = el('select', { id: 'duty-status' }, el('option', { value: 'attention', selected: attention > 0 }, T('needs-attention', { n: attention })),
    el('option', { value: '', selected: attention === 0 }, T('all-duties', { n: duties.length })),
    present.map(function (status) { return el('option', { value: status }, T('duties.status.' + status) + ' ' + counts.get(status)); }));
  function show() {
    const chosen = duties.filter(function (duty) {
      return select.value === '' || (select.value === 'attention' ? ATTENTION.indexOf(duty.status) >= 0 : duty.status === select.value);
    }).sort(function (a, b) { return PRESSING.indexOf(a.status) - PRESSING.indexOf(b.status) || (a.due === null ? 1e9 : a.due) - (b.due === null ? 1e9 : b.due); });
    empty(box);
    append(box, chosen.length ? bounded(head, chosen, dutyLine(unit), T('duties'), 'duty-table') : el('p', { class: 'none' }, T('nothing-found')));
  }
  select.addEventListener('change', show);
  show();
  return [el('div', { class: 'filters' }, el('label', { for: 'duty-status' }, T('show-duties')), select), box];
}

function measuresView(unit) {
  const own = unit.record.measures;
  if (!own) return el('p', { class: 'none' }, T('no-verdict-no-measures'));
  const said_ = own.more.map(function (entry) { return measureBlock(unit, entry, own.called.charAt(entry[0])); });
  const not = DATA.measures.filter(function (measure, i) { return own.called.charAt(i) === 'F'; });
  return [said_.length ? said_ : el('p', { class: 'none' }, T('no-measures')),
    not.length ? lazy('not-called', T('measures-not-called', { n: not.length }), function () {
      return not.map(function (measure) { return measureTree(unit, measure, measure[1]); });
    }) : null];
}

function measureBlock(unit, entry, letter) {
  const measure = DATA.measures[entry[0]], hidden = entry[9];
  const facts = [[T('measure-by'), said(WORDS[entry[1]])], [T('measure-against'), said(WORDS[entry[2]])]];
  facts.push([T('measure-since'), hidden & 1 ? T('truth.withheld') : dayNode(entry[3]) || T('none')]);
  facts.push([T('measure-due'), hidden & 1 ? T('truth.withheld') : dayNode(entry[4]) || T('none')]);
  facts.push([T('measure-taken'), hidden & 2 ? T('truth.withheld') : dayNode(entry[5]) || T('not-taken')]);
  if (entry[6].length) facts.push([T('duty-evidence'), proofNodes(unit, entry[6])]);
  if (entry[7] >= 0) facts.push([T('measure-superseded'), DATA.measures[entry[7]][1]]);
  if (entry[8].length) facts.push([T('missing'), askList(entry[8])]);
  return el('article', { class: 'measure' }, el('h3', null, mark(TRUTH[letter], T('called.' + TRUTH[letter])), ' ', measure[1], ' ', clauseLink(measure[2], true)),
    el('dl', { class: 'facts' }, facts.map(function (pair) { return [el('dt', null, pair[0]), el('dd', null, pair[1])]; })), measureTree(unit, measure, T('why-measure')));
}

function measureTree(unit, measure, words) {
  if (!unit.record.measured) return null;
  return lazy('why-fold', words, function () { return treeView(subjectOf(unit, MEASURING, unit.record.measured, measure[3])); });
}

function proceduresView(unit) {
  return (unit.record.procedures || []).map(function (run) {
    const procedure = DATA.procedures[run[0]], step = function (i) { return procedure[3][i][1]; };
    const lines = run[3].map(function (entry, i) {
      const state = STATE[run[2].charAt(i)];
      return [String(i + 1), [step(i), ' ', clauseLink(procedure[3][i][2], true)],
        [stepMark(state), run[4] === i ? el('span', { class: 'tag' }, T('next-step')) : null], dayNode(entry[0]) || T('none'), dayNode(entry[2]) || T('none'),
        entry[1].map(function (word) { return WORDS[word]; }).join(COMMA) || T('none'),
        [proofNodes(unit, entry[3]), entry[4].length ? [T('missing-colon'), askList(entry[4])] : null]];
    });
    const wrong = run[5].map(function (v) { return el('li', null, T('explain.violation.' + v[1], { step: step(v[0]), other: v[2] < 0 ? '' : step(v[2]) })); });
    const head = [T('step-number'), T('step'), T('duty-status'), T('step-day'), T('duty-due'), T('step-by'), T('duty-evidence')];
    return el('article', null, el('h3', null, run[1] > 1 ? T('listing-number', { name: procedure[1], n: run[1] }) : procedure[1], ' ', clauseLink(procedure[2], true)),
      wrong.length ? el('ul', { class: 'wrong' }, wrong) : null, run[4] === 'withheld' ? el('p', null, mark('withheld')) : null, table(head, lines, procedure[1]));
  });
}

const STEP_STATUS = { done: 'met', unknown: 'unknown', not_done: 'pending', missing: 'overdue', withheld: 'withheld' };

function stepMark(state) {
  const found = statusMark(STEP_STATUS[state]);
  found.lastChild.textContent = state === 'withheld' ? T('truth.withheld') : T('timeline.step.' + state);
  return found;
}

/** Everything that somebody has to find out, by the office that has to; what would be settled beside it. */
function missingView(unit) {
  const offices = new Map();
  function note(ask, line) {
    const office = DATA.asks[ask][1], known = offices.get(office) || new Map();
    const own = known.get(ask) || { reason: null, settles: [], cases: [] };
    line(own);
    known.set(ask, own);
    offices.set(office, known);
  }
  (unit.record.missing || []).forEach(function (entry) {
    note(entry[0], function (own) { own.reason = entry[1]; own.settles = DATA.settles[entry[2]]; });
  });
  unit.duties.forEach(function (duty) {
    duty.asks.forEach(function (ask) { note(ask, function (own) { own.cases.push(DATA.duties[duty.duty][1] + ' (' + duty.period + ')'); }); });
  });
  ((unit.record.measures || {}).more || []).forEach(function (entry) {
    entry[8].forEach(function (ask) { note(ask, function (own) { own.cases.push(DATA.measures[entry[0]][1]); }); });
  });
  (unit.record.procedures || []).forEach(function (run) {
    run[3].forEach(function (step, i) { step[4].forEach(function (ask) { note(ask, function (own) { own.cases.push(DATA.procedures[run[0]][3][i][1]); }); }); });
  });
  if (!offices.size) return el('p', { class: 'none' }, T('nothing-missing'));
  return Array.from(offices.keys()).sort(function (a, b) { return (a === -1) - (b === -1) || Math.abs(a) - Math.abs(b); }).map(function (office) {
    const lines = Array.from(offices.get(office)).map(function (entry) {
      const own = entry[1], settles = Array.from(new Set(own.settles.concat(own.cases)));
      return [DATA.asks[entry[0]][0], own.reason ? T('reason.' + own.reason) : T('reason.not_filled'), some(settles)];
    });
    const name = office === -1 ? T('nobody') : officeName(office);
    return el('article', null, el('h3', null, name), bounded([T('missing-what'), T('missing-why'), T('missing-settles')], lines, function (line) { return line; }, name));
  });
}

/** Names joined, the later ones in a fold. */
function some(names) {
  const shown = names.slice(0, 6).join(COMMA);
  return names.length <= 6 ? shown || T('none') : [shown, lazy('rest', T('and-more', { n: names.length - 6 }), function () { return names.slice(6).join(COMMA); })];
}
