// A unit's duties over the years: done ones at the day they were done, the others at their last good day.

const LINE = { left: 232, width: 1060, right: 1022, row: 26 };
/** On a phone names take no more than a third of the screen. */
const SMALL_LINE = { left: 122, width: 720, right: 682, row: 26 };

function axis(line, record, duties) {
  const days = [DATA.effective, 0];
  DATA.phases.forEach(function (phase) { days.push(phase[1], phase[2]); });
  (record.spells || []).forEach(function (spell) { days.push(spell[0], spell[1]); });
  duties.forEach(function (duty) { days.push(duty.due, duty.done); });
  const known = days.filter(function (day) { return day !== null && day !== undefined; });
  const first = +iso(Math.min.apply(null, known)).slice(0, 4), last = +iso(Math.max.apply(null, known)).slice(0, 4);
  const start = dayOf(first, 1, 1), end = dayOf(last + 1, 1, 1);
  return { first: first, last: last, line: line, x: function (day) { return Math.min(Math.max(line.left + (day - start) / (end - start) * (line.right - line.left), line.left), line.right); } };
}

/** The name of a row, its middle at `y`; `whole` in a tooltip where it had to be cut. */
function label(svg, lines, y, whole) {
  const cut = lines[lines.length - 1].slice(-1) === '…' && whole;
  lines.forEach(function (line, i) {
    append(svg, draw('text', { x: 4, y: y + 4.5 + (i - (lines.length - 1) / 2) * 15, class: 'row-name', 'font-size': 12.5 }, cut ? draw('title', null, whole) : null, line));
  });
}

