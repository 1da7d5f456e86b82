// A derivation as folds inside folds; what carries the outcome is unfolded, the rest is a key away.

const OPEN_LEVELS = 10;
/** Where more inputs than this carry an outcome, such as all the criteria that do not hold, they are left folded. */
const FEW = 3;

/** What a derivation is about: a network, its truths for this unit, and where to start. */
function subjectOf(unit, net, truths, root, heading) {
  return { unit: unit, net: net, truths: truths, root: root, heading: heading || null };
}

function nodeLabel(net, index) {
  const node = net.nodes[index];
  return node[3] >= 0 ? DATA.rules[node[3]][1] : WORDS[node[4]];
}

function nodeTruth(subject, index) {
  return TRUTH[subject.truths.charAt(index)];
}

function truthOfNode(subject, index) {
  return mark(nodeTruth(subject, index));
}

/** In a few words what a test saw: the value of the one fact that it reads, or why there is none. */
function nodeValue(subject, index) {
  const names = subject.net.nodes[index][5];
  if (names.length !== 1) return null;
  const state = factState(subject.unit, names[0], nodeTruth(subject, index) === 'withheld');
  if (!state.known) return { words: reasonWords(names[0], state.reason), cell: state.cells.length ? state.cells[0].place : '' };
  return { words: state.words, cell: state.cells.length ? state.cells[0].place : '' };
}

function shortPlace(where) {
  return where.split('!').slice(-2).join('!');
}

function treeNode(subject, index, level, before) {
  const net = subject.net, node = net.nodes[index], value = nodeValue(subject, index);
  const summary = el('summary', null, truthOfNode(subject, index), ' ', before ? el('span', { class: 'outcome' }, before) : null,
    el('span', { class: 'label' }, nodeLabel(net, index)),
    value ? el('span', { class: 'brief' }, said(value.words), value.cell ? el('code', { class: 'cell' }, shortPlace(value.cell)) : null) : null);
  const details = el('details', { class: 'node is-' + nodeTruth(subject, index), 'data-node': String(index) }, summary);
  let made = false;
  function make() {
    if (made) return;
    made = true;
    append(details, treeBody(subject, index, level));
  }
  details.addEventListener('toggle', function () { if (details.open) make(); });
  details.unfold = function (open) {
    if (open) make();
    details.open = open;
  };
  return details;
}

function treeBody(subject, index, level) {
  const net = subject.net, node = net.nodes[index], rule = node[3] >= 0 ? DATA.rules[node[3]] : null;
  const body = el('div', { class: 'body' });
  if (rule) append(body, clauseText(rule[2]));
  if (rule && rule[4]) append(body, el('p', { class: 'reading' }, rule[4]));
  if (rule && (node[2].length || WORDS[node[4]] !== rule[1])) append(body, el('p', { class: 'reading' }, parts('requires', { what: el('span', null, WORDS[node[4]]) })));
  node[5].forEach(function (name) { append(body, factBlock(subject.unit, name, subject.unit.counted.get(net === SCREENING ? index + ':' + name : ''), nodeTruth(subject, index) === 'withheld')); });
  node[6].forEach(function (parameter) { append(body, parameterLine(DATA.params[parameter])); });
  if (node[2].length) {
    const carrying = new Set(carriers(net, subject.truths, index));
    append(body, el('ul', { class: 'inputs' }, node[2].map(function (input) {
      const child = treeNode(subject, input, level + 1);
      if (!carrying.has(input)) child.classList.add('beside');
      return el('li', null, child);
    })));
  }
  return body;
}

function parameterLine(parameter) {
  return el('p', { class: 'parameter' }, parts('parameter', {
    name: el('strong', null, parameter[1]), value: said(parameter[2], 'value'),
    since: parameter[6] ? T('since', { day: parameter[6] }) : T('assumed'),
    basis: T('basis.' + parameter[3]), clause: clauseLink(parameter[5], true),
  }), ' ', el('span', { class: 'why' }, parameter[4]));
}

/** Unfold what carries the outcome down to a number of levels. */
function unfoldCarriers(subject, details, levels) {
  details.unfold(levels > 0);
  if (levels <= 0) return;
  const carrying = childrenOf(details).filter(function (child) { return !child.classList.contains('beside'); });
  if (carrying.length <= FEW) carrying.forEach(function (child) { unfoldCarriers(subject, child, levels - 1); });
}

function childrenOf(details) {
  return Array.prototype.slice.call(details.querySelectorAll(':scope > .body > .inputs > li > details.node'));
}

function unfoldAll(details, open) {
  if (open) details.unfold(true);
  childrenOf(details).forEach(function (child) { unfoldAll(child, open); });
  if (!open) details.unfold(false);
}

/** The tree with its buttons. Arrow keys go up and down the lines that are seen, right unfolds, left folds. */
function treeView(subject, rows) {
  const roots = rows ? rows.map(function (row) { return treeNode(subject, row[0], 1, row[1]); }) : [treeNode(subject, subject.root, 1)];
  const tree = el('div', { class: 'tree', role: 'group', 'aria-label': T('tree-of', { name: subject.heading || nodeLabel(subject.net, subject.root) }) }, roots);
  function usual() {
    roots.forEach(function (root) { unfoldAll(root, false); });
    roots.forEach(function (root) { unfoldCarriers(subject, root, rows ? 0 : OPEN_LEVELS); });
  }
  usual();
  tree.addEventListener('keydown', function (event) { treeKey(tree, event); });
  function button(key, act) {
    return el('button', { type: 'button', onClick: act, 'data-act': key }, T(key));
  }
  return [el('div', { class: 'buttons' }, button('unfold-carriers', usual),
    button('unfold-all', function () { roots.forEach(function (root) { unfoldAll(root, true); }); }),
    button('fold-all', function () { roots.forEach(function (root) { unfoldAll(root, false); }); }),
    el('span', { class: 'hint' }, T('tree-keys'))), tree];
}

function treeKey(tree, event) {
  const here = event.target;
  if (here.tagName !== 'SUMMARY' || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const lines = Array.prototype.filter.call(tree.querySelectorAll('details.node > summary'), function (line) { return line.getClientRects().length; });
  const at = lines.indexOf(here), details = here.parentNode;
  let next = null;
  if (event.key === 'ArrowDown') next = lines[at + 1];
  else if (event.key === 'ArrowUp') next = lines[at - 1];
  else if (event.key === 'Home') next = lines[0];
  else if (event.key === 'End') next = lines[lines.length - 1];
  else if (event.key === 'ArrowRight') {
    if (details.open) next = lines[at + 1];
    else details.unfold(true);
  } else if (event.key === 'ArrowLeft') {
    const parent = details.parentNode.closest('details.node');
    if (details.open) details.unfold(false);
    else if (parent && tree.contains(parent)) next = parent.firstChild;
  } else return;
  event.preventDefault();
  if (next) next.focus();
}
