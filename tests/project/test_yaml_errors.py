"""What is said about a broken file: the fragment, the exact words, and beside it the fragment put right."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from engine.diagnostics import render
from engine.messages import Lang
from engine.project.yaml import parse_yaml

CASES: list[tuple[str, str, Lang, str, str]] = [
    (
        "a quote that is not closed",
        ('a: "x\nb: 1\n'),
        "en",
        """\
rules/x.yaml:1:4: error[unclosed-quote]: the quote `"` that begins here is not closed
    1 | a: "x
      |    ^
  help: end the text with `"`""",
        ('a: "x"\nb: 1\n'),
    ),
    (
        "a quote that is not closed before another one",
        ('a: 1\nb: "x\nc: "y"\n'),
        "zh",
        """\
rules/x.yaml:2:4: error[unclosed-quote]: 从这里开始的引号 `"` 没有收尾
    2 | b: "x
      |    ^
  提示: 在文字末尾加上 `"`""",
        ('a: 1\nb: "x"\nc: "y"\n'),
    ),
    (
        "a list that is not closed",
        ("a: [1, 2\nb: 3\n"),
        "en",
        """\
rules/x.yaml:1:4: error[unclosed-bracket]: the bracket `[` is not closed by `]`
    1 | a: [1, 2
      |    ^
  help: close it where the list or mapping ends, as in `a: [1, 2]`""",
        ("a: [1, 2]\nb: 3\n"),
    ),
    (
        "a mapping that is not closed",
        "a: {zh: 京, en: x\n",
        "zh",
        """\
rules/x.yaml:1:4: error[unclosed-bracket]: 括号 `{` 没有用 `}` 收尾
    1 | a: {zh: 京, en: x
      |    ^
  提示: 在列表或映射结束处收尾，例如 `a: {zh: 京, en: x}`""",
        "a: {zh: 京, en: x}\n",
    ),
    (
        "the wrong bracket",
        "a: {b: 1]\n",
        "en",
        """\
rules/x.yaml:1:9: error[wrong-bracket]: `{` must be closed by `}`, not by `]`
    1 | a: {b: 1]
      |         ^
  help: write `}`; a text with brackets needs quotes""",
        "a: {b: 1}\n",
    ),
    (
        "two commas",
        "a: [1,, 2]\n",
        "en",
        """\
rules/x.yaml:1:7: error[comma-without-item]: nothing stands before this comma
    1 | a: [1,, 2]
      |       ^
  help: delete one comma, or write the missing item""",
        "a: [1, 2]\n",
    ),
    (
        "indentation that fits nothing",
        ("a:\n    b: 1\n  c: 2\n"),
        "en",
        """\
rules/x.yaml:3:3: error[bad-indentation]: the indentation of this line, 2, fits no line above
    3 |   c: 2
      |   ^
  help: spaces that fit here: 0, 4""",
        ("a:\n    b: 1\n    c: 2\n"),
    ),
    (
        "indentation under a value",
        ("a: 1\n  b: 2\n"),
        "zh",
        """\
rules/x.yaml:2:3: error[indented-under-value]: 这一行缩进在 `a` 之下，而它在第 1 行已经有值
    2 |   b: 2
      |   ^
  提示: 与 `a` 左对齐，或者移走 `a` 的值""",
        ("a: 1\nb: 2\n"),
    ),
    (
        "a tab",
        "a:\n\tb: 1\n",
        "zh",
        """\
rules/x.yaml:2:1: error[tab]: 这里用了制表符（Tab），YAML 只能用空格
    2 |  b: 1
      | ^
  提示: 换成两个空格；多数编辑器可设置按 Tab 键输入空格""",
        ("a:\n  b: 1\n"),
    ),
    (
        "no space after the colon",
        ("a:1\nb: 2\n"),
        "en",
        """\
rules/x.yaml:1:2: error[no-space-after-colon]: a space is missing after `:`
    1 | a:1
      |  ^
  help: write `a: 1`""",
        ("a: 1\nb: 2\n"),
    ),
    (
        "no space after the colon, between brackets",
        "a: {zh:京, en: x}\n",
        "en",
        """\
rules/x.yaml:1:7: error[no-space-after-colon]: a space is missing after `:`
    1 | a: {zh:京, en: x}
      |       ^
  help: write `a: {zh: 京, en: x}`""",
        "a: {zh: 京, en: x}\n",
    ),
    (
        "no space after the dash",
        ("k:\n- a\n-b\n"),
        "zh",
        """\
rules/x.yaml:3:1: error[no-space-after-dash]: `-` 后面缺少空格
    3 | -b
      | ^
  提示: 写成 `- b`""",
        ("k:\n- a\n- b\n"),
    ),
    (
        "no colon",
        ("a: 1\nb\nc: 3\n"),
        "en",
        """\
rules/x.yaml:2:1: error[missing-colon]: `b` has no `: ` after its key
    2 | b
      | ^
  help: write `key: value`; a text over several lines is indented deeper than its key""",
        ("a: 1\nb:\nc: 3\n"),
    ),
    (
        "no colon above a mapping",
        ("category\n  id: x\n"),
        "zh",
        """\
rules/x.yaml:1:1: error[missing-colon]: `category` 的键后面没有 `: `
    1 | category
      | ^^^^^^^^
  提示: 写成 `键: 值`；多行文字要比它的键缩进更多""",
        ("category:\n  id: x\n"),
    ),
    (
        "no key",
        ("a: 1\n: 4\n"),
        "en",
        """\
rules/x.yaml:2:1: error[key-empty]: the key before `:` is missing
    2 | : 4
      | ^
  help: write `key: value`""",
        ("a: 1\nb: 4\n"),
    ),
    (
        "an item among keys",
        ("a: 1\n- b\n"),
        "en",
        """\
rules/x.yaml:2:1: error[item-among-keys]: a list item `- ` stands among `key: value` lines
    2 | - b
      | ^
  help: a level is either all `- ` or all `key: `; indent the list under its key""",
        ("a: 1\nb:\n- b\n"),
    ),
    (
        "a key among items",
        ("- a\nb: 1\n"),
        "zh",
        """\
rules/x.yaml:2:1: error[key-among-items]: 这一行在列表项之间，却没有以 `- ` 开头
    2 | b: 1
      | ^
  提示: 以 `- ` 开头；如果属于上一项，就增加缩进""",
        ("- a\n- b: 1\n"),
    ),
    (
        "a list on the line of its key",
        "a: - b\n",
        "en",
        """\
rules/x.yaml:1:4: error[dash-in-value]: a list cannot begin on the line of its key
    1 | a: - b
      |    ^
  help: put each `- ` item on a line of its own below; if it is a text, write `a: "- b"`""",
        ("a:\n- b\n"),
    ),
    (
        "a repeated key, each time",
        ("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n"),
        "en",
        """\
rules/x.yaml:2:11: error[duplicate-key]: the key `c` is already on line 2
    2 | b: {c: 1, c: 2}
      |           ^
  help: keep one of the two, or rename one
rules/x.yaml:3:1: error[duplicate-key]: the key `a` is already on line 1
    3 | a: 3
      | ^
  help: keep one of the two, or rename one
rules/x.yaml:4:1: error[duplicate-key]: the key `a` is already on line 1
    4 | a: 4
      | ^
  help: keep one of the two, or rename one""",
        ("a: 1\nb: {c: 1, d: 2}\n"),
    ),
    (
        "two documents",
        ("a: 1\n---\nb: 2\n"),
        "zh",
        """\
rules/x.yaml:2:1: error[several-documents]: 从这里开始是第二个文档
    2 | ---
      | ^^^
  提示: 一个文件只放一个文档：删掉 `---` 这一行，或分成两个文件""",
        ("---\na: 1\nb: 2\n"),
    ),
    (
        "keys that are not texts",
        ("2.5: x\ntrue: y\nyes: z\n"),
        "zh",
        """\
rules/x.yaml:1:1: error[key-needs-quotes]: 键 `2.5` 不是文字
    1 | 2.5: x
      | ^^^
  提示: 加上引号：`"2.5":`
rules/x.yaml:2:1: error[key-needs-quotes]: 键 `true` 不是文字
    2 | true: y
      | ^^^^
  提示: 加上引号：`"true":`""",
        ('"2.5": x\n"true": y\nyes: z\n'),
    ),
    (
        "a list as a key",
        ("? [a]\n: b\n"),
        "en",
        """\
rules/x.yaml:1:3: error[key-not-text]: a list or mapping cannot be a key
    1 | ? [a]
      |   ^
  help: write a text before `: `; if this is meant as a text, put it between quotes""",
        '"[a]": b\n',
    ),
    (
        "a tag",
        "a: !!python/object:os.system x\n",
        "en",
        """\
rules/x.yaml:1:4: error[tag]: `!` begins a tag, and tags are not allowed
    1 | a: !!python/object:os.system x
      |    ^
  help: delete the tag; if it belongs to the text, write `a: "!!python/object:os.system x"`""",
        "a: x\n",
    ),
    (
        "a comparison that looks like a tag",
        "is: != 3\n",
        "zh",
        """\
rules/x.yaml:1:5: error[tag]: `!` 表示标签开始，这里不能用标签
    1 | is: != 3
      |     ^
  提示: 删掉标签；如果属于文字，写成 `is: "!= 3"`""",
        'is: "!= 3"\n',
    ),
    (
        "a merge key",
        "<<: {a: 1}\n",
        "zh",
        """\
rules/x.yaml:1:1: error[merge-key]: 不支持合并键 `<<`
    1 | <<: {a: 1}
      | ^^
  提示: 在需要的地方把各个键写出来""",
        '"<<": {a: 1}\n',
    ),
    (
        "an alias of nothing",
        "a: *x\n",
        "en",
        """\
rules/x.yaml:1:4: error[unknown-alias]: `*x` refers to nothing above
    1 | a: *x
      |    ^^
  help: a text that begins with `*` needs quotes: write `a: "*x"`""",
        'a: "*x"\n',
    ),
    (
        "an anchor that nothing refers to",
        "a: &x y\n",
        "en",
        """\
rules/x.yaml:1:4: warning[unused-anchor]: `&x` is taken as a mark, not as text, and nothing refers to it
    1 | a: &x y
      |    ^^
  help: delete it; if it belongs to the text, write `a: "&x y"`""",
        'a: "&x y"\n',
    ),
    (
        "an alias inside what it names",
        "a: &x [*x]\n",
        "en",
        """\
rules/x.yaml:1:8: error[alias-inside-itself]: `*x` stands inside the `&x` it refers to
    1 | a: &x [*x]
      |        ^^
  help: write the value out""",
        ("a: &x [1]\nb: [*x]\n"),
    ),
    (
        "a number without end",
        ("a: .inf\nb: 1e9999\n"),
        "zh",
        """\
rules/x.yaml:1:4: error[number-not-finite]: `.inf` 不是可以计算的数字
    1 | a: .inf
      |    ^^^^
  提示: 写一个数字；如果是文字，请加引号
rules/x.yaml:2:4: error[number-out-of-bounds]: 数字 `1e9999` 太长，无法计算
    2 | b: 1e9999
      |    ^^^^^^
  提示: 如果是文字，请加引号""",
        ('a: ".inf"\nb: 1e9\n'),
    ),
    (
        "a full-width colon",
        ("id：petitions\nname: x\n"),
        "zh",
        """\
rules/x.yaml:1:3: error[full-width-colon]: 冒号 `：` 是全角的，键没有在这里结束
    1 | id：petitions
      |   ^^
  提示: 写成 `id: petitions`""",
        ("id: petitions\nname: x\n"),
    ),
    (
        "a full-width colon in the only line",
        "信访：true\n",
        "en",
        """\
rules/x.yaml:1:3: error[full-width-colon]: the colon `：` is full-width, so no key ends here
    1 | 信访：true
      |     ^^
  help: write `信访: true`""",
        "信访: true\n",
    ),
    (
        "full-width punctuation between braces",
        "a: {zh：京，en：x}\n",
        "zh",
        """\
rules/x.yaml:1:7: error[full-width-colon]: 冒号 `：` 是全角的，键没有在这里结束
    1 | a: {zh：京，en：x}
      |       ^^
  提示: 写成 `a: {zh: 京, en: x}`""",
        "a: {zh: 京, en: x}\n",
    ),
    (
        "a full-width colon in a list",
        ("all:\n  - 信访：true\n  - 工作：四必到\n"),
        "en",
        """\
rules/x.yaml:2:7: warning[full-width-colon-in-text]: the colon `：` is full-width, so this is a text and not a key with a value
    2 |   - 信访：true
      |         ^^
  help: write `- 信访: true`, or put the text between quotes""",
        ("all:\n  - 信访: true\n  - 工作：四必到\n"),
    ),
    (
        "a full-width comma between brackets",
        "a: [京，省]\n",
        "zh",
        """\
rules/x.yaml:1:6: warning[wide-separator]: `，` 起不到分隔作用，这里只是列表的一项
    1 | a: [京，省]
      |       ^^
  提示: 写成 `a: [京, 省]`；如果本来就是文字的一部分，写成 `a: ["京，省"]`""",
        "a: [京, 省]\n",
    ),
    (
        "full-width quotes",
        "a: “2.5”\n",
        "en",
        """\
rules/x.yaml:1:4: warning[full-width-quotes]: these quotes are full-width, so they become part of the text
    1 | a: “2.5”
      |    ^^^^^
  help: write `a: "2.5"`, or, if it belongs to the text, `a: "“2.5”"`""",
        ('a: "“2.5”"\nb: 开展“拉网式”排查\n'),
    ),
    (
        "a full-width bracket",
        ("b: [1, 2］\nc: 3\n"),
        "en",
        """\
rules/x.yaml:1:9: error[full-width-bracket]: the bracket `］` is full-width, so it closes nothing
    1 | b: [1, 2］
      |         ^^
  help: write `b: [1, 2]`""",
        ("b: [1, 2]\nc: 3\n"),
    ),
    (
        "a full-width number sign",
        ("＃ 说明\na: 1\n"),
        "zh",
        """\
rules/x.yaml:1:1: error[full-width-hash]: `＃` 是全角的，不能开始注释
    1 | ＃ 说明
      | ^^
  提示: 写成 `# 说明`""",
        ("# 说明\na: 1\n"),
    ),
    (
        "an ideographic space after the colon",
        ("a:\u3000b\nc: 1\n"),
        "zh",
        """\
rules/x.yaml:1:3: error[wide-space]: 这里的空格 U+3000 不是半角空格，起不到分隔作用
    1 | a:　b
      |   ^^
  提示: 写成 `a: b`""",
        ("a: b\nc: 1\n"),
    ),
    (
        "no-break spaces as indentation",
        "a:\n\xa0\xa0b: 2\n",
        "en",
        """\
rules/x.yaml:2:1: error[wide-space]: the space U+00A0 is not a plain space, so it does not separate
    2 |   b: 2
      | ^
  help: write `b: 2`""",
        ("a:\n  b: 2\n"),
    ),
    (
        "an ideographic space in a value",
        ("a: 京\u3000\nb: 1\n"),
        "zh",
        """\
rules/x.yaml:1:5: warning[wide-space-in-value]: 空格 U+3000 会成为文字的一部分
    1 | a: 京
      |      ^
  提示: 写成 `a: 京`""",
        ('a: "京\u3000"\nb: 京\u3000省\n'),
    ),
    (
        "a number sign inside a text",
        "a: 第 #1号\n",
        "zh",
        """\
rules/x.yaml:1:6: warning[comment-cuts-text]: ` #` 表示注释开始，只读到 `第`
    1 | a: 第 #1号
      |       ^^^^
  提示: 如果属于文字，写成 `a: "第 #1号"`；如果是注释，请在 `#` 后面加空格""",
        ('a: "第 #1号"\nb: 第  # 1号\nc: 3 #三次\n'),
    ),
    (
        "a number sign inside a list",
        ("a: [第 #1号, x]\nb: 2\n"),
        "en",
        """\
rules/x.yaml:1:7: error[comment-in-brackets]: ` #` begins a comment, so the bracket before it is not closed
    1 | a: [第 #1号, x]
      |        ^
  help: put the text between quotes: `a: ["第 #1号", x]`""",
        ('a: ["第 #1号", x]\nb: 2\n'),
    ),
    (
        "a colon inside a text",
        "a: 要求: 必到\n",
        "zh",
        """\
rules/x.yaml:1:6: error[colon-in-text]: 含有 `: ` 的文字要加引号
    1 | a: 要求: 必到
      |        ^
  提示: 写成 `a: "要求: 必到"`""",
        'a: "要求: 必到"\n',
    ),
    (
        "a comparison without quotes",
        "is: >= 3\n",
        "zh",
        """\
rules/x.yaml:1:5: error[needs-quotes]: 以 `>` 开头的文字要加引号
    1 | is: >= 3
      |     ^
  提示: 写成 `is: ">= 3"`""",
        'is: ">= 3"\n',
    ),
    (
        "a comparison that begins a block",
        "is: > 3  # often\n",
        "en",
        """\
rules/x.yaml:1:5: error[needs-quotes]: a text that begins with `>` needs quotes
    1 | is: > 3  # often
      |     ^
  help: write `is: "> 3"  # often`""",
        'is: "> 3"  # often\n',
    ),
    (
        "a comparison between braces",
        "a: {x: > 3, y: 1}\n",
        "en",
        """\
rules/x.yaml:1:8: error[needs-quotes]: a text that begins with `>` needs quotes
    1 | a: {x: > 3, y: 1}
      |        ^
  help: write `a: {x: "> 3", y: 1}`""",
        'a: {x: "> 3", y: 1}\n',
    ),
    (
        "a range without quotes",
        ("is: [1..5)\nb: 1\n"),
        "zh",
        """\
rules/x.yaml:1:5: error[range-needs-quotes]: `[` 在 YAML 中表示列表开始，区间要加引号
    1 | is: [1..5)
      |     ^
  提示: 写成 `is: "[1..5)"`""",
        ('is: "[1..5)"\nb: 1\n'),
    ),
    (
        "a range that begins with a closing bracket",
        "is: ]1..5]\n",
        "en",
        """\
rules/x.yaml:1:5: error[needs-quotes]: a text that begins with `]` needs quotes
    1 | is: ]1..5]
      |     ^
  help: write `is: "]1..5]"`""",
        'is: "]1..5]"\n',
    ),
    (
        "a date literal without quotes",
        'from: @"2018-10-31"\n',
        "zh",
        """\
rules/x.yaml:1:7: error[needs-quotes]: 以 `@` 开头的文字要加引号
    1 | from: @"2018-10-31"
      |       ^
  提示: 写成 `from: '@"2018-10-31"'`""",
        "from: '@\"2018-10-31\"'\n",
    ),
    (
        "a backtick",
        "a: `x`\n",
        "en",
        """\
rules/x.yaml:1:4: error[backtick-needs-quotes]: a text that begins with a backtick needs quotes
    1 | a: `x`
      |    ^
  help: write `a: "`x`"`""",
        'a: "`x`"\n',
    ),
    (
        "a percent sign",
        "a: %x\n",
        "en",
        """\
rules/x.yaml:1:4: error[needs-quotes]: a text that begins with `%` needs quotes
    1 | a: %x
      |    ^
  help: write `a: "%x"`""",
        'a: "%x"\n',
    ),
    (
        "a star",
        "a: **注意**\n",
        "zh",
        """\
rules/x.yaml:1:4: error[needs-quotes]: 以 `*` 开头的文字要加引号
    1 | a: **注意**
      |    ^
  提示: 写成 `a: "**注意**"`""",
        'a: "**注意**"\n',
    ),
    (
        "text after a quoted text",
        'is: "京" or "省"\n',
        "en",
        """\
rules/x.yaml:1:9: error[text-after-value]: nothing may follow `"京"` on this line
    1 | is: "京" or "省"
      |          ^^^^^^^
  help: put the whole value between one pair of quotes: `is: '"京" or "省"'`""",
        'is: \'"京" or "省"\'\n',
    ),
    (
        "a quote inside quotes",
        "a: 'it's'\n",
        "en",
        """\
rules/x.yaml:1:8: error[text-after-value]: nothing may follow `'it'` on this line
    1 | a: 'it's'
      |        ^^
  help: put the whole value between one pair of quotes: `a: "it's"`""",
        'a: "it\'s"\n',
    ),
    (
        "an unknown escape",
        'a: "\\q"\n',
        "zh",
        """\
rules/x.yaml:1:5: error[escape-unknown]: `\\q` 在双引号中没有含义
    1 | a: "\\q"
      |     ^^
  提示: 写成 `a: "\\\\q"`，或改用单引号""",
        'a: "\\\\q"\n',
    ),
    (
        "a list item indented into the text above",
        ("- 京\n - 省\n"),
        "zh",
        """\
rules/x.yaml:2:2: warning[item-in-text]: 这一行是上文的继续，`- ` 不会开始新的列表项
    2 |  - 省
      |  ^
  提示: 移到列表应在的列；如果就是文字，请加引号""",
        ("- 京\n- 省\n"),
    ),
    (
        "a file without content",
        "# only a comment\n",
        "zh",
        """\
rules/x.yaml: error[empty-file]: 文件没有内容
  提示: 以 `键: 值` 这样的行开头""",
        "a: 1\n",
    ),
    (
        "a control character",
        "a: x\x07y\n",
        "en",
        """\
rules/x.yaml:1:5: error[control-character]: the invisible character U+0007 may not stand here
    1 | a: x�y
      |     ^
  help: delete it""",
        "a: xy\n",
    ),
    (
        "all errors at once",
        ('is: [1..5)\nc:京\nd: @"2018"\ne: a: b\nf: "x\ng: 1\n'),
        "en",
        """\
rules/x.yaml:1:5: error[range-needs-quotes]: `[` begins a list in YAML, so this range needs quotes
    1 | is: [1..5)
      |     ^
  help: write `is: "[1..5)"`
rules/x.yaml:2:2: error[no-space-after-colon]: a space is missing after `:`
    2 | c:京
      |  ^
  help: write `c: 京`
rules/x.yaml:3:4: error[needs-quotes]: a text that begins with `@` needs quotes
    3 | d: @"2018"
      |    ^
  help: write `d: '@"2018"'`
rules/x.yaml:4:5: error[colon-in-text]: a text with `: ` in it needs quotes
    4 | e: a: b
      |     ^
  help: write `e: "a: b"`
rules/x.yaml:5:4: error[unclosed-quote]: the quote `"` that begins here is not closed
    5 | f: "x
      |    ^
  help: end the text with `"`""",
        ('is: "[1..5)"\nc: 京\nd: \'@"2018"\'\ne: "a: b"\nf: "x"\ng: 1\n'),
    ),
]


@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
@pytest.mark.parametrize(("name", "bad", "lang", "said", "good"), CASES, ids=[case[0] for case in CASES])
def test_the_words(name: str, bad: str, lang: Lang, said: str, good: str, pure: bool) -> None:
    found = parse_yaml(bad, "rules/x.yaml", pure=pure).diagnostics
    assert "\n".join(render(diagnostic, lang) for diagnostic in found) == said, name
    assert all(render(diagnostic, other) for diagnostic in found for other in ("zh", "en"))
    right = parse_yaml(good, "rules/x.yaml", pure=pure)
    assert (right.diagnostics, right.document is None) == ((), False)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1 # 说明\n",
        "a: 京  #说明\n",
        "a: 京 # 说明\n",
        "a: 3 #三次\n",
        "# 说明：见方案\na: 1\n",
        "zh: 实现“四必到”：即调研必到，党课必到\n",
        "locator: 二（五） 反复到京…上访\n",
        "- 查找问题：重点整顿\n- https://example.org/a:b\n- a:b\n",
        "zh:\n  工作要求：阶段性调研督导必到\n",
        "a: {zh: 市、区, en: 'a, b'}\n",
        "time: 1:30\nurl: http://example.org\n",
        "a: |\n  第 #1号：“x”\n  \tb\n  - c\n",
        "a: >-\n  京\u3000省\n  \u3000省\n",
        "- -1\n- -x\n- .5\n- --\n- '-'\n",
        "test: [1..3]\n",
    ],
)
def test_ordinary_texts_give_no_warning(text: str) -> None:
    assert parse_yaml(text, "x.yaml").diagnostics == ()
