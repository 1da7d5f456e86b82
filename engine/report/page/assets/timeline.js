// A unit's duties over the years: done ones at the day they were done, the others at their last good day.

const LINE = { left: 232, width: 1040, right: 1024, row: 26, lane: 18 };
const PRESSING = ['overdue', 'unknown', 'withheld', 'met_late', 'pending', 'met', 'waived', 'not_applicable'];

function statusShape(status, x, y) {
  const g = draw('g', { class: 'duty-mark is-' + status, transform: 'translate(' + x + ' ' + y + ')' });
  const shapes = {
    met: [draw('circle', { r: 5, class: 'solid' })],
    met_late: [draw('circle', { r: 5, class: 'line' }), draw('path', { d: 'M0 -5A5 5 0 0 1 0 5Z', class: 'solid' })],
    pending: [draw('circle', { r: 5, class: 'line' })],
    overdue: [draw('path', { d: 'M0 -7L7 5.5H-7Z', class: 'solid' }), draw('path', { d: 'M0 -2.5V1.5M0 3.2V4', class: 'cut' })],
    unknown: [draw('path', { d: 'M0 -6.5L6.5 0L0 6.5L-6.5 0Z', class: 'line' }), draw('path', { d: 'M-1.7 -1.3A1.7 1.7 0 1 1 0 .6V1.4M0 3V3.6', class: 'line' })],
    waived: [draw('path', { d: 'M-5 0H5', class: 'line' })],
    not_applicable: [draw('path', { d: 'M-3 0H3', class: 'line' })],
    withheld: [draw('rect', { x: -5, y: -5, width: 10, height: 10, class: 'line' }), draw('path', { d: 'M-5 2L2 -5M-5 5L5 -5M-2 5L5 -2', class: 'line' })],
  };
  append(g, shapes[status]);
  return g;
}

