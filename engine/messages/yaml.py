"""Messages about YAML files: key → (English, Chinese).

``fixed`` is the user's own line put right, ``kept`` the user's text that stays or the form that keeps it.
"""

_WRITE = ("write `{fixed}`", "写成 `{fixed}`")
_QUOTE = ("put the text between quotes: `{fixed}`", "把这段文字放进引号：`{fixed}`")
_EITHER = (
    "write `{fixed}`, or, if it belongs to the text, `{kept}`",
    "写成 `{fixed}`；如果本来就是文字的一部分，写成 `{kept}`",
)
_SPLIT = (
    "divide it into several files; a policy file has at most a few thousand lines",
    "分成几个文件；规则文件最多几千行",
)
_FEWER = ("write the values out instead of referring to them", "不用引用，直接写出各个值")
_AS_UTF8 = (
    "save it as UTF-8 in your editor (“save as”, encoding UTF-8)",
    "在编辑器中另存为 UTF-8 编码（“另存为”，编码选 UTF-8）",
)

TABLE: dict[str, tuple[str, str]] = {
    # the file
    "error.no-such-file": ("there is no such file", "没有这个文件"),
    "error.is-a-folder": ("this is a folder, not a file", "这是文件夹，不是文件"),
    "error.not-a-file": ("this is not an ordinary file", "这不是普通文件"),
    "error.file-not-permitted": ("no permission to read this file", "没有权限读取这个文件"),
    "help.file-not-permitted": ("ask its owner for read permission", "请文件所有者开放读取权限"),
    "error.file-not-readable": ("this file cannot be read from the disk", "无法从磁盘读取这个文件"),
    "error.file-too-big": (
        "this file has {size} MB, more than the {limit} MB that are read",
        "文件大小为 {size} MB，超过 {limit} MB 的上限",
    ),
    "help.file-too-big": _SPLIT,
    "error.empty-file": ("this file has no content", "文件没有内容"),
    "help.empty-file": ("begin with a line such as `key: value`", "以 `键: 值` 这样的行开头"),
    "error.binary-file": ("this is not a text file", "这不是文本文件"),
    "help.binary-file": (
        "a .yaml file is plain text in UTF-8; was another file renamed?",
        ".yaml 文件是 UTF-8 纯文本；是不是把别的文件改了名？",
    ),
    "error.file-of-another-kind": (
        "this is not a text but a file of the kind {kind}",
        "这不是文本，而是 {kind} 文件",
    ),
    "help.file-of-another-kind": (
        "give it back its own ending; a .yaml file is plain text in UTF-8",
        "请改回原来的扩展名；.yaml 文件是 UTF-8 纯文本",
    ),
    "error.wrong-encoding": (
        "this file is not in UTF-8; it looks like {encoding}",
        "文件不是 UTF-8 编码，看起来是 {encoding}",
    ),
    "help.wrong-encoding": _AS_UTF8,
    "error.bad-byte": ("the byte {byte} is not UTF-8", "字节 {byte} 不是 UTF-8 编码"),
    "help.bad-byte": (
        "type the characters here again and save the file as UTF-8",
        "重新输入这里的文字，并把文件存为 UTF-8 编码",
    ),
    "error.control-character": (
        "the invisible character {character} may not stand here",
        "这里有不可见字符 {character}",
    ),
    "help.control-character": ("delete it", "把它删掉"),
    # limits
    "error.too-deep": ("this nests more than {limit} levels deep", "嵌套超过 {limit} 层"),
    "help.too-deep": ("give inner parts a name and refer to them by it", "给内层部分命名，再按名称引用"),
    "error.too-many-nodes": ("this file has more than {limit} values", "文件中的值超过 {limit} 个"),
    "help.too-many-nodes": _SPLIT,
    "error.scalar-too-long": ("this text is longer than {limit} characters", "这段文字超过 {limit} 个字符"),
    "help.scalar-too-long": (
        "is a closing quote missing? otherwise shorten it",
        "是不是漏了收尾的引号？否则请缩短",
    ),
    "error.too-many-aliases": (
        "this file has more than {limit} references `*…`",
        "文件中的引用 `*…` 超过 {limit} 处",
    ),
    "help.too-many-aliases": _FEWER,
    "error.aliases-too-large": (
        "the references `*…` together stand for more than {limit} values",
        "引用 `*…` 展开后超过 {limit} 个值",
    ),
    "help.aliases-too-large": _FEWER,
    "error.number-out-of-bounds": (
        "the number `{text}` is too long to calculate with",
        "数字 `{text}` 太长，无法计算",
    ),
    "help.number-out-of-bounds": ("put it between quotes if it is a text", "如果是文字，请加引号"),
    "error.number-not-finite": ("`{text}` is not a number to calculate with", "`{text}` 不是可以计算的数字"),
    "help.number-not-finite": (
        "write a number, or put it between quotes if it is a text",
        "写一个数字；如果是文字，请加引号",
    ),
    # keys
    "error.duplicate-key": (
        "the key `{key}` is already on line {first}",
        "键 `{key}` 在第 {first} 行已经有了",
    ),
    "help.duplicate-key": ("keep one of the two, or rename one", "两处只留一处，或改其中一个的名称"),
    "error.key-needs-quotes": ("the key `{key}` is not a text", "键 `{key}` 不是文字"),
    "help.key-needs-quotes": ('put it between quotes: `"{key}":`', '加上引号：`"{key}":`'),
    "error.key-empty": ("the key before `:` is missing", "`:` 前面缺少键"),
    "help.key-empty": ("write `key: value`", "写成 `键: 值`"),
    "error.key-not-text": ("a list or mapping cannot be a key", "列表或映射不能作为键"),
    "help.key-not-text": (
        "write a text before `: `; if this is meant as a text, put it between quotes",
        "`: ` 前面写文字；如果这就是文字，请加引号",
    ),
    "error.merge-key": ("the merge key `<<` is not supported", "不支持合并键 `<<`"),
    "help.merge-key": ("write the keys out where they are needed", "在需要的地方把各个键写出来"),
    # tags, anchors, aliases
    "error.tag": ("`!` begins a tag, and tags are not allowed", "`!` 表示标签开始，这里不能用标签"),
    "help.tag": (
        "delete the tag; if it belongs to the text, write `{fixed}`",
        "删掉标签；如果属于文字，写成 `{fixed}`",
    ),
    "error.unknown-alias": ("`*{name}` refers to nothing above", "`*{name}` 在上文没有对应的 `&{name}`"),
    "help.unknown-alias": (
        "a text that begins with `*` needs quotes: write `{fixed}`",
        "以 `*` 开头的文字要加引号：写成 `{fixed}`",
    ),
    "error.alias-inside-itself": (
        "`*{name}` stands inside the `&{name}` it refers to",
        "`*{name}` 在它所引用的 `&{name}` 之内",
    ),
    "help.alias-inside-itself": ("write the value out", "直接写出值"),
    "error.unused-anchor": (
        "`&{name}` is taken as a mark, not as text, and nothing refers to it",
        "`&{name}` 被当作标记而不是文字，并且没有地方引用它",
    ),
    "help.unused-anchor": (
        "delete it; if it belongs to the text, write `{fixed}`",
        "把它删掉；如果属于文字，写成 `{fixed}`",
    ),
    "error.several-documents": ("a second document begins here", "从这里开始是第二个文档"),
    "help.several-documents": (
        "one file holds one document: delete the line `---`, or use two files",
        "一个文件只放一个文档：删掉 `---` 这一行，或分成两个文件",
    ),
    "error.after-end": (
        "nothing may follow here: the document has ended",
        "文档到此已经结束，后面不能再有内容",
    ),
    "help.after-end": (
        "begin every line with `key: ` or every line with `- `",
        "各行都以 `键: ` 开头，或者都以 `- ` 开头",
    ),
    # indentation and lines
    "error.tab": ("a tab stands where YAML needs spaces", "这里用了制表符（Tab），YAML 只能用空格"),
    "help.tab": (
        "replace it by two spaces; most editors can insert spaces for the tab key",
        "换成两个空格；多数编辑器可设置按 Tab 键输入空格",
    ),
    "error.wide-space": (
        "the space {character} is not a plain space, so it does not separate",
        "这里的空格 {character} 不是半角空格，起不到分隔作用",
    ),
    "help.wide-space": _WRITE,
    "error.wide-space-in-value": (
        "the space {character} becomes part of the text",
        "空格 {character} 会成为文字的一部分",
    ),
    "help.wide-space-in-value": _WRITE,
    "error.bad-indentation": (
        "the indentation of this line, {spaces}, fits no line above",
        "这一行缩进空格数为 {spaces}，与上面各行都对不齐",
    ),
    "help.bad-indentation": (
        "spaces that fit here: {expected}",
        "这里可用的缩进空格数：{expected}",
    ),
    "error.indented-under-value": (
        "this line is indented under `{key}`, which already has a value on line {above}",
        "这一行缩进在 `{key}` 之下，而它在第 {above} 行已经有值",
    ),
    "help.indented-under-value": (
        "begin it in the same column as `{key}`, or move the value of `{key}` away",
        "与 `{key}` 左对齐，或者移走 `{key}` 的值",
    ),
    "error.item-among-keys": (
        "a list item `- ` stands among `key: value` lines",
        "`键: 值` 各行之间出现了列表项 `- `",
    ),
    "help.item-among-keys": (
        "a level is either all `- ` or all `key: `; indent the list under its key",
        "同一层要么都是 `- `，要么都是 `键: `；列表要写在它的键之下",
    ),
    "error.key-among-items": (
        "this line stands among list items but does not begin with `- `",
        "这一行在列表项之间，却没有以 `- ` 开头",
    ),
    "help.key-among-items": (
        "begin it with `- `, or indent it to belong to the item above",
        "以 `- ` 开头；如果属于上一项，就增加缩进",
    ),
    "error.missing-colon": ("`{text}` has no `: ` after its key", "`{text}` 的键后面没有 `: `"),
    "help.missing-colon": (
        "write `key: value`; a text over several lines is indented deeper than its key",
        "写成 `键: 值`；多行文字要比它的键缩进更多",
    ),
    "error.not-yaml": ("this cannot be read as YAML from here on", "从这里起无法按 YAML 读取"),
    "help.not-yaml": (
        "compare with the line above: indentation, `: ` after keys, `- ` before items, quotes in pairs",
        "与上一行对照：缩进、键后的 `: `、列表项前的 `- `、引号成对",
    ),
    # punctuation
    "error.full-width-colon": (
        "the colon `：` is full-width, so no key ends here",
        "冒号 `：` 是全角的，键没有在这里结束",
    ),
    "help.full-width-colon": _WRITE,
    "error.full-width-colon-in-text": (
        "the colon `：` is full-width, so this is a text and not a key with a value",
        "冒号 `：` 是全角的，所以这是一段文字，而不是键和值",
    ),
    "help.full-width-colon-in-text": (
        "write `{fixed}`, or put the text between quotes",
        "写成 `{fixed}`；如果就是文字，请加引号",
    ),
    "error.full-width-comma": (
        "the comma `，` is full-width, so it separates nothing",
        "逗号 `，` 是全角的，起不到分隔作用",
    ),
    "help.full-width-comma": _WRITE,
    "error.wide-separator": (
        "`{character}` does not separate, so this is one item of the list",
        "`{character}` 起不到分隔作用，这里只是列表的一项",
    ),
    "help.wide-separator": _EITHER,
    "error.full-width-quotes": (
        "these quotes are full-width, so they become part of the text",
        "这对引号是全角的，会成为文字的一部分",
    ),
    "help.full-width-quotes": _EITHER,
    "error.full-width-bracket": (
        "the bracket `{character}` is full-width, so it closes nothing",
        "括号 `{character}` 是全角的，起不到结束作用",
    ),
    "help.full-width-bracket": _WRITE,
    "error.full-width-hash": (
        "the sign `＃` is full-width, so no comment begins here",
        "`＃` 是全角的，不能开始注释",
    ),
    "help.full-width-hash": _WRITE,
    "error.not-a-dash": (
        "`{character}` is not the dash that begins a list item",
        "`{character}` 不是列表项开头的短横",
    ),
    "help.not-a-dash": _WRITE,
    "error.no-space-after-colon": ("a space is missing after `:`", "`:` 后面缺少空格"),
    "help.no-space-after-colon": _WRITE,
    "error.no-space-after-colon-in-text": (
        "without a space after `:` this is a text and not a key with a value",
        "`:` 后面没有空格，所以这是一段文字，而不是键和值",
    ),
    "help.no-space-after-colon-in-text": (
        "write `{fixed}`, or put the text between quotes",
        "写成 `{fixed}`；如果就是文字，请加引号",
    ),
    "error.no-space-after-dash": ("a space is missing after `-`", "`-` 后面缺少空格"),
    "help.no-space-after-dash": _WRITE,
    # quotes
    "error.needs-quotes": (
        "a text that begins with `{character}` needs quotes",
        "以 `{character}` 开头的文字要加引号",
    ),
    "help.needs-quotes": _WRITE,
    "error.backtick-needs-quotes": (
        "a text that begins with a backtick needs quotes",
        "以反引号开头的文字要加引号",
    ),
    "help.backtick-needs-quotes": _WRITE,
    "error.block-header": (
        "only `|` or `>` may stand here when the text follows on the next lines",
        "文字写在下面各行时，这里只能写 `|` 或 `>`",
    ),
    "help.block-header": (
        "move what stands behind it to the next line, or write all on one line between quotes",
        "把后面的内容移到下一行，或者全部写在一行并加引号",
    ),
    "error.no-space-after-dash-in-text": (
        "without a space after `-` this is a text and not a list item",
        "`-` 后面没有空格，所以这是一段文字，而不是列表项",
    ),
    "help.no-space-after-dash-in-text": (
        "write `{fixed}`, or put the text between quotes",
        "写成 `{fixed}`；如果就是文字，请加引号",
    ),
    "error.not-a-dash-in-text": (
        "`{character}` is not the dash that begins a list item, so this is a text",
        "`{character}` 不是列表项开头的短横，所以这是一段文字",
    ),
    "help.not-a-dash-in-text": (
        "write `{fixed}`, or put the text between quotes",
        "写成 `{fixed}`；如果就是文字，请加引号",
    ),
    "error.item-in-text": (
        "this line continues the text above, so `- ` begins no list item",
        "这一行是上文的继续，`- ` 不会开始新的列表项",
    ),
    "help.item-in-text": (
        "begin it in the column where the list should stand, or put the text between quotes",
        "移到列表应在的列；如果就是文字，请加引号",
    ),
    "error.range-needs-quotes": (
        "`{character}` begins a list in YAML, so this range needs quotes",
        "`{character}` 在 YAML 中表示列表开始，区间要加引号",
    ),
    "help.range-needs-quotes": _WRITE,
    "error.colon-in-text": ("a text with `: ` in it needs quotes", "含有 `: ` 的文字要加引号"),
    "help.colon-in-text": _WRITE,
    "error.dash-in-value": ("a list cannot begin on the line of its key", "列表不能与它的键写在同一行"),
    "help.dash-in-value": (
        "put each `- ` item on a line of its own below; if it is a text, write `{fixed}`",
        "每个 `- ` 项在下面另起一行；如果是文字，写成 `{fixed}`",
    ),
    "error.text-after-value": (
        "nothing may follow `{text}` on this line",
        "这一行的 `{text}` 之后不能再有内容",
    ),
    "help.text-after-value": (
        "put the whole value between one pair of quotes: `{fixed}`",
        "整个值放进同一对引号：`{fixed}`",
    ),
    "error.unclosed-quote": (
        "the quote `{quote}` that begins here is not closed",
        "从这里开始的引号 `{quote}` 没有收尾",
    ),
    "help.unclosed-quote": ("end the text with `{quote}`", "在文字末尾加上 `{quote}`"),
    "error.escape-unknown": (
        "`{text}` means nothing between double quotes",
        "`{text}` 在双引号中没有含义",
    ),
    "help.escape-unknown": ("write `{fixed}`, or use single quotes", "写成 `{fixed}`，或改用单引号"),
    "error.comment-cuts-text": (
        "` #` begins a comment, so only `{kept}` is read",
        "` #` 表示注释开始，只读到 `{kept}`",
    ),
    "help.comment-cuts-text": (
        "if it belongs to the text, write `{fixed}`; if it is a comment, put a space after `#`",
        "如果属于文字，写成 `{fixed}`；如果是注释，请在 `#` 后面加空格",
    ),
    # brackets
    "error.unclosed-bracket": (
        "the bracket `{bracket}` is not closed by `{closing}`",
        "括号 `{bracket}` 没有用 `{closing}` 收尾",
    ),
    "help.unclosed-bracket": (
        "close it where the list or mapping ends, as in `{fixed}`",
        "在列表或映射结束处收尾，例如 `{fixed}`",
    ),
    "error.comment-in-brackets": (
        "` #` begins a comment, so the bracket before it is not closed",
        "` #` 表示注释开始，前面的括号没有收尾",
    ),
    "help.comment-in-brackets": _QUOTE,
    "error.wrong-bracket": (
        "`{bracket}` must be closed by `{closing}`, not by `{found}`",
        "`{bracket}` 要用 `{closing}` 收尾，不能用 `{found}`",
    ),
    "help.wrong-bracket": (
        "write `{closing}`; a text with brackets needs quotes",
        "改成 `{closing}`；含有括号的文字要加引号",
    ),
    "error.comma-without-item": ("nothing stands before this comma", "这个逗号前面没有内容"),
    "help.comma-without-item": (
        "delete one comma, or write the missing item",
        "删掉一个逗号，或补上缺少的一项",
    ),
    "error.items-not-separated": ("a comma is missing before `{text}`", "`{text}` 前面缺少逗号"),
    "help.items-not-separated": (
        "separate with `, `; a text with any of `[ ] {{ }} , :` in it needs quotes",
        "用 `, ` 分隔；含有 `[ ] {{ }} , :` 的文字要加引号",
    ),
}
