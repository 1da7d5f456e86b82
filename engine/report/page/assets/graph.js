// The same derivation as a drawing: from the outcome on the left to the facts on the right, boxes as tall as their text.

const DRAWN_LEVELS = 5;
const BOX = { width: 208, gap: 54, between: 14, pad: 9, line: 17, size: 13, most: 6 };
const NO_START = '，。、；：？！）》”’」,.;:?!)]}%';
const NO_END = '（《“‘「([{';

const measuring = document.createElement('canvas').getContext('2d');
const WIDTHS = new Map();

function widthOf(words, size) {
  const key = size + words;
  let found = WIDTHS.get(key);
  if (found === undefined) {
    measuring.font = size + 'px ' + getComputedStyle(document.body).fontFamily;
    // A little to spare: where the font of the drawing differs, the text still fits its box.
    found = Math.max(measuring.measureText(words).width, plainWidth(words, size)) * 1.02;
    WIDTHS.set(key, found);
  }
  return found;
}

function plainWidth(words, size) {
  let total = 0;
  for (const char of words) total += char.codePointAt(0) > 0x2e7f ? size : size * 0.5;
  return total;
}

/** Where a line may end: after a word, or between Chinese characters, but no mark stands alone. */
function pieces(words) {
  const found = [];
  let word = '';
  for (const char of words) {
    const wide = char.codePointAt(0) > 0x2e7f;
    const last = found.length && !word ? found[found.length - 1] : word;
    if (wide || char === ' ') {
      if (NO_START.indexOf(char) >= 0 && (word || found.length)) {
        if (word) { found.push(word + char); word = ''; } else found[found.length - 1] += char;
      } else if (wide && last && NO_END.indexOf(last.charAt(last.length - 1)) >= 0 && !word) found[found.length - 1] += char;
      else {
        if (word) found.push(word);
        found.push(char);
        word = '';
      }
    } else word += char;
  }
  if (word) found.push(word);
  return found;
}

