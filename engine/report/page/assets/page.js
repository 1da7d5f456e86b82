// The frame and the way between views: the address after # says what is shown, so that the back button works.

const VIEWS = { units: overview, unit: unitView, assumptions: assumptionsView, clauses: clausesView, check: checkView };
const main = el('main', { id: 'main', tabindex: '-1' });
let current = null;

function query() {
  const found = {};
  let view = null;
  location.hash.replace(/^#/, '').split('&').filter(Boolean).forEach(function (piece, i) {
    const cut = piece.indexOf('='), key = cut < 0 ? piece : piece.slice(0, cut);
    if (i === 0) view = key;
    let value = '';
    // An address typed by hand may be no valid one.
    try { value = cut < 0 ? '' : decodeURIComponent(piece.slice(cut + 1)); } catch (error) { value = ''; }
    found[key] = value;
  });
  return { view: Object.prototype.hasOwnProperty.call(VIEWS, view) ? view : 'units', params: found };
}

/** The state of a view in the address, without a step in the history for every letter typed. */
function keep(view, state) {
  const kept = ['q', 'verdict', 'kind', 'category', 'holds', 'sort', 'down', 'page'].filter(function (key) { return state[key] !== undefined && state[key] !== ''; });
  const hash = '#' + [view].concat(kept.map(function (key) { return key + '=' + encodeURIComponent(state[key]); })).join('&');
  history.replaceState(null, '', hash);
}

function route(first) {
  const asked = query();
  current = VIEWS[asked.view](asked.params);
  empty(main);
  append(main, current.node);
  document.title = current.title + ' - ' + clean(DATA.head.title);
  document.querySelectorAll('.views a').forEach(function (link) {
    const here = link.getAttribute('href') === '#' + (asked.view === 'unit' ? 'units' : asked.view);
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  if (current.shown && current.shown()) return;
  if (first !== true) {
    window.scrollTo(0, 0);
    const heading = main.querySelector('h1');
    if (heading) heading.focus({ preventScroll: true });
  }
}

function frame() {
  const links = [['units', 'overview'], ['assumptions', 'assumptions'], ['clauses', 'clauses'], ['check', 'check']].map(function (one) {
    return el('li', null, el('a', { href: '#' + one[0] }, T(one[1])));
  });
  const about = [T('as-of', { day: DATA.head.day }), T('digest', { digest: DATA.head.short }), T('engine', { engine: DATA.head.engine })];
  return [el('header', { class: 'top' }, el('div', { class: 'bar-inner' }, el('p', { class: 'title' }, DATA.head.title), el('p', { class: 'about' }, about.map(function (words) { return el('span', null, words); })),
    el('nav', { class: 'views', 'aria-label': T('views') }, el('ul', null, links)))),
    DATA.head.published ? el('p', { class: 'notice published', role: 'note' }, DATA.head.published) : null,
    DATA.head.assumed.length ? el('div', { class: 'frame-note', role: 'note' }, assumedList()) : null,
    DATA.head.notes.length ? el('div', { class: 'frame-note', role: 'note' }, DATA.head.notes.map(function (note) { return el('p', { class: 'notice' }, note); })) : null,
    main, el('footer', { class: 'foot' }, el('p', null, T('foot')), el('p', null, DATA.ledger ? T('foot-head', { head: DATA.ledger }) : T('foot-no-head')))];
}

append(document.getElementById('app'), frame());
document.querySelector('.skip').addEventListener('click', function (event) {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', route);
window.addEventListener('beforeprint', function () { if (current.print) current.print(true); });
window.addEventListener('afterprint', function () { if (current.print) current.print(false); });
route(true);