function statusMark(status) {
  return el('span', { class: 'mark status is-' + status },
    draw('svg', { class: 'shape', viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, statusShape(status, 0, 0)), T('duties.status.' + status));
}

function axis(record, duties) {
  const days = [DATA.effective, 0];
  DATA.phases.forEach(function (phase) { days.push(phase[1], phase[2]); });
  (record.spells || []).forEach(function (spell) { days.push(spell[0], spell[1]); });
  duties.forEach(function (duty) { days.push(duty.due, duty.done); });
  const known = days.filter(function (day) { return day !== null && day !== undefined; });
  const first = +iso(Math.min.apply(null, known)).slice(0, 4), last = +iso(Math.max.apply(null, known)).slice(0, 4);
  const start = dayOf(first, 1, 1), end = dayOf(last + 1, 1, 1);
  return { first: first, last: last, x: function (day) { return LINE.left + (day - start) / (end - start) * (LINE.right - LINE.left); } };
}

/** Where a duty stands: what is done never after the as-of day, although nobody may know on which day it was. */
function dutyDay(duty) {
  if (duty.done !== null && duty.status !== 'waived') return duty.done;
  const good = duty.due === null ? duty.last : duty.due;
  return duty.status === 'met' || duty.status === 'met_late' ? Math.min(good, 0) : good;
}

/** The marks of one row, those of one status that would cover each other drawn as one with their number. */
function clusters(duties, axis) {
  const found = [];
  duties.map(function (duty) {
    return { x: axis.x(dutyDay(duty)), duty: duty };
  }).sort(function (a, b) { return a.x - b.x || PRESSING.indexOf(a.duty.status) - PRESSING.indexOf(b.duty.status); }).forEach(function (mark) {
    const same = found.filter(function (one) { return one.status === mark.duty.status && mark.x - one.x < 13; })[0];
    if (same) same.duties.push(mark.duty);
    else found.push({ x: mark.x, status: mark.duty.status, duties: [mark.duty] });
  });
  return inLanes(found.sort(function (a, b) { return PRESSING.indexOf(a.status) - PRESSING.indexOf(b.status); }));
}

/** Each mark, with its number, in the first lane in which it covers no other; the most pressing ones come first. */
function inLanes(marks) {
  const lanes = [];
  marks.forEach(function (mark) {
    const number = mark.duties.length > 1 ? widthOf(String(mark.duties.length), 11) + 3 : 0, start = mark.x - 8, end = mark.x + 9 + number;
    mark.lane = lanes.findIndex(function (taken) { return taken.every(function (one) { return end <= one[0] || start >= one[1]; }); });
    if (mark.lane < 0) mark.lane = lanes.push([]) - 1;
    lanes[mark.lane].push([start, end]);
  });
  return marks;
}

function dutyWords(duty) {
  const said = [DATA.duties[duty.duty][1] + COLON + duty.period, T('duties.status.' + duty.status)];
  if (duty.due !== null) said.push(T('due-day', { day: dayWords(duty.due) }));
  if (duty.done !== null) said.push(T('done-day', { day: dayWords(duty.done) }));
  else if (duty.status === 'met' || duty.status === 'met_late') said.push(T('done-day-unknown'));
  return said.join(COMMA);
}

function label(svg, words, y) {
  const lines = wrapped(words, LINE.left - 24, 12.5, 2);
  lines.forEach(function (line, i) {
    append(svg, draw('text', { x: 8, y: y + (lines.length === 1 ? 4 : -4 + i * 15), class: 'row-name', 'font-size': 12.5 }, line));
  });
}

function bandOfYears(svg, scale, bottom) {
  for (let year = scale.first; year <= scale.last; year += 1) {
    const x = scale.x(dayOf(year, 1, 1)), end = scale.x(dayOf(year + 1, 1, 1));
    append(svg, draw('rect', { x: x, y: 0, width: end - x, height: bottom, class: (year - scale.first) % 2 ? 'year odd' : 'year' }));
    if (end - x > 34) append(svg, draw('text', { x: (x + end) / 2, y: 17, class: 'year-name', 'text-anchor': 'middle', 'font-size': 13 }, String(year)));
    [4, 7, 10].forEach(function (month) {
      const at = scale.x(dayOf(year, month, 1));
      if (end - x > 90) append(svg, draw('path', { d: 'M' + at + ' 24V' + bottom, class: 'quarter' }));
    });
  }
}

/** The drawing of one unit's phases, listings and duties. */
function timelineView(unit) {
  const record = unit.record, duties = unit.duties.filter(function (duty) { return duty.status !== 'not_applicable'; }), scale = axis(record, duties), rows = [];
  duties.forEach(function (duty) {
    const row = rows.filter(function (one) { return one.row === duty.row; })[0];
    if (row) row.duties.push(duty);
    else rows.push({ row: duty.row, duties: [duty] });
  });
  rows.sort(function (a, b) { return DATA.dutyRows[a.row][0] - DATA.dutyRows[b.row][0]; });
  const marks = draw('g', null);
  let y = 40;
  if (DATA.phases.length) { label(marks, T('phases'), y); phases(marks, scale, y); y += LINE.row + 4; }
  label(marks, T('listing'), y);
  listing(marks, record, scale, y);
  y += LINE.row + 4;
  rows.forEach(function (row) {
    const clause = DATA.dutyRows[row.row], alone = new Set(row.duties.map(function (duty) { return duty.duty; })).size === 1;
    label(marks, clause[1] || (alone ? DATA.duties[row.duties[0].duty][1] : DATA.clauses[clause[0]][1]), y);
    append(marks, draw('path', { d: 'M' + LINE.left + ' ' + y + 'H' + LINE.right, class: 'rail' }));
    row.duties.forEach(function (duty) { late(marks, duty, scale, y); });
    let lanes = 0;
    clusters(row.duties, scale).forEach(function (one) {
      const at = y + one.lane * LINE.lane, g = draw('g', { class: 'cluster' }, draw('title', null, one.duties.slice(0, 12).map(dutyWords).join('\n')), statusShape(one.status, one.x, at));
      if (one.duties.length > 1) append(g, draw('text', { x: one.x + 9, y: at + 4, class: 'count', 'font-size': 11 }, String(one.duties.length)));
      append(marks, g);
      lanes = Math.max(lanes, one.lane);
    });
    y += LINE.row + 8 + lanes * LINE.lane;
  });
  const x = scale.x(0), half = widthOf(T('as-of', { day: DATA.head.day }), 12) / 2, middle = Math.min(Math.max(x, LINE.left + half), LINE.width - half - 4);
  const svg = draw('svg', { class: 'timeline', width: LINE.width, height: y + 18, viewBox: '0 0 ' + LINE.width + ' ' + (y + 18), role: 'img', 'aria-label': timelineWords(duties) });
  bandOfYears(svg, scale, y);
  append(svg, [draw('path', { d: 'M' + x + ' 22V' + y, class: 'as-of' }), draw('text', { x: middle, y: y + 13, 'text-anchor': 'middle', class: 'as-of-name', 'font-size': 12 }, T('as-of', { day: DATA.head.day })), marks]);
  return [el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': T('timeline') }, svg), legend(duties), el('p', { class: 'hint' }, T('timeline-note'))];
}

function timelineWords(duties) {
  return T('timeline') + COLON + PRESSING.map(function (status) {
    const n = duties.filter(function (duty) { return duty.status === status; }).length;
    return n ? T('duties.status.' + status) + ' ' + n : '';
  }).filter(Boolean).join(COMMA);
}

function legend(duties) {
  return el('ul', { class: 'legend' }, PRESSING.filter(function (status) { return duties.some(function (duty) { return duty.status === status; }); }).map(function (status) {
    return el('li', null, statusMark(status), ' ', String(duties.filter(function (duty) { return duty.status === status; }).length));
  }));
}

function late(svg, duty, scale, y) {
  if (duty.due === null || (duty.status !== 'overdue' && duty.status !== 'met_late')) return;
  const end = duty.status === 'overdue' || duty.done === null ? 0 : duty.done;
  append(svg, draw('path', { d: 'M' + scale.x(duty.due) + ' ' + y + 'H' + scale.x(end), class: 'late' }));
}

function phases(svg, scale, y) {
  DATA.phases.forEach(function (phase, i) {
    const x = scale.x(phase[1]), width = Math.max(scale.x(phase[2] + 1) - x - 1, 2);
    const lines = wrapped(phase[0], width - 6, 12, 1);
    append(svg, draw('g', null, draw('title', null, phase[0] + COLON + dayWords(phase[1]) + ' – ' + dayWords(phase[2])),
      draw('rect', { x: x, y: y - 11, width: width, height: 22, class: i % 2 ? 'phase odd' : 'phase' }),
      width > 30 ? draw('text', { x: x + width / 2, y: y + 4, 'text-anchor': 'middle', class: 'phase-name', 'font-size': 12 }, lines[0] || '') : null));
  });
}

function spellWords(spell) {
  return [spell[0] === null ? '' : T('listed-on', { day: dayWords(spell[0]) }), spell[1] === null ? T('still-listed') : T('delisted-on', { day: dayWords(spell[1]) })].filter(Boolean).join(COMMA);
}

function listingWords(record) {
  if (record.spells === null) return T('listing-unknown');
  return (record.spells || []).map(spellWords).join(CHINESE ? '；' : '; ') || T('never-listed');
}

function listing(svg, record, scale, y) {
  const spells = record.spells;
  if (spells === null || !spells || !spells.length) {
    append(svg, draw('text', { x: LINE.left + 8, y: y + 4, class: 'row-name', 'font-size': 12.5 }, listingWords(record)));
    return;
  }
  spells.forEach(function (spell) {
    const x = spell[0] === null ? LINE.left : scale.x(spell[0]), end = scale.x(spell[1] === null ? 0 : spell[1]);
    const said = spellWords(spell), inside = widthOf(said, 12) < end - x - 12;
    append(svg, draw('g', null, draw('title', null, said), draw('rect', { x: x, y: y - 10, width: Math.max(end - x, 3), height: 20, class: 'spell' }),
      spell[1] === null ? draw('path', { d: 'M' + end + ' ' + (y - 10) + 'l8 10l-8 10z', class: 'spell' }) : null,
      inside ? draw('text', { x: x + 7, y: y + 4, class: 'spell-name', 'font-size': 12 }, said) : null));
  });
}
