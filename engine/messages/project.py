"""Messages about policy projects: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # files
    "error.missing-policy-file": ("this file is missing", "缺少这个文件"),
    "help.missing-policy-file": (
        "every project has it; `plumbline init --empty DIR` shows what it looks like",
        "每个项目都要有这个文件；用 `plumbline init --empty 目录` 可看到它的样子",
    ),
    "error.policy-file-twice": (
        "this file exists twice, also as `{other}`",
        "这个文件有两份，另一份是 `{other}`",
    ),
    "help.policy-file-twice": ("keep one of the two", "两份只留一份"),
    "error.unknown-policy-file": ("no such file belongs in policy/", "policy/ 下没有这样的文件"),
    "help.unknown-policy-file": ("the files there are {expected}", "该目录的文件为 {expected}"),
    "error.unknown-rule-file": (
        "cannot tell what kind of rule file this is",
        "看不出这是哪一种规则文件",
    ),
    "help.unknown-rule-file": ("begin it with one of {expected}", "文件开头要有下列键之一：{expected}"),
    "error.missing-classification": (
        "no rule file says when a unit is `weak` and when it is `key`",
        "没有规则文件说明何时为软弱涣散（`weak`）、何时为重点（`key`）",
    ),
    "help.missing-classification": ("write `weak:` and `key:` in it", "在其中写 `weak:` 和 `key:`"),
    "error.classification-twice": (
        "`weak` and `key` are also given in `{other}`",
        "`weak` 和 `key` 在 `{other}` 中也有",
    ),
    "help.classification-twice": ("keep them in one file", "只能写在一个文件里"),
    # structure
    "error.missing-key": ("`{key}` is missing", "缺少 `{key}`"),
    "help.missing-key": ("add a line `{key}: …`", "加一行 `{key}: …`"),
    "error.misspelt-key": ("there is no key `{key}`", "没有 `{key}` 这个键"),
    "help.misspelt-key": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-key": ("there is no key `{key}`", "没有 `{key}` 这个键"),
    "help.unknown-key": ("the keys here are {known}", "这里可以用的键：{known}"),
    "error.not-a-date": ("`{found}` is not a date", "`{found}` 不是日期"),
    "help.not-a-date": (
        "write a day that exists as `2018-07-25`",
        "写成 `2018-07-25` 的样子，并且是存在的日子",
    ),
    "error.not-a-duration": ("`{found}` is not a duration", "`{found}` 不是时长"),
    "help.not-a-duration": (
        "write `12 months`, `2 years`, `30 days`, or the name of a duration parameter",
        "写成 `12 months`（12个月）、`2 years`、`30 days`，或写一个时长参数的名称",
    ),
    "error.not-a-duration-near": ("`{found}` is not a duration", "`{found}` 不是时长"),
    "help.not-a-duration-near": (
        "did you mean the parameter `{nearest}`? or write `12 months`",
        "是不是参数 `{nearest}`？或写成 `12 months`",
    ),
    "error.not-a-text": ("`{found}` is not a text", "`{found}` 不是文字"),
    "help.not-a-text": ('put it between quotes: `"{found}"`', '加上引号：`"{found}"`'),
    "error.not-true-or-false": ("`{found}` is neither true nor false", "`{found}` 既不是 true 也不是 false"),
    "help.not-true-or-false": ("write `true` or `false`", "写 `true` 或 `false`"),
    "error.not-a-list": ("`{found}` is not a list", "`{found}` 不是列表"),
    "help.not-a-list": (
        "begin each item on a line of its own with `- `",
        "每项占一行，以 `- ` 开头",
    ),
    "error.not-a-mapping": ("`{found}` is not a group of `key: value` lines", "`{found}` 不是一组 `键: 值`"),
    "help.not-a-mapping": (
        "write `key: value` lines, indented by two spaces",
        "写成若干行 `键: 值`，缩进两个空格",
    ),
    "error.not-one-of": ("`{found}` is not allowed here", "这里不能写 `{found}`"),
    "help.not-one-of": ("write one of {expected}", "只能写 {expected} 之一"),
    "error.empty-value": ("`{key}` is empty", "`{key}` 是空的"),
    "help.empty-value": ("write a value after `{key}:`", "在 `{key}:` 后面写上内容"),
    "error.not-an-id": ("`{found}` cannot be an id", "`{found}` 不能作标识"),
    "help.not-an-id": (
        "ids are letters, digits and `_`, as `old_cases_open`; clause ids are as `2.5.1`",
        "标识由字母、汉字、数字和 `_` 组成，如 `old_cases_open`；条款号如 `2.5.1`",
    ),
    "error.wrong-value": ("`{found}` does not fit here", "这里不能写 `{found}`"),
    "help.wrong-value": (
        "see what the schema says about `{key}`: `plumbline schema`",
        "`{key}` 应写什么见 `plumbline schema` 生成的模式",
    ),
    # clauses
    "error.clause-twice": ("clause `{found}` is listed twice", "条款 `{found}` 列了两次"),
    "help.clause-twice": ("give each clause an id of its own", "每个条款用自己的编号"),
    "error.clause-without-parent": (
        "clause `{found}` stands in `{parent}`, which is not listed before it",
        "条款 `{found}` 属于 `{parent}`，而前面没有列出 `{parent}`",
    ),
    "help.clause-without-parent": ("list `{parent}` first", "先列出 `{parent}`"),
    "error.clause-needs-why-not": (
        "clause `{found}` is not operative, but nothing says why",
        "条款 `{found}` 标为不执行，但没有写原因",
    ),
    "help.clause-needs-why-not": ("add `why not: {{zh: …, en: …}}`", "加上 `why not: {{zh: …, en: …}}`"),
    "error.clause-operative-why-not": (
        "clause `{found}` is operative and yet has a reason why not",
        "条款 `{found}` 标为执行，却写了不执行的原因",
    ),
    "help.clause-operative-why-not": (
        "remove `why not`, or write `operative: false`",
        "删去 `why not`，或写 `operative: false`",
    ),
    "error.clause-without-rule": ("no rule carries out clause `{found}`", "没有规则执行条款 `{found}`"),
    "help.clause-without-rule": (
        'write a rule with `clause: "{found}"`, or `operative: false` with `why not`',
        '写一条 `clause: "{found}"` 的规则，或写 `operative: false` 并说明 `why not`',
    ),
    "error.locator-finds-nothing": (
        "`{found}` finds no passage in policy/source.txt",
        "`{found}` 在 policy/source.txt 中找不到对应文字",
    ),
    "help.locator-finds-nothing": (
        "write the heading, as `三（二）1`, then the first and last words: `三（一） 整顿目标…四清楚`",
        "先写标题如 `三（二）1`，再写起止文字：`三（一） 整顿目标…四清楚`",
    ),
    "error.source-too-large": ("the official text is larger than 5 MB", "正式文本超过 5 MB"),
    "help.source-too-large": ("put only the plan's text there", "只放方案正文"),
    "error.source-not-text": (
        "the official text is neither UTF-8 nor GB18030",
        "正式文本既不是 UTF-8 也不是 GB18030 编码",
    ),
    "help.source-not-text": ("save it as UTF-8", "请另存为 UTF-8"),
    # references
    "error.unknown-clause": ("there is no clause `{found}`", "没有条款 `{found}`"),
    "help.unknown-clause": (
        "clauses are listed in policy/document.yaml",
        "条款列在 policy/document.yaml",
    ),
    "error.unknown-clause-near": ("there is no clause `{found}`", "没有条款 `{found}`"),
    "help.unknown-clause-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-office": ("there is no office `{found}`", "没有 `{found}` 这个部门"),
    "help.unknown-office": (
        "offices are listed in policy/organisation.yaml",
        "部门列在 policy/organisation.yaml",
    ),
    "error.unknown-office-near": ("there is no office `{found}`", "没有 `{found}` 这个部门"),
    "help.unknown-office-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-kind": ("there is no kind of unit `{found}`", "没有 `{found}` 这类单位"),
    "help.unknown-kind": (
        "kinds are listed in policy/organisation.yaml",
        "单位类型列在 policy/organisation.yaml",
    ),
    "error.unknown-kind-near": ("there is no kind of unit `{found}`", "没有 `{found}` 这类单位"),
    "help.unknown-kind-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-outcome": ("`{found}` is not one of the table's outcomes", "`{found}` 不在该表的结果之中"),
    "help.unknown-outcome": (
        "`outcomes` says where they come from",
        "结果的来源写在 `outcomes`",
    ),
    "error.unknown-outcome-near": (
        "`{found}` is not one of the table's outcomes",
        "`{found}` 不在该表的结果之中",
    ),
    "help.unknown-outcome-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-fact": ("there is no fact `{found}`", "没有 `{found}` 这项事实"),
    "help.unknown-fact": (
        "facts are listed in policy/vocabulary.yaml; a condition begins with a fact or one of "
        "`all`, `any`, `none`, `at least`, `reading`, `finding`, `count`, `expression`",
        "事实列在 policy/vocabulary.yaml；条件以事实或 "
        "`all`、`any`、`none`、`at least`、`reading`、`finding`、`count`、`expression` 之一开头",
    ),
    "error.unknown-fact-near": ("there is no fact `{found}`", "没有 `{found}` 这项事实"),
    "help.unknown-fact-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-finding": ("there is no rule `{found}`", "没有 `{found}` 这条规则"),
    "help.unknown-finding": (
        "name a criterion, a category, `weak`, `key`, or a rule under `findings`",
        "写一条标准、一个类别、`weak`、`key` 或 `findings` 下的规则",
    ),
    "error.unknown-finding-near": ("there is no rule `{found}`", "没有 `{found}` 这条规则"),
    "help.unknown-finding-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-table": ("there is no decision table `{found}`", "没有 `{found}` 这张决策表"),
    "help.unknown-table": ("tables are listed under `tables`", "决策表列在 `tables` 下"),
    "error.unknown-table-near": ("there is no decision table `{found}`", "没有 `{found}` 这张决策表"),
    "help.unknown-table-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-register": ("there is no register `{found}`", "没有 `{found}` 这本登记"),
    "help.unknown-register": (
        "registers are listed in policy/vocabulary.yaml",
        "登记列在 policy/vocabulary.yaml",
    ),
    "error.unknown-register-near": ("there is no register `{found}`", "没有 `{found}` 这本登记"),
    "help.unknown-register-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-column": ("the register has no column `{found}`", "该登记没有 `{found}` 这一列"),
    "help.unknown-column": (
        "columns are listed with the register in policy/vocabulary.yaml",
        "各列写在 policy/vocabulary.yaml 的该登记之下",
    ),
    "error.unknown-column-near": ("the register has no column `{found}`", "该登记没有 `{found}` 这一列"),
    "help.unknown-column-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-parameter": ("there is no parameter `{found}`", "没有 `{found}` 这个参数"),
    "help.unknown-parameter": (
        "parameters are listed in policy/parameters.yaml",
        "参数列在 policy/parameters.yaml",
    ),
    "error.unknown-parameter-near": ("there is no parameter `{found}`", "没有 `{found}` 这个参数"),
    "help.unknown-parameter-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.unknown-baseline": ("there is no baseline `{found}`", "没有 `{found}` 这个起点"),
    "help.unknown-baseline": ("baselines are listed under `baselines`", "起点列在 `baselines` 下"),
    "error.unknown-baseline-near": ("there is no baseline `{found}`", "没有 `{found}` 这个起点"),
    "help.unknown-baseline-near": ("did you mean `{nearest}`?", "是不是 `{nearest}`？"),
    "error.parameter-as-fact": ("`{found}` is a parameter, not a fact", "`{found}` 是参数，不是事实"),
    "help.parameter-as-fact": (
        'name the fact on the left and the parameter in the test: `fact: "> {found}"`',
        '左边写事实，参数写在右边：`事实: "> {found}"`',
    ),
    "error.parameter-as-fact-near": ("`{found}` is a parameter, not a fact", "`{found}` 是参数，不是事实"),
    "help.parameter-as-fact-near": (
        'name the fact on the left and the parameter in the test: `fact: "> {found}"`',
        '左边写事实，参数写在右边：`事实: "> {found}"`',
    ),
    "error.finding-as-fact": ("`{found}` is a rule, not a fact", "`{found}` 是规则，不是事实"),
    "help.finding-as-fact": ("write `finding: {found}`", "写成 `finding: {found}`"),
    "error.register-as-fact": ("`{found}` is a register, not a fact", "`{found}` 是登记，不是事实"),
    "help.register-as-fact": (
        'write `count: {found}`, then `is: ">= 1"`',
        '写成 `count: {found}`，下一行 `is: ">= 1"`',
    ),
    # names
    "error.name-used-twice": ("the name `{found}` is already taken", "名称 `{found}` 已被使用"),
    "help.name-used-twice": (
        "ids and Chinese names must differ from all others",
        "标识和中文名称都不能与其他的重复",
    ),
    "error.name-reserved": ("`{found}` is a word of the rule language", "`{found}` 是规则语言的用词"),
    "help.name-reserved": ("choose another name", "请换一个名称"),
    "error.column-hides-fact": (
        "column `{found}` has the name of a fact or parameter",
        "列 `{found}` 与某项事实或参数同名",
    ),
    "help.column-hides-fact": (
        "inside a filter the two could not be told apart: rename one",
        "在筛选条件里两者无法区分，请改一个名称",
    ),
    # vocabulary
    "error.fact-without-supplier": ("nobody supplies the fact `{id}`", "事实 `{id}` 没有写由谁提供"),
    "help.fact-without-supplier": ("add `supplier: ` and an office", "加上 `supplier: ` 和部门名称"),
    "error.choice-without-choices": ("`{id}` is a choice without choices", "`{id}` 是选项，却没有列出选项"),
    "help.choice-without-choices": (
        "add `choices: [{{value: …, en: …}}]`",
        "加上 `choices: [{{value: …, en: …}}]`",
    ),
    "error.choices-without-choice": (
        "`{id}` has choices but is not of type `choice`",
        "`{id}` 列了选项，但类型不是 `choice`",
    ),
    "help.choices-without-choice": ("write `type: choice`", "写 `type: choice`"),
    "error.choice-twice": ("the choice `{found}` is listed twice", "选项 `{found}` 列了两次"),
    "help.choice-twice": ("remove one of the two", "删去一个"),
    "error.unit-on-non-number": ("`{id}` has a unit but is not a number", "`{id}` 有计量单位，却不是数字"),
    "help.unit-on-non-number": ("write `type: number`, or remove the unit", "写 `type: number`，或删去单位"),
    "error.not-a-range": ("`{found}` is not a range of numbers", "`{found}` 不是数字范围"),
    "help.not-a-range": (
        'write `">= 0"`, `"<= 100"` or `"[0..100]"`',
        '写成 `">= 0"`、`"<= 100"` 或 `"[0..100]"`',
    ),
    "error.derived-cycle": ("derived facts need each other: {path}", "推算事实互相依赖：{path}"),
    "help.derived-cycle": ("one of them must stand on facts alone", "其中一项必须只依据填报的事实"),
    "error.no-kind-in-scope": ("no kind of unit is in scope", "没有任何一类单位属于适用范围"),
    "help.no-kind-in-scope": ("write `in scope: true` for one", "至少给一类写 `in scope: true`"),
    "error.phase-ends-early": (
        "the phase ends on `{found}`, before it begins",
        "阶段在 `{found}` 结束，早于开始",
    ),
    "help.phase-ends-early": ("`to` must not be before `from`", "`to` 不能早于 `from`"),
    # parameters
    "error.value-or-expression": (
        "a dated value needs either `value` or `expression`",
        "每个取值要写 `value` 或 `expression` 之一",
    ),
    "help.value-or-expression": (
        "write `{{from: 2018-07-25, value: 3}}`",
        "写成 `{{from: 2018-07-25, value: 3}}`",
    ),
    "error.values-not-in-order": (
        "the value from `{found}` does not come after the one before it",
        "自 `{found}` 起的取值不晚于前一个",
    ),
    "help.values-not-in-order": ("list values from the oldest to the newest", "取值按时间先后排列"),
    "error.value-not-number": ("`{found}` is not a number", "`{found}` 不是数字"),
    "help.value-not-number": ("write digits, without quotes or unit", "只写数字，不加引号和单位"),
    "error.value-not-integer": ("`{found}` is not a whole number", "`{found}` 不是整数"),
    "help.value-not-integer": ("write a whole number, without quotes or unit", "只写整数，不加引号和单位"),
    "error.value-not-boolean": ("`{found}` is neither true nor false", "`{found}` 既不是 true 也不是 false"),
    "help.value-not-boolean": ("write `true` or `false`", "写 `true` 或 `false`"),
    "error.value-not-text": ("`{found}` is not a text", "`{found}` 不是文字"),
    "help.value-not-text": ("put it between quotes", "加上引号"),
    "error.value-not-duration": (
        "`{found}` is not a duration of this parameter's kind",
        "`{found}` 不是这个参数可用的时长",
    ),
    "help.value-not-duration": (
        "write `12 months` or `2 years`; do not mix them with days",
        "写成 `12 months` 或 `2 years`；不要与天数混用",
    ),
    "error.value-not-date": ("`{found}` is not a date", "`{found}` 不是日期"),
    "help.value-not-date": ("write a day that exists as `2018-07-25`", "写成 `2018-07-25`，并且是存在的日子"),
    "error.value-not-choice": ("`{found}` is not one of the choices", "`{found}` 不在选项之中"),
    "help.value-not-choice": ("write one of {expected}", "只能写 {expected} 之一"),
    "error.value-not-reading": ("`{found}` is not a reading", "`{found}` 不是一种读法"),
    "help.value-not-reading": ("write one of {expected}", "只能写 {expected} 之一"),
    "error.parameter-starts-late": (
        "the first value is from `{found}`, but the plan takes effect on {effective}",
        "第一个取值自 `{found}` 起，而方案自 {effective} 起生效",
    ),
    "help.parameter-starts-late": ("write `from: {effective}` or earlier", "写 `from: {effective}` 或更早"),
    "error.kind-out-of-scope": (
        "units of kind `{found}` are out of scope, so this would never hold",
        "`{found}` 不属于适用范围，写在这里永远不会成立",
    ),
    "help.kind-out-of-scope": (
        "name a kind with `in scope: true`",
        "应写 `in scope: true` 的单位类型",
    ),
    "error.parameter-cycle": ("parameters need each other: {path}", "参数互相依赖：{path}"),
    "help.parameter-cycle": ("one of them must have a value of its own", "其中一个必须直接取值"),
    "error.not-a-parameter": (
        "`{found}` is not a parameter, and only parameters may stand here",
        "`{found}` 不是参数，这里只能用参数",
    ),
    "help.not-a-parameter": (
        "write a number or the name of a parameter in policy/parameters.yaml",
        "写数字，或 policy/parameters.yaml 中的参数名称",
    ),
    "error.not-a-number": ("`{found}` is not a number", "`{found}` 不是数字"),
    "help.not-a-number": ("write a whole number or the name of a parameter", "写整数或参数名称"),
    "error.not-a-reading": (
        "`{found}` is not a parameter of type `reading`",
        "`{found}` 不是 `reading` 类型的参数",
    ),
    "help.not-a-reading": (
        "name one with `type: reading` and the value `any` or `all`",
        "应写 `type: reading`、取值为 `any` 或 `all` 的参数",
    ),
    "error.parameter-not-a-duration": (
        "the parameter `{found}` is not a duration",
        "参数 `{found}` 不是时长",
    ),
    "help.parameter-not-a-duration": (
        "name one with `type: duration`, or write `12 months`",
        "应写 `type: duration` 的参数，或写 `12 months`",
    ),
    # conditions
    "error.condition-not-a-mapping": ("`{found}` is not a condition", "`{found}` 不是条件"),
    "help.condition-not-a-mapping": (
        "write `fact: value`, or a group such as `any:` with conditions below it",
        "写成 `事实: 值`，或 `any:` 之类的一组条件",
    ),
    "error.condition-empty": ("this condition is empty", "这个条件是空的"),
    "help.condition-empty": ("write `fact: value`", "写成 `事实: 值`"),
    "error.condition-two-keys": (
        "`{second}` cannot stand beside `{first}` in one condition",
        "同一个条件里，`{second}` 不能与 `{first}` 并列",
    ),
    "help.condition-two-keys": (
        "put both under `all:`, each on a line that begins with `- `",
        "两者写在 `all:` 下面，每项以 `- ` 开头",
    ),
    "error.condition-needs-list": ("`{key}` needs a list of conditions", "`{key}` 下面要有一列条件"),
    "help.condition-needs-list": (
        "write each condition on a line that begins with `- `",
        "每个条件占一行，以 `- ` 开头",
    ),
    "error.at-least-out-of-range": (
        "at least {found} of {count} conditions cannot be meant",
        "{count} 个条件中至少 {found} 个，没有意义",
    ),
    "help.at-least-out-of-range": ("write a number from 1 to {count}", "写 1 到 {count} 之间的数"),
    "error.list-of-no-values": ("this list of values is empty", "这个取值列表是空的"),
    "help.list-of-no-values": ("write `[value, value]`", "写成 `[值, 值]`"),
    "error.yaml-boolean": (
        "`{found}` is a text here, not true or false",
        "`{found}` 在这里是文字，不是真假值",
    ),
    "help.yaml-boolean": ("write `true` or `false`", "写 `true` 或 `false`（也可写 `是` 或 `否`）"),
    "error.not-a-choice": ("`{found}` is not one of the choices", "`{found}` 不在选项之中"),
    "help.not-a-choice": ("write one of {choices}", "只能写 {choices} 之一"),
    "error.not-a-choice-near": ("`{found}` is not one of the choices", "`{found}` 不在选项之中"),
    "help.not-a-choice-near": (
        "did you mean `{nearest}`? the choices are {choices}",
        "是不是 `{nearest}`？选项有 {choices}",
    ),
    "error.unknown-window": ("`{found}` is not a test", "`{found}` 不是一种判断"),
    "help.unknown-window": (
        "write `{{within: 12 months}}` or `{{longer ago than: 12 months}}`",
        "写成 `{{within: 12 months}}` 或 `{{longer ago than: 12 months}}`",
    ),
    "error.window-needs-date": ("`{found}` is for dates only", "`{found}` 只能用于日期"),
    "help.window-needs-date": (
        'compare a number as `"> 3"`',
        '数字用 `"> 3"` 这样的比较',
    ),
    "error.test-of-wrong-type": (
        "`{found}` cannot be compared with a fact of type {expected}",
        "`{found}` 不能与 {expected} 类型的事实比较",
    ),
    "help.test-of-wrong-type": (
        'write a value of type {expected}, or a test such as `"> 3"`',
        '写 {expected} 类型的值，或 `"> 3"` 这样的判断',
    ),
    # rules
    "error.rule-twice": (
        "the rule `{found}` is also defined in {file}, line {line}",
        "规则 `{found}` 在 {file} 第 {line} 行已有定义",
    ),
    "help.rule-twice": ("give each rule an id of its own", "每条规则用自己的标识"),
    "error.rule-cycle": ("rules need each other: {path}", "规则互相依赖：{path}"),
    "help.rule-cycle": ("one of them must not refer to the others", "其中一条不能引用其他几条"),
    # tests
    "error.unknown-truth": ("`{found}` is not a finding", "`{found}` 不是判断结果"),
    "help.unknown-truth": ("write `true`, `false` or `unknown`", "写 `true`、`false` 或 `unknown`"),
    "error.test-value-of-wrong-type": (
        "`{found}` is not a value of `{name}`, which is of type {expected}",
        "`{found}` 不是 `{name}` 的取值（类型为 {expected}）",
    ),
    "help.test-value-of-wrong-type": (
        "write a value of type {expected}; `~` for a fact that nobody filled in",
        "写 {expected} 类型的值；没有人填报的写 `~`",
    ),
    "error.test-expects-nothing": ("this test expects nothing", "这个测试没有预期结果"),
    "help.test-expects-nothing": (
        "write at least one of `findings`, `classification`, `key`, `determinations`, `missing`",
        "至少写 `findings`、`classification`、`key`、`determinations`、`missing` 之一",
    ),
    "error.test-before-plan": (
        "`{found}` is before the plan takes effect on {effective}",
        "`{found}` 早于方案生效日 {effective}",
    ),
    "help.test-before-plan": ("choose a later as-of date", "请写更晚的基准日"),
}
