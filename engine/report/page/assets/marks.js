// The marks of duties: a shape for each status, the day at which each stands, and the lanes of those that are close.

/** Rows and marks in pixels: how far apart lanes are, and marks that are not drawn as one. */
const LANE = { high: 17, near: 12 };
const PRESSING = ['overdue', 'unknown', 'withheld', 'met_late', 'pending', 'met', 'waived', 'not_applicable'];

/** The shapes are those of the picture that `plumbline timeline` draws. */
function statusShape(status, x, y) {
  const g = draw('g', { class: 'duty-mark is-' + status, transform: 'translate(' + x + ' ' + y + ')' });
  const shapes = {
    met: [draw('circle', { r: 6, class: 'solid' })],
    met_late: [draw('polygon', { points: '0,-6 6,4.8 -6,4.8', class: 'solid' })],
    pending: [draw('circle', { r: 5, class: 'line' })],
    overdue: [draw('rect', { x: -6, y: -6, width: 12, height: 12, class: 'solid' }), draw('path', { d: 'M-3 -3l6 6m0 -6l-6 6', class: 'cut' })],
    unknown: [draw('polygon', { points: '0,-7 7,0 0,7 -7,0', class: 'line' }), draw('path', { d: 'M-1.7 -1.3a1.7 1.7 0 1 1 1.7 1.9v0.8m0 1.6v0.6', class: 'stroke' })],
    waived: [draw('rect', { x: -5, y: -5, width: 10, height: 10, class: 'line' }), draw('path', { d: 'M-5 5L5 -5', class: 'stroke' })],
    not_applicable: [draw('path', { d: 'M-3 0H3', class: 'line' })],
    withheld: [draw('rect', { x: -5, y: -5, width: 10, height: 10, class: 'line' }), draw('path', { d: 'M-5 2L2 -5M-5 5L5 -5M-2 5L5 -2', class: 'line' })],
  };
  append(g, shapes[status]);
  return g;
}

function statusMark(status) {
  return el('span', { class: 'mark status is-' + status },
    draw('svg', { class: 'shape', viewBox: '-9 -9 18 18', width: 18, height: 18, 'aria-hidden': 'true' }, statusShape(status, 0, 0)), T('duties.status.' + status));
}

/** Done on a day that nobody knows. */
function isUndated(duty) {
  return duty.done === null && (duty.status === 'met' || duty.status === 'met_late');
}

/** Where a duty stands: what is done at its day, or at the last that it can have been; the rest at its last good day. */
function markDay(duty) {
  const due = duty.due === null ? duty.last : duty.due;
  if (isUndated(duty)) return duty.status === 'met_late' ? 0 : Math.min(due, 0);
  return duty.done === null || duty.status === 'waived' ? due : duty.done;
}

/** The marks of one row: those of one status that would cover each other are one with their number, and each stands in
    the first lane where it and its number cover no other; the most pressing first. */
function clusters(duties, scale) {
  const found = [], lanes = [];
  PRESSING.forEach(function (status) {
    [false, true].forEach(function (undated) {
      let last = null;
      duties.filter(function (duty) { return duty.status === status && isUndated(duty) === undated; }).map(function (duty) {
        return { x: scale.x(markDay(duty)), duty: duty };
      }).sort(function (a, b) { return a.x - b.x; }).forEach(function (mark) {
        if (last && mark.x - last.x < LANE.near) last.duties.push(mark.duty);
        else { last = { x: mark.x, status: status, undated: undated, duties: [mark.duty] }; found.push(last); }
      });
    });
  });
  found.forEach(function (one) {
    one.beside = (one.duties.length > 1 ? one.duties.length : '') + (one.undated ? '?' : '');
    const start = one.x - 8.5, end = one.x + 9 + (one.beside ? widthOf(one.beside, 11) + 3 : 0);
    one.lane = 0;
    while ((lanes[one.lane] || []).some(function (span) { return span[0] < end && start < span[1]; })) one.lane += 1;
    (lanes[one.lane] = lanes[one.lane] || []).push([start, end]);
  });
  return found;
}

function dutyWords(duty) {
  const said = [DATA.duties[duty.duty][1] + COLON + duty.period, T('duties.status.' + duty.status)];
  if (duty.due !== null) said.push(T('due-day', { day: dayWords(duty.due) }));
  if (duty.done !== null) said.push(T('done-day', { day: dayWords(duty.done) }));
  if (isUndated(duty)) said.push(T('timeline.day-unknown'));
  return said.join(COMMA);
}