/** `words` in lines of at most `width`; what does not fit in `most` lines ends with an ellipsis. */
function wrapped(words, width, size, most) {
  const lines = [];
  let line = '';
  pieces(clean(words)).forEach(function (piece) {
    while (widthOf(piece, size) > width && piece.length > 1) {
      let cut = piece.length - 1;
      while (cut > 1 && widthOf(line + piece.slice(0, cut), size) > width) cut -= 1;
      if (line && widthOf(line + piece.slice(0, cut), size) > width) { lines.push(line); line = ''; continue; }
      lines.push(line + piece.slice(0, cut));
      line = '';
      piece = piece.slice(cut);
    }
    if (widthOf((line + piece).trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  });
  if (line.trim()) lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  let last = lines[most - 1];
  while (last && widthOf(last + '…', size) > width) last = last.slice(0, -1);
  return lines.slice(0, most - 1).concat(last + '…');
}

function boxOf(subject, index, before) {
  const inner = BOX.width - 2 * BOX.pad, truth = nodeTruth(subject, index), value = nodeValue(subject, index);
  const rule = subject.net.nodes[index][3], texts = [];
  function add(words, name, size, most) {
    wrapped(words, inner, size, most).forEach(function (line) { texts.push([line, name, size]); });
  }
  texts.push([T('truth.' + truth) + (rule >= 0 ? ' · ' + T('clause-number', { id: DATA.clauses[DATA.rules[rule][2]][0] }) : ''), 'box-truth', 12]);
  if (before) add(before, 'box-outcome', BOX.size, 2);
  add(nodeLabel(subject.net, index), 'box-label', BOX.size, BOX.most);
  if (value) {
    add(value.words, 'box-value', 12, 2);
    if (value.cell) add(shortPlace(value.cell), 'box-cell', 11, 2);
  }
  return { texts: texts, height: texts.length * BOX.line + 2 * BOX.pad - 2, truth: truth };
}

/** The nodes that are seen, in order, each under the one that it carries. */
function laidOut(subject, open, starts) {
  const boxes = [];
  let y = 8;
  function visit(index, level, parent, path, carries, before) {
    const here = path + '/' + index, inputs = subject.net.nodes[index][2], box = boxOf(subject, index, before);
    Object.assign(box, { index: index, level: level, parent: parent, path: here, carries: carries, inputs: inputs.length, open: open.has(here) && inputs.length > 0 });
    boxes.push(box);
    const begin = y;
    if (!box.open) {
      box.y = y;
      y += box.height + BOX.between;
      return box;
    }
    const carrying = new Set(carriers(subject.net, subject.truths, index));
    const below = inputs.map(function (input) { return visit(input, level + 1, box, here, carrying.has(input)); });
    const first = below[0], last = below[below.length - 1];
    box.y = Math.max(begin, (first.y + first.height / 2 + last.y + last.height / 2) / 2 - box.height / 2);
    y = Math.max(y, box.y + box.height + BOX.between);
    return box;
  }
  starts.forEach(function (start) { visit(start[0], 0, null, '', true, start[1]); });
  return { boxes: boxes, height: y, levels: Math.max.apply(null, boxes.map(function (box) { return box.level; })) + 1 };
}

function startOpen(subject, starts) {
  const open = new Set();
  function visit(index, path, levels) {
    const here = path + '/' + index;
    if (!levels) return;
    open.add(here);
    const carrying = carriers(subject.net, subject.truths, index);
    if (carrying.length <= FEW) carrying.forEach(function (input) { visit(input, here, levels - 1); });
  }
  starts.forEach(function (start) { visit(start[0], '', starts.length > 1 ? 0 : DRAWN_LEVELS); });
  return open;
}

/** The drawing; a box unfolds what is behind it when it is chosen by mouse, Enter or the space bar. */
function graphView(subject, rows) {
  const starts = rows || [[subject.root]];
  const open = startOpen(subject, starts), name = subject.heading || nodeLabel(subject.net, subject.root);
  const frame = el('div', { class: 'scroll graph', tabindex: '0', role: 'group', 'aria-label': T('graph-of', { name: name }) });
  function show(focus) {
    const laid = laidOut(subject, open, starts), width = laid.levels * (BOX.width + BOX.gap) - BOX.gap + 16;
    const svg = draw('svg', { width: width, height: laid.height, viewBox: '0 0 ' + width + ' ' + laid.height, role: 'group', 'aria-label': T('graph-of', { name: name }) });
    laid.boxes.forEach(function (box) { if (box.parent) append(svg, edge(box)); });
    laid.boxes.forEach(function (box) { append(svg, boxNode(subject, box, function () { flip(box.path); })); });
    empty(frame).appendChild(svg);
    if (focus) {
      const there = Array.prototype.find.call(svg.querySelectorAll('.box'), function (one) { return one.getAttribute('data-path') === focus; });
      if (there) there.focus();
    }
  }
  function flip(path) {
    if (!open.delete(path)) open.add(path);
    show(path);
  }
  show();
  // The outcome stands in the middle of what it follows from, which may be far down.
  requestAnimationFrame(function () {
    const root = frame.querySelector('.box');
    if (root) frame.scrollTop = Math.max(0, root.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 2);
  });
  return [el('p', { class: 'hint' }, T('graph-keys')), frame];
}

function left(box) {
  return 8 + box.level * (BOX.width + BOX.gap);
}

function edge(box) {
  const x = left(box.parent) + BOX.width, y = box.parent.y + box.parent.height / 2, to = left(box), end = box.y + box.height / 2;
  return draw('path', { class: box.carries ? 'edge' : 'edge beside', d: 'M' + x + ' ' + y + 'C' + (x + BOX.gap / 2) + ' ' + y + ' ' + (to - BOX.gap / 2) + ' ' + end + ' ' + to + ' ' + end });
}

function boxNode(subject, box, flip) {
  const x = left(box), label = nodeLabel(subject.net, box.index), folds = box.inputs > 0;
  const g = draw('g', {
    class: 'box is-' + box.truth + (box.carries ? '' : ' beside'), transform: 'translate(' + x + ' ' + box.y + ')', 'data-path': box.path,
    tabindex: folds ? '0' : null, role: folds ? 'button' : 'img', 'aria-expanded': folds ? String(box.open) : null,
    'aria-label': T('truth.' + box.truth) + COLON + label + (nodeValue(subject, box.index) ? COLON + nodeValue(subject, box.index).words : ''),
  }, draw('title', null, label), draw('rect', { width: BOX.width, height: box.height, rx: 3 }), draw('rect', { class: 'edge-bar', width: 4, height: box.height }));
  truthShape(g, box.truth, BOX.width - 15, 16);
  box.texts.forEach(function (text, i) {
    append(g, draw('text', { x: BOX.pad + 3, y: BOX.pad + 11 + i * BOX.line, class: text[1], 'font-size': text[2] }, text[0]));
  });
  if (folds) {
    append(g, draw('g', { class: 'fold', transform: 'translate(' + BOX.width + ' ' + box.height / 2 + ')', 'aria-hidden': 'true' }, draw('circle', { r: 8 }),
      draw('path', { d: box.open ? 'M-4 0H4' : 'M-4 0H4M0 -4V4' })));
    g.addEventListener('click', flip);
    g.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); flip(); }
    });
  }
  return g;
}
