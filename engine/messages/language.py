"""Messages about expressions: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # limits
    "error.source-too-long": (
        "an expression has at most {limit} characters, this one has {found}",
        "表达式最多 {limit} 个字符，这里有 {found} 个",
    ),
    "help.source-too-long": ("split it into derived facts", "请拆成几个派生事实"),
    "error.nested-too-deeply": (
        "the expression is nested more than {limit} levels deep",
        "表达式嵌套超过 {limit} 层",
    ),
    "help.nested-too-deeply": (
        "split it into derived facts; each `+` of a long sum is a level, so use `sum([…])`",
        "请拆成几个派生事实；长的加式中每个 `+` 算一层，可改用 `sum([…])`",
    ),
    "error.too-many-loops": (
        "more than {limit} filters, `some` or `every` inside one another",
        "筛选、`some`、`every` 互相嵌套超过 {limit} 层",
    ),
    "help.too-many-loops": ("name the inner list as a derived fact", "请把里层的列表定为派生事实"),
    "error.too-many-steps": (
        "filters inside one another look at more than {limit} elements",
        "互相嵌套的筛选要逐项查看超过 {limit} 项",
    ),
    "help.too-many-steps": (
        "count the inner list in a derived fact first, so that it is looked at only once",
        "请先用派生事实算出里层列表的结果，这样只查看一次",
    ),
    "error.list-too-long": (
        "a list has at most {limit} elements, this one has {found}",
        "列表最多 {limit} 项，这里有 {found} 项",
    ),
    "error.value-too-deep": (
        "a value is nested more than {limit} levels deep",
        "给出的值嵌套超过 {limit} 层",
    ),
    "error.value-not-supported": (
        "a value of kind `{found}` cannot be used",
        "不能使用 `{found}` 这种值",
    ),
    "help.value-not-supported": (
        "numbers, texts, true and false, dates, durations, lists and rows can be used",
        "可用的有数、文字、是否、日期、时长、列表和行",
    ),
    "error.number-too-long": (
        "a number has at most {limit} digits",
        "一个数最多 {limit} 位有效数字",
    ),
    "error.number-too-large": (
        "the exponent of a number lies between -{limit} and {limit}",
        "数的指数须在 -{limit} 与 {limit} 之间",
    ),
    # writing
    "error.empty-expression": ("there is no expression here", "这里没有表达式"),
    "help.empty-expression": ("write for example `count(petitions) > 3`", "例如写 `count(信访) > 3`"),
    "error.full-width": ("`{found}` is not a sign of the language", "`{found}` 不是本语言的符号"),
    "help.full-width": ("write `{right}` instead of `{found}`", "请用半角：把 `{found}` 写成 `{right}`"),
    "error.foreign-operator": ("there is no operator `{found}`", "没有 `{found}` 这个运算符"),
    "help.foreign-operator": ("write `{right}`", "请写 `{right}`"),
    "error.single-quotes": ("a text stands between double quotes", "文字要用双引号"),
    "help.single-quotes": ("write `{right}`", "请写 `{right}`"),
    "error.unclosed-string": ("a text begins here and does not end", "文字从这里开始，但没有结束"),
    "help.unclosed-string": ('put `"` at its end', '在末尾加上 `"`'),
    "error.bad-escape": ("`{found}` is not an escape", "`{found}` 不是转义符"),
    "help.bad-escape": (
        'write `\\\\` for a backslash, `\\"` for a quote, `\\n` for a new line',
        '反斜杠写 `\\\\`，引号写 `\\"`，换行写 `\\n`',
    ),
    "error.stray-backslash": ("`{found}` stands outside of any text", "`{found}` 不在文字之内"),
    "help.stray-backslash": ("divide with `/`", "除号写 `/`"),
    "error.unfinished": ("the expression is not finished", "表达式没有写完"),
    "help.unfinished": (
        "is a closing bracket missing, or the rest of `if … then … else …`?",
        "是否少了右括号，或 `if … then … else …` 的后半？",
    ),
    "error.unfinished-value": ("a value is missing at the end", "末尾缺少一个值"),
    "help.unfinished-value": ("write what is compared or computed with", "写上要比较或计算的值"),
    "error.value-expected": ("`{found}` stands where a value should", "`{found}` 处应是一个值"),
    "help.value-expected": (
        'a value is a name, a number, a `"text"`, a date as `@"2018-10-31"`, or something in `( )` or `[ ]`',
        '值可以是名称、数、`"文字"`、如 `@"2018-10-31"` 的日期，或 `( )`、`[ ]` 中的内容',
    ),
    "error.operator-expected": ("`{found}` does not fit here", "`{found}` 不能写在这里"),
    "help.operator-expected": (
        "between two values stands an operator, as `and`, `=` or `+`; a name has no spaces in it",
        "两个值之间要有运算符，如 `and`、`=`、`+`；名称中不能有空格",
    ),
    "error.unary-tests-as-expression": (
        "this is a test of a value, but no value is named",
        "这是对某个值的检验，但没有写出是哪个值",
    ),
    "help.unary-tests-as-expression": (
        "name the value before it, as `age >= 18` or `level in (1, 2)`",
        "前面写上要检验的值，如 `年龄 >= 18` 或 `级别 in (1, 2)`",
    ),
    "error.test-as-value": ("`{found} …` is only a test after `in`", "`{found} …` 只能写在 `in` 之后"),
    "help.test-as-value": ("write `value {found} …`", "请写 `值 {found} …`"),
    # outside of the subset
    "error.outside-for": ("`for` is not part of this language", "本语言没有 `for`"),
    "help.outside-for": (
        "use a filter `list[…]`, a column `list.column`, or `some … in … satisfies …`",
        "请用筛选 `列表[…]`、取列 `列表.列名`，或 `some … in … satisfies …`",
    ),
    "error.outside-function": ("functions cannot be defined", "不能自定义函数"),
    "help.outside-function": ("write a derived fact", "请写派生事实"),
    "error.outside-instance-of": ("`instance of` is not part of this language", "本语言没有 `instance of`"),
    "help.outside-instance-of": ("types are checked before anything runs", "类型在运行之前已经检查"),
    "error.outside-context": ("`{found}` is not part of this language", "本语言没有 `{found}`"),
    "help.outside-context": ("rows come from registers and cannot be written out", "行来自登记簿，不能写出"),
    "error.outside-percent": ("there is no operator `{found}`", "没有 `{found}` 这个运算符"),
    "help.outside-percent": ("write ten percent as `0.1`", "百分之十写 `0.1`"),
    "error.outside-time": ("`{found}`: there are no times of day", "`{found}`：没有一天之内的时刻"),
    "help.outside-time": ('write a date, as `@"2018-10-31"`', '请写日期，如 `@"2018-10-31"`'),
    "error.outside-clock": ("`{found}()` would read the clock", "`{found}()` 要读时钟"),
    "help.outside-clock": ("use `as_of`, the date of the evaluation", "请用 `as_of`，即评估的基准日"),
    "error.outside-builtin": (
        "the FEEL function `{found}` is not part of this language",
        "本语言没有 FEEL 函数 `{found}`",
    ),
    "help.outside-builtin": (
        "docs/language.md lists the functions that there are",
        "可用的函数见 docs/language.zh.md",
    ),
    "error.unknown-function": ("there is no function `{found}`", "没有函数 `{found}`"),
    "help.unknown-function": (
        "docs/language.md lists the functions that there are",
        "可用的函数见 docs/language.zh.md",
    ),
    "error.unknown-function-near": ("there is no function `{found}`", "没有函数 `{found}`"),
    "help.unknown-function-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.wrong-argument-count": (
        "`{function}` takes {expected} arguments, not {found}",
        "`{function}` 要 {expected} 个参数，这里有 {found} 个",
    ),
    "error.wrong-argument-names": (
        "these are not the arguments of `{function}`",
        "`{function}` 没有这些参数",
    ),
    "help.wrong-argument-names": ("its arguments are: {expected}", "它的参数是：{expected}"),
    # types
    "error.unknown-name": ("there is no `{found}`", "没有 `{found}`"),
    "help.unknown-name": (
        'a text needs quotes: `"{found}"`; a fact or parameter must be in the vocabulary',
        '文字要加引号：`"{found}"`；事实和参数要先在词表中写明',
    ),
    "error.unknown-name-near": ("there is no `{found}`", "没有 `{found}`"),
    "help.unknown-name-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-property": ("`{owner}` has no `{found}`", "`{owner}` 没有 `{found}`"),
    "error.unknown-property-near": ("`{owner}` has no `{found}`", "`{owner}` 没有 `{found}`"),
    "help.unknown-property-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.operand-type": ("`{operator}` cannot be applied to `{found}`", "`{operator}` 不能用于 `{found}`"),
    "error.operand-types": (
        "`{operator}` cannot be applied to `{left}` and `{right}`",
        "`{operator}` 不能用于 `{left}` 和 `{right}`",
    ),
    "error.different-types": (
        "`{left}` and `{right}` cannot be equal or compared",
        "`{left}` 与 `{right}` 不能比较",
    ),
    "help.different-types": (
        'numbers stand without quotes, texts within, dates as `@"2018-10-31"`',
        '数不加引号，文字加引号，日期写成 `@"2018-10-31"`',
    ),
    "error.different-units": (
        "`{left}` and `{right}` have different units",
        "`{left}` 与 `{right}` 的单位不同",
    ),
    "help.different-units": (
        "convert one of them by multiplying or dividing with a parameter that has the fitting unit",
        "请先用带单位的参数乘或除，换成同一单位",
    ),
    "error.not-ordered": ("`{found}` has no smaller and greater", "`{found}` 没有大小之分"),
    "help.not-ordered": ("use `=` or `!=`", "请用 `=` 或 `!=`"),
    "error.not-in-enumeration": ("`{found}` is not one of the values", "`{found}` 不是可选的值"),
    "help.not-in-enumeration": ("the values are {values}", "可选的值为 {values}"),
    "error.not-in-enumeration-near": ("`{found}` is not one of the values", "`{found}` 不是可选的值"),
    "help.not-in-enumeration-near": (
        "did you mean `{nearest}`? the values are {values}",
        "是不是 `{nearest}`？可选的值为 {values}",
    ),
    "error.condition-not-boolean": (
        "a condition is true or false, this is `{found}`",
        "条件应为真或假，这里是 `{found}`",
    ),
    "help.condition-not-boolean": ("compare it with something, as `… > 0`", "请与某个值比较，如 `… > 0`"),
    "error.filter-type": (
        "a filter is a condition or a position, this is `{found}`",
        "筛选应为条件或序号，这里是 `{found}`",
    ),
    "help.filter-type": ('write a condition, as `[level = "京"]`', '请写条件，如 `[级别 = "京"]`'),
    "error.list-expected": ("this is `{found}`, not a list", "这里是 `{found}`，不是列表"),
    "help.list-expected": (
        "write a list, as `[1, 2, 3]`, or name a register",
        "请写列表，如 `[1, 2, 3]`，或登记簿的名称",
    ),
    "error.argument-type": (
        "`{function}` takes `{expected}`, this is `{found}`",
        "`{function}` 的参数应为 `{expected}`，这里是 `{found}`",
    ),
    "error.result-type": (
        "this should be `{expected}` and is `{found}`",
        "这里应为 `{expected}`，而写的是 `{found}`",
    ),
    "error.range-reversed": (
        "the lower end of the range lies above the upper one",
        "区间的下限大于上限",
    ),
    "help.range-reversed": ("write the smaller end first", "小的一端写在前面"),
    "error.range-empty": ("no value lies in this range", "没有任何值落在这个区间内"),
    "help.range-empty": ("write `[` and `]` for ends that are included", "包含端点时写 `[` 和 `]`"),
    "error.no-such-day": ("there is no day `{found}`", "没有 `{found}` 这一天"),
    "help.no-such-day": (
        "write a day that exists, as `2018-10-31`",
        "请写存在的日子，如 `2018-10-31`",
    ),
    "error.no-such-duration": ("`{found}` is not a duration", "`{found}` 不是时长"),
    "help.no-such-duration": (
        "write `P3M` for 3 months, `P1Y6M`, or `P10D` for 10 days",
        "3 个月写 `P3M`，一年半写 `P1Y6M`，10 天写 `P10D`",
    ),
    "error.no-such-literal": ("`{found}` is neither a date nor a duration", "`{found}` 既不是日期也不是时长"),
    "help.no-such-literal": ('write `@"2018-10-31"` or `@"P3M"`', '请写 `@"2018-10-31"` 或 `@"P3M"`'),
    "error.division-by-zero": ("this divides by zero", "这里除以零"),
    "help.division-by-zero": ("division by zero has no result (null)", "除以零没有结果（null）"),
}
