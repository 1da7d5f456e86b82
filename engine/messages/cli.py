"""Messages of cli: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    "label.error": ("error", "错误"),
    # help
    "help.plumbline": (
        "Run an administrative plan as tested, auditable rules.\n\nCommands work on the policy project in the"
        " working folder or above it: a folder with policy/ and rules/.",
        "把行政方案变成可运行、可测试、可审计的规则。\n\n各命令作用于当前文件夹或其上级中的规则项目，即含有 policy/ 和 rules/"
        " 的文件夹。",
    ),
    "help.exit-codes": (
        "Exit codes: 0 done; 1 check or test found something; 2 wrong use, or a policy that does not load;"
        " 3 unit data with errors; 4 what --fail-on names occurred (3 comes first).",
        "退出码：0 完成；1 check 或 test 发现问题；2 用法有误或规则无法加载；3 单位数据有误；"
        "4 出现了 --fail-on 所列情形（3 优先于 4）。",
    ),
    "help.usage": ("Usage:", "用法："),
    "help.arguments": ("Arguments", "参数"),
    "help.options": ("Options", "选项"),
    "help.commands": ("Commands", "命令"),
    "help.required": ("(required)", "（必填）"),
    "help.command.init": (
        "Start a new project: a copy of the built-in plan with its examples, or an empty one.",
        "新建项目：内置方案及示例的副本，或空项目。",
    ),
    "help.command.check": (
        "Check the project and print everything that is wrong with it.",
        "检查项目，列出全部问题。",
    ),
    "help.command.test": (
        "Run the project's own tests; PATTERN is part of a name or file, or the id of a rule.",
        "运行项目自带的测试；可用名称或文件名的一部分、规则编号筛选。",
    ),
    "help.command.template": (
        "Write an empty workbook for the project's facts and registers.",
        "生成填报事实和台账的空白工作簿。",
    ),
    "help.command.evaluate": (
        "Screen and classify every unit in the data.",
        "对数据中的各单位逐一研判、认定。",
    ),
    "help.command.whatif": (
        "Show a unit before and after a change of facts, parameters or date, and what makes the difference.",
        "对比某单位在事实、参数或日期改变前后的结果，并说明差别从何而来。",
    ),
    "help.command.flip": (
        "Find the smallest change of facts that gives a unit the other verdict, or a verdict or rule named.",
        "找出使单位得出另一种（或指定的）认定须改变的最少事实。",
    ),
    "help.command.ask": (
        "Rank the unknown facts of a unit by what knowing them would settle, or ask for them one by one.",
        "按查明后能明确多少事项，排列某单位尚未掌握的事实；也可逐项提问。",
    ),
    "help.command.ledger": (
        "Keep the record of evaluations and decisions: confirm, object, override, verify, compute again.",
        "决定台账：记录认定与决定，确认、异议、另行决定，核验与重新计算。",
    ),
    "help.command.ledger-show": (
        "Show the entries: all, of one unit, or one whole.",
        "查看记录：全部、某单位的，或某一条的全文。",
    ),
    "help.command.ledger-confirm": (
        "Confirm a recorded verdict, which is a proposal until then.",
        "确认已记录的认定；确认之前它只是建议。",
    ),
    "help.command.ledger-object": (
        "Record an objection to a verdict beside it.",
        "对某项认定提出异议，记录在旁。",
    ),
    "help.command.ledger-override": (
        "Record that an office decided otherwise than the rules, and why.",
        "记录某部门作出与规则不同的决定及其理由。",
    ),
    "help.command.ledger-waive": (
        "Record that a unit is let off a duty in one period, and why.",
        "记录免除某单位某期间的一项职责及其理由。",
    ),
    "help.command.ledger-amend": (
        "Record that the project's policy was changed, by whom and why.",
        "记录本项目的规则已经改动、由谁改动、为何改动。",
    ),
    "help.command.ledger-verify": (
        "Check that nothing was changed, removed, inserted or moved.",
        "核验有无改动、删除、插入或移位。",
    ),
    "help.command.ledger-replay": (
        "Compute evaluations again from what the ledger holds; with --with-policy, list what would differ.",
        "用决定台账的存档重新计算认定；加 --with-policy 则列出换一套规则会有哪些不同。",
    ),
    "help.command.ledger-head": (
        "Print the head, the line to keep elsewhere.",
        "打印末端，这一行请另处保存。",
    ),
    "help.command.ledger-export": (
        "Write the ledger as text files that a 40-line script can check.",
        "把决定台账导出为文本文件，用一段40行的脚本即可核验。",
    ),
    "option.ledger": (
        "The ledger's file; `ledger.sqlite` in the working folder unless said otherwise.",
        "决定台账的文件；默认为当前文件夹的 `ledger.sqlite`。",
    ),
    "option.on": ("The day of the decision, as 2018-12-31.", "决定的日期，如 2018-12-31。"),
    "option.office": (
        "The office that decides, as in the policy, or the unit itself; no person's name.",
        "作出决定的部门（按规则中的名称），或被认定单位自己；不写个人姓名。",
    ),
    "option.decided-post": ("The post that acted for it, as in the policy.", "经办的岗位，按规则中的名称。"),
    "option.reason": ("Why.", "理由。"),
    "option.override-verdict": (
        "The verdict that stands from here on: `weak`, `not_weak`, or as the policy calls it.",
        "此后有效的认定：`weak`、`not_weak`，或规则中的说法。",
    ),
    "option.waive-duty": ("The duty that is waived.", "免除的职责。"),
    "option.waive-period": (
        "The period, as `plumbline explain UNIT DUTY` names it.",
        "免除的期间，按 `plumbline explain 单位 职责` 的写法。",
    ),
    "option.head": (
        "A head kept elsewhere, or the name of a file with it, to find a cut end or a chain written anew.",
        "另处保存的末端或写有它的文件名，用来发现末尾被截或整链重写。",
    ),
    "option.head-out": ("Write the line to this file instead.", "把这一行写入文件。"),
    "option.replay-all": ("Every evaluation in the ledger.", "决定台账中的全部认定。"),
    "option.with-policy": (
        "The folder of another policy project to compute with.",
        "改用另一套规则（规则项目文件夹）。",
    ),
    "option.report-ledger": (
        "The ledger whose head the page carries, with what it says of each unit: recorded, confirmed, objected to, overridden.",
        "页面载明这个决定台账的末端，以及每个单位在其中的记载：记录、确认、异议、另行决定。",
    ),
    "option.record": (
        "Record every verdict in this ledger, as a proposal; begins a new one if there is no such file.",
        "把每项认定作为建议记入这个决定台账；没有则新建。",
    ),
    "cli.ledger-and-publish": (
        "a run made for publication leaves facts out, so it cannot be recorded",
        "用于公开的结果略去了部分事实，不能记入决定台账",
    ),
    "cli.ledger-is-data": ("`{file}` is one of the data files", "`{file}` 是数据文件之一"),
    "help.command.explain": (
        "Show why a unit came out as it did: its verdict, or one rule, category or table.",
        "说明某单位为何如此认定：认定结果，或某条规则、类别、决定表。",
    ),
    "help.command.rule": (
        "Show everything about one rule: clause, condition in words, parameters, offices, tests.",
        "查看一条规则的全部信息：条款、条件、参数、责任单位、测试。",
    ),
    "help.command.schema": (
        "Write JSON Schemas, so that an editor completes and checks the project's names.",
        "生成 JSON Schema，供编辑器补全和检查名称。",
    ),
    "help.command.completion": (
        "Print the completion script for a shell.",
        "输出命令行补全脚本。",
    ),
    "help.completion-epilog": (
        'bash: eval "$(plumbline completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc;'
        " fish: plumbline completion fish > ~/.config/fish/completions/plumbline.fish",
        'bash：在 ~/.bashrc 中写 eval "$(plumbline completion bash)"；zsh：在 ~/.zshrc 中同样写；'
        "fish：plumbline completion fish > ~/.config/fish/completions/plumbline.fish",
    ),
    "metavar.options": ("[OPTIONS]", "[选项]"),
    "metavar.command": ("COMMAND [ARGS]...", "命令 [参数]..."),
    "metavar.folder": ("DIR", "目录"),
    "metavar.format": ("FORMAT", "格式"),
    "metavar.pattern": ("PATTERN", "筛选词"),
    "metavar.workbook": ("OUT.xlsx", "输出.xlsx"),
    "metavar.data": ("DATA...", "数据..."),
    "metavar.entry-or-unit": ("ENTRY|UNIT", "序号|单位"),
    "metavar.head": ("HEAD", "末端"),
    "metavar.office": ("OFFICE", "部门"),
    "metavar.verdict": ("VERDICT", "认定"),
    "metavar.text": ("TEXT", "文字"),
    "metavar.explain": ("DATA... UNIT [RULE]", "数据... 单位 [规则]"),
    "metavar.data-unit": ("DATA... UNIT", "数据... 单位"),
    "metavar.data-unit-verdict": ("DATA... UNIT [VERDICT]", "数据... 单位 [认定]"),
    "metavar.set": ("FACT=VALUE", "事实=值"),
    "metavar.add": ("REGISTER:COLUMN=VALUE,...", "登记表:列=值,..."),
    "metavar.remove": ("ROW", "行"),
    "metavar.n": ("N", "层数"),
    "metavar.unit": ("UNIT", "单位"),
    "metavar.rule": ("RULE", "规则"),
    "metavar.param": ("NAME=VALUE", "名称=值"),
    "metavar.date": ("YYYY-MM-DD", "年-月-日"),
    "option.help": ("Show this help.", "显示本帮助。"),
    "option.version": ("Show the version.", "显示版本。"),
    "option.project": (
        "The project's folder; without it, the one around the working folder.",
        "项目文件夹；不写则取当前文件夹所在的项目。",
    ),
    "option.lang": (
        "Language of the output; without it, the one of the environment.",
        "输出语言；不写则随环境。",
    ),
    "option.format": ("Format of the output: {formats}.", "输出格式：{formats}。"),
    "option.quiet": ("No notes and no progress.", "不显示提示和进度。"),
    "option.no-color": ("No colours.", "不用颜色。"),
    "option.as-of": (
        "The date that the units are judged at, as 2018-12-31.",
        "认定所依据的日期，写法如 2018-12-31。",
    ),
    "option.engine": (
        "Which channels compute: both and compare them, or one alone.",
        "由哪个引擎推理：两者并互相核对，或仅用其一。",
    ),
    "option.evaluate-engine": (
        "What computes: both channels and compare them, one alone, or columns. Without it: both, or columns for many units.",
        "由谁推理：两个引擎并互相核对、仅用其一，或按列计算（columns）。不写则两者都用，单位很多时按列计算。",
    ),
    "option.param": (
        "Assume another value of a parameter, for this run only; may be repeated.",
        "仅本次运行改用某参数值；可重复。",
    ),
    "option.fail-on": (
        "Exit with 4 if a unit has this verdict; may be repeated.",
        "有单位属此认定时退出码为 4；可重复。",
    ),
    "option.unit": (
        "Only this unit, by id or name; may be repeated.",
        "只看这个单位（编号或名称）；可重复。",
    ),
    "option.empty": ("An empty project instead of the built-in plan.", "建空项目，不用内置方案。"),
    "option.schema-out": (
        "Where to write; without it, .schema in the project.",
        "输出位置；不写则为项目内的 .schema。",
    ),
    "type.number": ("a number such as `3` or `0.5`", "数字，如 `3` 或 `0.5`"),
    "type.integer": ("a whole number such as `3`", "整数，如 `3`"),
    "type.boolean": ("`true` or `false`", "`是` 或 `否`"),
    "type.text": ("a text", "文字"),
    "type.duration": ("a period such as `12 months` or `2 years`", "期限，如 `12个月` 或 `2年`"),
    "type.choice": ("one of the choices", "所列选项之一"),
    "type.reading": ("`any` or `all`", "`any`（任一项）或 `all`（各项）"),
    "type.date": ("a date such as `2018-12-31`", "日期，如 `2018-12-31`"),
    # errors
    "cli.format-not-here": (
        "`{command}` has no format `{found}`; it has {choices}",
        "`{command}` 没有 `{found}` 这种格式，可用 {choices}",
    ),
    "cli.no-such-command": ("there is no command `{found}`", "没有 `{found}` 这个命令"),
    "cli.no-such-command-near": (
        "there is no command `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个命令，是不是 `{nearest}`？",
    ),
    "cli.no-such-option": ("there is no option `{found}`", "没有 `{found}` 这个选项"),
    "cli.no-such-option-near": (
        "there is no option `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个选项，是不是 `{nearest}`？",
    ),
    "cli.option-needs-value": ("`{name}` needs a value", "`{name}` 后面要有值"),
    "cli.spare-words": ("{words}: nothing more is expected here", "{words}：这里不能再写别的"),
    "cli.not-so-many": (
        "`{name}` must be a whole number from {least} on",
        "`{name}` 必须是不小于 {least} 的整数",
    ),
    "cli.not-a-folder": ("`{name}` must be a folder", "`{name}` 必须是文件夹"),
    "cli.missing": ("`{name}` is missing", "缺少 `{name}`"),
    "cli.example.as_of": (
        "every verdict holds for a date; write `--as-of 2018-12-31`",
        "认定总是针对某一日期；写成 `--as-of 2018-12-31`",
    ),
    "cli.form.as_of": (
        "write a day that exists as `--as-of 2018-12-31`",
        "写成 `--as-of 2018-12-31`，并且是存在的日子",
    ),
    "cli.example.data": (
        "name the workbook or folder with the units: `plumbline {command} units.xlsx --as-of 2018-12-31`",
        "写明单位数据的工作簿或文件夹：`plumbline {command} 台账.xlsx --as-of 2018-12-31`",
    ),
    "cli.not-a-choice": ("the value of `{name}` must be one of {choices}", "`{name}` 的值只能是 {choices}"),
    "cli.bad-value": ("`{name}`: {reason}", "`{name}`：{reason}"),
    "cli.date-form": (
        "`{found}` is not a date in the form `2018-12-31`",
        "`{found}` 不是 `2018-12-31` 形式的日期",
    ),
    "cli.no-such-date": ("there is no day `{found}`", "没有 `{found}` 这一天"),
    "cli.see-help": ("see `{command} --help`", "用法见 `{command} --help`"),
    "cli.interrupted": ("interrupted", "已中断"),
    "cli.os-error": ("`{file}`: {reason}", "`{file}`：{reason}"),
    "cli.internal": (
        "internal error: {kind} at {place}: {detail}",
        "内部错误：{place} 处 {kind}：{detail}",
    ),
    "cli.internal-help": (
        "this is a fault of the program, not yours; please report this line with the command you ran",
        "这是程序的错，不是您的错；请把本行连同所用命令报告给维护者",
    ),
    "cli.no-project": (
        "there is no policy project in `{folder}` or above it",
        "`{folder}` 及其上级中没有规则项目",
    ),
    "cli.not-a-project": ("`{folder}` is not a policy project", "`{folder}` 不是规则项目"),
    "cli.not-a-project-help": (
        "a project has the folders policy/ and rules/; `plumbline init DIR` makes one, `--project DIR` names one",
        "项目含有 policy/ 和 rules/ 两个文件夹；`plumbline init 目录` 可新建，`--project 目录` 可指定",
    ),
    "cli.policy-does-not-load": ("the policy does not load: {counts}", "规则无法加载：{counts}"),
    "cli.no-such-file": ("there is no file `{file}`", "没有 `{file}` 这个文件"),
    "cli.no-such-folder": ("there is no folder `{folder}`", "没有 `{folder}` 这个文件夹"),
    "cli.file-exists": (
        "`{file}` exists already and is not overwritten",
        "`{file}` 已存在，不会覆盖",
    ),
    "cli.not-xlsx": ("`{found}` must end in `.xlsx`", "`{found}` 须以 `.xlsx` 结尾"),
    "cli.folder-not-empty": (
        "`{folder}` is not an empty folder, and nothing there is overwritten",
        "`{folder}` 不是空文件夹，其中的内容不会被覆盖",
    ),
    "cli.no-builtin": (
        "this installation does not have the built-in plan; `plumbline init --empty DIR` still works",
        "本次安装不含内置方案；仍可用 `plumbline init --empty 目录`",
    ),
    "cli.nothing-read": ("no unit could be read from the data", "数据中读不出任何单位"),
    "cli.unit-not-unique": (
        "several units are called `{found}`; use one of the ids {ids}",
        "有多个单位叫 `{found}`，请用编号：{ids}",
    ),
    "cli.no-such-unit": ("none of the {count} units is `{found}`", "{count}个单位中没有 `{found}`"),
    "cli.no-such-unit-near": (
        "there is no unit `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个单位，是不是 `{nearest}`？",
    ),
    "cli.no-such-rule": (
        "there is no rule, category or table `{found}`",
        "没有 `{found}` 这条规则、类别或决定表",
    ),
    "cli.no-such-rule-near": (
        "there is no rule, category or table `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这条规则、类别或决定表，是不是 `{nearest}`？",
    ),
    "cli.no-such-parameter": ("there is no parameter `{found}`", "没有 `{found}` 这个参数"),
    "cli.no-such-parameter-near": (
        "there is no parameter `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个参数，是不是 `{nearest}`？",
    ),
    "cli.param-form": ("`{found}` has no `=`", "`{found}` 中没有 `=`"),
    "cli.param-form-help": ("write `--param name=value`", "写成 `--param 名称=值`"),
    "cli.param-value": (
        "`{found}` is no value for the parameter `{name}`, which takes {expected}",
        "参数 `{name}` 不能取 `{found}`，应为{expected}",
    ),
    "option.depth": (
        "Show so many levels of the derivation and no more.",
        "推导只展开若干层。",
    ),
    "option.only": (
        "Show only the branches that are true, false, unknown or decisive; with `decisive`, also the smallest sets of facts.",
        "只列出成立、不成立、未知或起决定作用的分支；`decisive` 还列出最小事实组合。",
    ),
    "option.why-not": (
        "Show what was missing for a verdict or rule, for each path to it, the nearest first; with RULE, only the paths "
        "on which something is missing in that rule.",
        "说明距离某认定或规则还差什么，逐条途径列出，差得最少的在前；写了“规则”时，只列在该规则上还差什么的途径。",
    ),
    "option.limit": (
        "With --why-not: show so many paths at most; without it, 10 as text and 50 as JSON.",
        "与 --why-not 同用：最多列出多少条途径；不写则文本10条、JSON 50条。",
    ),
    "option.whatif-set": (
        "Suppose another value of a fact or cell: `fact=value`, `register[2].column=value`, `register=none`; `?` for not "
        "known. May be repeated.",
        "假设某事实或单元格为另一个值：`事实=值`、`登记表[2].列=值`、`登记表=无`；`?` 表示不明。可重复。",
    ),
    "option.whatif-add": (
        "Suppose one more row of a register. May be repeated.",
        "假设登记表增加一条。可重复。",
    ),
    "option.whatif-remove": (
        "Suppose that a row of a register is not there. May be repeated.",
        "假设登记表没有某一条。可重复。",
    ),
    "option.then-as-of": (
        "Look at the unit on this date afterwards; without it, on the same date as before.",
        "改变之后按这一天判断；不写则与改变之前同一天。",
    ),
    "option.interactive": (
        "Ask in the terminal, and stop as soon as the verdict is settled.",
        "在终端逐项提问，结论一明确即停止。",
    ),
    "option.save-answers": (
        "Write the answers to a YAML file that can be read beside the data.",
        "把回答写入 YAML 文件，可与其他数据一并读取。",
    ),
    "cli.set-form": ("`{found}` has no name and value with `=` between", "`{found}` 不是 `=` 连接的名称和值"),
    "cli.set-form-help": (
        "write `--set fact=value` or `--set 'register[2].column=value'`",
        "写成 `--set 事实=值` 或 `--set '登记表[2].列=值'`",
    ),
    "cli.set-value": (
        "`{found}` is no value for `{name}`, which takes {expected}",
        "`{name}` 不能取 `{found}`，应为{expected}",
    ),
    "cli.set-register": (
        "`{found}` is a register; only `none` can be set, rows are added or changed one by one",
        "`{found}` 是登记表，只能设为 `无`；各条逐条增改",
    ),
    "cli.set-register-help": (
        "write `--set register=none`, `--add 'register: column=value, …'` or `--set 'register[2].column=value'`",
        "写成 `--set 登记表=无`、`--add '登记表：列=值，…'` 或 `--set '登记表[2].列=值'`",
    ),
    "cli.set-derived": (
        "`{found}` is computed from other facts; set those",
        "`{found}` 由其他事实算出，请改那些事实",
    ),
    "cli.add-form": ("`{found}` is no row of a register", "`{found}` 不是登记表的一条"),
    "cli.add-form-help": (
        "write `--add 'register: column=value, column=value'`",
        "写成 `--add '登记表：列=值，列=值'`",
    ),
    "cli.remove-form": ("`{found}` names no row of a register", "`{found}` 没有指明登记表的哪一条"),
    "cli.remove-form-help": ("write `--remove 'register[2]'`", "写成 `--remove '登记表[2]'`"),
    "cli.no-such-fact": (
        "there is no fact, register or column `{found}`",
        "没有 `{found}` 这个事实、登记表或列",
    ),
    "cli.no-such-fact-near": (
        "there is no fact, register or column `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个事实、登记表或列，是不是 `{nearest}`？",
    ),
    "cli.no-such-row": (
        "there is no row `{found}`; the register has {count}",
        "没有 `{found}` 这一条，该登记表共{count}条",
    ),
    "cli.out-of-scope": (
        "the plan does not cover `{found}`, so no change of facts gives it a verdict",
        "`{found}` 不在方案范围内，改变事实也得不出认定",
    ),
    "cli.not-yaml": ("`{found}` is not the name of a YAML file", "`{found}` 不是 YAML 文件名"),
    "cli.whatif-form": (
        "`plumbline whatif DATA... UNIT --as-of 2018-12-31 --set fact=value`, the files first",
        "`plumbline whatif 数据... 单位 --as-of 2018-12-31 --set 事实=值`，数据文件写在前面",
    ),
    "cli.flip-form": (
        "`plumbline flip DATA... UNIT [VERDICT] --as-of 2018-12-31`, the files first",
        "`plumbline flip 数据... 单位 [认定] --as-of 2018-12-31`，数据文件写在前面",
    ),
    "cli.ask-form": (
        "`plumbline ask DATA... UNIT [VERDICT] --as-of 2018-12-31`, the files first",
        "`plumbline ask 数据... 单位 [认定] --as-of 2018-12-31`，数据文件写在前面",
    ),
    "cli.explain-no-unit": ("the unit is missing", "缺少单位"),
    "cli.explain-form": (
        "`plumbline explain DATA... UNIT [RULE] --as-of 2018-12-31`, the files first",
        "`plumbline explain 数据... 单位 [规则] --as-of 2018-12-31`，数据文件写在前面",
    ),
    "cli.no-durable": (
        "durable-rules cannot be imported here, so `--engine durable` cannot run",
        "此处无法导入 durable-rules，不能用 `--engine durable`",
    ),
    "cli.no-durable-help": ("use `--engine reference`", "请用 `--engine reference`"),
    "cli.no-verdict": ("there is no verdict to explain: {reason}", "没有可说明的认定：{reason}"),
    # notes
    "cli.check-passed": (
        "{title}: rules: {rules}, tables: {tables}, duties: {duties}, measures: {measures}, clauses: {clauses}, tests: {tests}; {counts}",
        "{title}：规则{rules}条，决定表{tables}张，职责{duties}项，措施{measures}项，条款{clauses}条，测试{tests}项；{counts}",
    ),
    "cli.check-failed": ("{counts}", "{counts}"),
    "cli.template-written": ("wrote `{file}`", "已生成 `{file}`"),
    "cli.schema-written": ("wrote the schemas to `{folder}`", "已在 `{folder}` 生成 Schema"),
    "cli.init-done": (
        "the project is in `{folder}`; next: `cd {folder}`, then `plumbline test`",
        "项目已建在 `{folder}`；下一步：`cd {folder}`，再运行 `plumbline test`",
    ),
    "cli.init-empty-done": (
        "an empty project is in `{folder}`; next: fill in policy/ and rules/, then `plumbline check`",
        "空项目已建在 `{folder}`；下一步：填写 policy/ 和 rules/，再运行 `plumbline check`",
    ),
    "cli.progress": ("{done} of {total} units", "已处理{done}/{total}个单位"),
    "cli.why-not-alone": ("`{found}` does not go with `--why-not`", "`{found}` 不能与 `--why-not` 同用"),
    "cli.why-not-alone-help": (
        "leave one of them out; to see fewer paths, write `--limit 3`",
        "去掉其中一个；要少列几条途径，写 `--limit 3`",
    ),
    "cli.limit-alone": ("`--limit` goes with `--why-not` only", "`--limit` 只能与 `--why-not` 同用"),
    "cli.limit-alone-help": (
        "write `--why-not weak --limit 3`; for fewer levels of a derivation, `--depth 3`",
        "写 `--why-not weak --limit 3`；要少列几层推导，写 `--depth 3`",
    ),
    "cli.why-not-through": (
        "no path to `{subject}` goes through `{found}`, on which it does not depend",
        "`{subject}` 不取决于 `{found}`，没有经过它的途径",
    ),
    "cli.why-not-through-help": (
        "name a rule that `{subject}` depends on, or write `--why-not {found}` without another rule to ask about `{found}` itself",
        "写 `{subject}` 所取决的规则；若要问 `{found}` 本身，只写 `--why-not {found}`",
    ),
    "cli.why-not-through-no-rule-help": (
        "name a rule that `{subject}` depends on; tables, duties, procedures and measures have no paths",
        "写 `{subject}` 所取决的规则；决定表、职责、程序和措施没有途径",
    ),
    "cli.no-diagram": ("there is no diagram of `{found}`", "`{found}` 没有图"),
    "cli.no-diagram-help": (
        "write `--format text` or `--format json`; rules, tables and measures have diagrams",
        "写 `--format text` 或 `--format json`；规则、决策表和措施才有图",
    ),
    "option.evaluate-out": (
        "Write a workbook to hand out instead of printing: weak units, four lists, duties, measures, facts to collect.",
        "不打印，写成可以分发的工作簿：名单、四清单、职责台账、措施、待补事实。",
    ),
    "cli.out-not-xlsx": ("`{file}` is not the name of a workbook", "`{file}` 不是工作簿的文件名"),
    "cli.out-not-xlsx-help": (
        "write `--out results.xlsx`; for other formats use `--format` and redirect the output",
        "写 `--out 结果.xlsx`；其他格式用 `--format` 并重定向输出",
    ),
}
