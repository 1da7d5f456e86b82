// The data as the views read it: a unit's compact record is unpacked when it is opened.

const WORDS = DATA.words;
const SCREENING = DATA.nets[0];
const MEASURING = DATA.nets[1];
const TRUTH = { T: 'true', F: 'false', U: 'unknown', W: 'withheld' };
const STATUS = { m: 'met', l: 'met_late', p: 'pending', o: 'overdue', u: 'unknown', w: 'waived', n: 'not_applicable', h: 'withheld' };
const STATE = { d: 'done', u: 'unknown', n: 'not_done', m: 'missing', h: 'withheld' };

const BY_ID = new Map(DATA.units.map(function (unit, i) { return [unit.id, i]; }));
/** Rule id → its place among the rules. */
const RULE_PLACE = new Map(DATA.rules.map(function (rule, i) { return [rule[0], i]; }));

function officeName(place) {
  return place === -1 ? '' : place < -1 ? WORDS[-2 - place] : DATA.offices[place];
}

function place(where, before, number, after) {
  if (after === null) return [where, before].filter(Boolean).join('!');
  const cell = number ? before + number + (after || '') : before;
  return [where, cell].filter(Boolean).join('!');
}

function numbers(runs) {
  const found = [];
  runs.forEach(function (entry) {
    if (entry >= 0) found.push(entry);
    else for (let i = 0; i < -entry; i += 1) found.push(found[found.length - 1] + 1);
  });
  return found;
}

/** Fact → its cells: words, place, day and office. */
function unpackFacts(record) {
  const found = new Map();
  (record.facts || []).forEach(function (group) {
    const layout = DATA.layouts[group[0]];
    layout[3].forEach(function (cell, i) {
      const seen = found.get(cell[0]) || [];
      seen.push({
        words: WORDS[group[4][i]],
        place: place(WORDS[layout[0]], cell[1], group[1], cell[2]),
        observed: group[2],
        office: officeName(group[3]),
      });
      found.set(cell[0], seen);
    });
  });
  return found;
}

/** Register → its rows: number, place, day, office, and cells where a test reads them. */
function unpackRows(record) {
  const found = new Map();
  Object.keys(record.rows || {}).forEach(function (register) {
    const rows = [];
    record.rows[register].forEach(function (group) {
      const layout = DATA.layouts[group[0]], where = WORDS[layout[0]], columns = layout[3];
      numbers(group[1]).forEach(function (number, n) {
        rows.push({
          place: place(where, layout[1], number, layout[2]),
          observed: group.length > 2 ? group[2] : null,
          office: group.length > 2 ? officeName(group[3]) : '',
          cells: columns.map(function (cell, i) {
            return { column: cell[0], words: WORDS[group[4][n * columns.length + i]], place: place(where, cell[1], number, cell[2]) };
          }),
        });
      });
    });
    found.set(+register, rows);
  });
  return found;
}

/** Proofs one by one: those of rows that follow on one another stand together, with their number. */
function eachProof(proofs) {
  const found = [];
  proofs.forEach(function (proof) {
    for (let i = 0; i < (proof[4] || 1); i += 1) found.push([proof[0], proof[1] + i, proof[2], proof[3]]);
  });
  return found;
}

function letters(counted) {
  return counted.replace(/([A-Z])([0-9]+)/g, function (whole, letter, count) { return letter.repeat(+count); });
}

