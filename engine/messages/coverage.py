"""Messages of the coverage table and the list of assumptions: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    "option.coverage": (
        "Print the table of clauses with the rules that carry out each, and how many are accounted for.",
        "列出每一条款由哪些规则落实，并统计落实情况。",
    ),
    "cli.csv-needs-coverage": ("only the table of clauses can be CSV", "只有条款对照表可以输出为 CSV"),
    "cli.csv-needs-coverage-help": (
        "write `plumbline check --coverage --format csv`",
        "写成 `plumbline check --coverage --format csv`",
    ),
    "cli.coverage-not-github": (
        "the table of clauses cannot be annotations",
        "条款对照表不能输出为 github 格式",
    ),
    "cli.coverage-not-github-help": (
        "write `--format text`, `--format json` or `--format csv`",
        "写 `--format text`、`--format json` 或 `--format csv`",
    ),
    "coverage.head": (
        "{title}: clauses and the rules that carry them out (policy {digest})",
        "{title}：条款与规则对照（规则摘要 {digest}）",
    ),
    "coverage.status.executed": ("executed", "已执行"),
    "coverage.status.by_parts": ("by parts", "分项执行"),
    "coverage.status.not_operative": ("not operative", "不作执行"),
    "coverage.status.not_yet_encoded": ("not yet encoded", "尚未编入"),
    "coverage.status.without_rule": ("without a rule", "没有规则"),
    "coverage.column.clause": ("clause", "条款"),
    "coverage.column.title": ("title", "标题"),
    "coverage.column.status": ("status", "状态"),
    "coverage.column.rules": ("rules, or why there is none", "规则，或没有规则的原因"),
    "coverage.column.reason": ("reason", "原因"),
    "coverage.column.rule": ("rule", "规则编号"),
    "coverage.column.role": ("kind", "种类"),
    "coverage.column.name": ("name", "规则名称"),
    "coverage.column.where": ("written in", "所在文件"),
    "coverage.rule": ("{role}: {name} ({id})", "{role}：{name}（{id}）"),
    "coverage.count": ("{status}: {n}", "{status}{n}条"),
    "coverage.totals": (
        "clauses: {clauses}; accounted for: {accounted} ({percent}%); {counts}",
        "条款共{clauses}条；已有着落{accounted}条（{percent}%）；其中{counts}",
    ),
    "page.role.row": ("row of a table", "决定表的一行"),
    "page.role.group": ("group of duties", "职责组"),
    "page.role.step": ("step", "步骤"),
    "page.role.ladder": ("ladder", "阶梯"),
    "page.role.listing": ("listing", "列入和销号"),
    # assumptions
    "help.command.assumptions": (
        "List every value and reading that the plan leaves open and this office chose, with the rules it touches.",
        "列出方案未明写、由本单位确定的取值和读法，及其影响的规则。",
    ),
    "option.assumptions-as-of": (
        "Show the value in force on this day; without it, every value with the day it holds from.",
        "只显示这一天的取值；不写则列出各时段的全部取值。",
    ),
    "assumptions.head": (
        "{title}: what the plan leaves open and this office decided (policy {digest})",
        "{title}：方案没有明写、由本单位确定的口径（规则摘要 {digest}）",
    ),
    "assumptions.head-on": (
        "{title}: what the plan leaves open and this office decided, as of {day} (policy {digest})",
        "{title}：方案没有明写、由本单位确定的口径，截至{day}（规则摘要 {digest}）",
    ),
    "assumptions.no-value-yet": ("no value yet", "尚无取值"),
    "assumptions.reason": ("Reason: {reason}", "理由：{reason}"),
    "assumptions.touches": ("Touches: {names}", "影响：{names}"),
    "assumptions.touches-nothing": ("Touches no rule", "没有规则用到"),
    "assumptions.use": ("{role} {name} ({id})", "{role}“{name}”（{id}）"),
    "assumptions.use-through": (
        "{role} {name} ({id}, through {through})",
        "{role}“{name}”（{id}，经由{through}）",
    ),
    "assumptions.counting-part": ("the counting of periods cut short", "部分期间的计算"),
    "assumptions.timetable": ("How the timetable was understood", "时间安排的理解"),
    "assumptions.first-day-excluded": (
        "The day on which a period begins is not counted",
        "期间开始的当天不算",
    ),
    "assumptions.first-day-included": (
        "The day on which a period begins is counted",
        "期间开始的当天计算在内",
    ),
    "assumptions.last-day-stands": ("a last day on a day off stands", "最后一天遇休息日不顺延"),
    "assumptions.last-day-moves-to-the-next-working-day": (
        "a last day on a day off moves to the next working day",
        "最后一天遇休息日顺延至下一个工作日",
    ),
    "assumptions.totals": (
        "interpretations: {interpretations} of {parameters} parameters; notes on the timetable: {notes}",
        "参数{parameters}个，其中解释口径{interpretations}个；时间安排说明{notes}条",
    ),
}
