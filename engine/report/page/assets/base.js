// Elements are made here and nowhere else: text is always a text node, and a link never leaves the page.

/** Characters that change how their neighbours are shown are shown themselves, by number. */
function clean(said) {
  return String(said).replace(/[\u0000-\u0008\u000b-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g,
    function (char) {
      return '[U+' + char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0') + ']';
    });
}

const LISTENED = /^on[A-Z]/;

function fill(node, attributes, children) {
  Object.keys(attributes || {}).forEach(function (name) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) return;
    if (LISTENED.test(name)) node.addEventListener(name.slice(2).toLowerCase(), value);
    else if (name === 'href' && value.charAt(0) !== '#') throw new Error('a link may not leave the page');
    else node.setAttribute(name, value === true ? '' : clean(value));
  });
  append(node, children);
  return node;
}

function append(node, child) {
  if (Array.isArray(child)) child.forEach(function (one) { append(node, one); });
  else if (child instanceof Node) node.appendChild(child);
  else if (child !== null && child !== undefined && child !== false) node.appendChild(document.createTextNode(clean(child)));
}

/** An element of the page with its attributes (`onClick` and the like listen) and children. */
function el(tag, attributes) {
  return fill(document.createElement(tag), attributes, Array.prototype.slice.call(arguments, 2));
}

/** An element of a drawing. */
function draw(tag, attributes) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, Array.prototype.slice.call(arguments, 2));
}

function empty(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
}

/** What a workbook says, kept apart from the direction of the text around it. */
function said(words, name) {
  return el('bdi', { class: name }, words);
}

const DATA = JSON.parse(document.getElementById('data').textContent);
const CHINESE = DATA.lang === 'zh';
const COMMA = CHINESE ? '、' : ', ';
const COLON = CHINESE ? '：' : ': ';

/** A sentence of the page, with its parameters filled in. */
function T(key, params) {
  const template = DATA.texts[key];
  if (template === undefined) throw new Error('no text for ' + key);
  return template.replace(/\{(\w+)\}/g, function (whole, name) {
    return params && params[name] !== undefined ? params[name] : whole;
  });
}

/** The same with nodes for parameters. */
function parts(key, params) {
  return DATA.texts[key].split(/(\{\w+\})/).map(function (piece) {
    const name = /^\{(\w+)\}$/.exec(piece);
    return name ? params[name[1]] : piece;
  });
}

function joined(nodes, between) {
  const found = [];
  nodes.forEach(function (node, i) {
    if (i) found.push(between);
    found.push(node);
  });
  return found;
}

// Days are numbers of days after the as-of date.
const AS_OF = Date.UTC(+DATA.head.asOf.slice(0, 4), +DATA.head.asOf.slice(5, 7) - 1, +DATA.head.asOf.slice(8, 10));
const DAY = 86400000;

function iso(day) {
  return new Date(AS_OF + day * DAY).toISOString().slice(0, 10);
}

function dayWords(day) {
  const written = iso(day);
  if (!CHINESE) return written;
  return +written.slice(0, 4) + '年' + +written.slice(5, 7) + '月' + +written.slice(8, 10) + '日';
}

function dayOf(year, month, date) {
  return Math.round((Date.UTC(year, month - 1, date) - AS_OF) / DAY);
}

/** A day as an element that programs can read too; nothing for a day that there is not. */
function dayNode(day) {
  return day === null || day === undefined ? null : el('time', { datetime: iso(day), class: 'day' }, dayWords(day));
}