/** The duties in their periods, in the order of the plan. */
function unpackDuties(record) {
  const own = record.duties;
  if (!own) return [];
  const more = new Map(own.more.map(function (entry) { return [entry[0], entry]; }));
  const entries = [];
  own.proof.forEach(function (entry) {
    if (typeof entry !== 'string') entries.push(entry);
    else for (let i = 0; i < +entry; i += 1) entries.push(1);
  });
  let done = 0, row = 0;
  return numbers(DATA.plans[own.plan]).map(function (shape, i) {
    const period = DATA.periods[shape], duty = DATA.duties[period[0]];
    const letter = own.status.charAt(i), lower = letter.toLowerCase(), extra = more.get(i);
    const finished = letter === lower ? null : own.done[done++] + (period[5] === null ? 0 : period[5]);
    const proof = entries[i];
    if (proof !== 0 && !Array.isArray(proof)) row += proof;
    return {
      duty: period[0], row: duty[3], period: WORDS[period[1]], first: period[2], last: period[3], owners: WORDS[period[4]],
      due: period[5], provisional: period[6] === 1, terms: DATA.terms[period[7]].map(function (word) { return WORDS[word]; }),
      status: STATUS[lower], done: finished,
      proofs: proof === 0 ? [] : Array.isArray(proof) ? eachProof(proof) : [[duty[5], row, finished, 1]],
      why: extra && extra[1] >= 0 ? WORDS[extra[1]] : null,
      asks: extra ? extra[2] : [],
      waiver: extra ? extra[3] : 0,
    };
  });
}

/** Everything about one unit; `open` is asked for one unit at a time. */
function unpack(index) {
  const record = DATA.units[index];
  const computed = new Map();
  function compute(names, values) {
    names.forEach(function (name, i) { if (values) computed.set(name, values[i] === -1 ? null : WORDS[values[i]]); });
  }
  compute(DATA.computed, record.computed);
  compute(DATA.measuredFacts, record.measuredFacts);
  return {
    record: record,
    facts: unpackFacts(record),
    rows: unpackRows(record),
    reasons: new Map(record.reasons || []),
    unused: new Map(record.unused || []),
    computed: computed,
    counted: new Map((record.counted || []).map(function (entry) { return [entry[0] + ':' + entry[1], letters(entry[2])]; })),
    duties: unpackDuties(record),
  };
}

/** What a test saw of a fact or register: `known`, a `reason` if not, and `words` where there is one value.
    `hidden`: the test is withheld, and so is what is computed for it and not known. */
function factState(unit, name, hidden) {
  const noun = DATA.names[name], cells = unit.facts.get(name) || [], rows = unit.rows.get(name);
  const reason = unit.reasons.get(name);
  if (noun[2] === 'c') {
    const words = unit.computed.get(name);
    return { known: words !== null && words !== undefined, words: words, reason: hidden ? 'withheld' : null, cells: [], rows: null };
  }
  if (reason) return { known: false, reason: reason, cells: cells, rows: rows || null };
  if (noun[2] === 'r') {
    if (!rows) return { known: false, reason: noun[4] ? 'withheld' : 'not_filled', cells: [], rows: null };
    return { known: true, words: T('rows', { n: rows.length }), reason: null, cells: [], rows: rows };
  }
  if (!cells.length) return { known: false, reason: noun[4] ? 'withheld' : 'not_filled', cells: [], rows: null };
  const left = unit.unused.get(name) || [];
  const used = cells.filter(function (cell, i) { return left.indexOf(i) < 0; });
  return { known: true, words: used[0].words, reason: null, cells: used, left: cells.filter(function (c, i) { return left.indexOf(i) >= 0; }), rows: null };
}

/** The inputs of a node that carry its outcome: those that alone would give it, or all where it needs all. */
function carriers(net, truths, index) {
  const node = net.nodes[index], kind = node[0], truth = truths.charAt(index), inputs = node[2];
  function having(letters) {
    return inputs.filter(function (i) { return letters.indexOf(truths.charAt(i)) >= 0; });
  }
  if (truth === 'U' || truth === 'W') return having('UW');
  if (kind === 'all') return truth === 'T' ? inputs : having('F');
  if (kind === 'any') return truth === 'T' ? having('T') : inputs;
  if (kind === 'none') return truth === 'T' ? inputs : having('T');
  return truth === 'T' ? having('T') : having('F');
}