function nameLines(line, words) {
  return wrapped(words, line.left - 18, 12.5, line === LINE ? 2 : 4);
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
  const record = unit.record, duties = unit.duties.filter(function (duty) { return duty.status !== 'not_applicable'; });
  const line = window.innerWidth < 700 ? SMALL_LINE : LINE, scale = axis(line, record, duties), rows = [], marks = draw('g', null);
  duties.forEach(function (duty) {
    const row = rows.filter(function (one) { return one.row === duty.row; })[0];
    if (row) row.duties.push(duty);
    else rows.push({ row: duty.row, duties: [duty] });
  });
  rows.sort(function (a, b) { return DATA.dutyRows[a.row][0] - DATA.dutyRows[b.row][0]; });
  let y = 40;
  if (DATA.phases.length) { label(marks, nameLines(line, T('phases')), y); phases(marks, scale, y); y += 30; }
  label(marks, nameLines(line, T('listing')), y);
  listing(marks, record, scale, y);
  y += 17;
  rows.forEach(function (row) { y += dutyRow(marks, row, scale, y); });
  y += 4;
  const x = scale.x(0), half = widthOf(T('as-of', { day: DATA.head.day }), 12) / 2, middle = Math.min(Math.max(x, line.left + half), line.width - half - 4);
  const svg = draw('svg', { class: 'timeline', width: line.width, height: y + 18, viewBox: '0 0 ' + line.width + ' ' + (y + 18), role: 'img', 'aria-label': timelineWords(duties) });
  bandOfYears(svg, scale, y);
  append(svg, [draw('path', { d: 'M' + x + ' 22V' + y, class: 'as-of' }), draw('text', { x: middle, y: y + 13, 'text-anchor': 'middle', class: 'as-of-name', 'font-size': 12 }, T('as-of', { day: DATA.head.day })), marks]);
  return [el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': T('timeline') }, svg), legend(duties), el('p', { class: 'hint' }, T('timeline-note'))];
}

/** One row of duties from `top`, as high as its name and its lanes need; the height is returned. */
function dutyRow(svg, row, scale, top) {
  const clause = DATA.dutyRows[row.row], alone = new Set(row.duties.map(function (duty) { return duty.duty; })).size === 1;
  const words = clause[1] || (alone ? DATA.duties[row.duties[0].duty][1] : DATA.clauses[clause[0]][1]), lines = nameLines(scale.line, words);
  const found = clusters(row.duties, scale), lanes = 1 + Math.max.apply(null, found.map(function (one) { return one.lane; }));
  const height = Math.max(lanes * LANE.high + 10, lines.length * 15 + 6);
  const laneAt = function (lane) { return top + (height - lanes * LANE.high) / 2 + (lane + .5) * LANE.high; };
  label(svg, lines, top + height / 2, words);
  append(svg, draw('path', { d: 'M' + scale.line.left + ' ' + laneAt(0) + 'H' + scale.line.right, class: 'rail' }));
  found.forEach(function (one) { late(svg, one, scale, laneAt(one.lane)); });
  found.forEach(function (one) {
    const said = one.duties.slice(0, 12).map(dutyWords);
    if (one.duties.length > 12) said.push(T('and-more', { n: one.duties.length - 12 }));
    append(svg, draw('g', { class: 'cluster' }, draw('title', null, said.join('\n')), statusShape(one.status, one.x, laneAt(one.lane)),
      one.beside ? draw('text', { x: one.x + 9, y: laneAt(one.lane) + 4, class: 'count', 'font-size': 11 }, one.beside) : null));
  });
  return height;
}

/** What occurs and how often: each status, and the sign for a day that is not known. */
function counted(duties) {
  const found = PRESSING.map(function (status) {
    return [status, T('duties.status.' + status), duties.filter(function (duty) { return duty.status === status; }).length];
  });
  return found.concat([['?', T('timeline.undated'), duties.filter(isUndated).length]]).filter(function (one) { return one[2] > 0; });
}

function timelineWords(duties) {
  return T('timeline') + COLON + counted(duties).map(function (one) { return one[1] + ' ' + one[2]; }).join(COMMA);
}

function legend(duties) {
  return el('ul', { class: 'legend' }, counted(duties).map(function (one) {
    return el('li', null, one[0] === '?' ? [el('strong', { class: 'sign' }, '?'), one[1]] : statusMark(one[0]), ' ', String(one[2]));
  }));
}

/** A line from the last good day to the day until which it was late. */
function late(svg, one, scale, y) {
  if (one.status !== 'overdue' && one.status !== 'met_late') return;
  const own = one.duties.filter(function (duty) { return duty.due !== null; });
  if (!own.length) return;
  const start = Math.min.apply(null, own.map(function (duty) { return duty.due; }));
  const end = one.status === 'overdue' ? 0 : Math.max.apply(null, own.map(markDay));
  append(svg, draw('path', { d: 'M' + scale.x(start) + ' ' + y + 'H' + scale.x(end), class: 'late' }));
}

function phases(svg, scale, y) {
  DATA.phases.forEach(function (phase, i) {
    const x = scale.x(phase[1]), width = Math.max(scale.x(phase[2] + 1) - x - 1, 2);
    const size = [12, 11, 10].filter(function (one) { return widthOf(phase[0], one) <= width - 6; })[0] || 10, lines = wrapped(phase[0], width - 6, size, 1);
    append(svg, draw('g', null, draw('title', null, phase[0] + COLON + dayWords(phase[1]) + ' – ' + dayWords(phase[2])),
      draw('rect', { x: x, y: y - 11, width: width, height: 22, class: i % 2 ? 'phase odd' : 'phase' }),
      width > 30 ? draw('text', { x: x + width / 2, y: y + 4, 'text-anchor': 'middle', class: 'phase-name', 'font-size': size }, lines[0] || '') : null));
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
    append(svg, draw('text', { x: scale.line.left + 8, y: y + 4, class: 'row-name', 'font-size': 12.5 }, listingWords(record)));
    return;
  }
  spells.forEach(function (spell) {
    const x = spell[0] === null ? scale.line.left : scale.x(spell[0]), end = scale.x(spell[1] === null ? 0 : spell[1]);
    const said = spellWords(spell), inside = widthOf(said, 12) < end - x - 12;
    append(svg, draw('g', null, draw('title', null, said), draw('rect', { x: x, y: y - 10, width: Math.max(end - x, 3), height: 20, class: 'spell' }),
      spell[1] === null ? draw('path', { d: 'M' + end + ' ' + (y - 10) + 'l8 10l-8 10z', class: 'spell' }) : null,
      inside ? draw('text', { x: x + 7, y: y + 4, class: 'spell-name', 'font-size': 12 }, said) : null));
  });
}
