"""Messages of inference: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # fixing a policy at a date
    "error.as-of-before-plan": (
        "`{as_of}` is before the plan takes effect on {effective}",
        "`{as_of}` 早于方案生效日 {effective}",
    ),
    "help.as-of-before-plan": (
        "write `--as-of {effective}` or a later date",
        "写 `--as-of {effective}` 或更晚的日期",
    ),
    "error.no-such-parameter": ("there is no parameter `{found}`", "没有 `{found}` 这个参数"),
    "help.no-such-parameter": (
        "policy/parameters.yaml lists them, by id and by Chinese name",
        "policy/parameters.yaml 列有全部参数，可用标识或中文名称",
    ),
    "error.parameter-without-value": (
        "the parameter `{found}` has no value on {as_of}",
        "参数 `{found}` 在 {as_of} 没有取值",
    ),
    "help.parameter-without-value": (
        "give it a value `from:` that date or earlier, or choose a later as-of date",
        "给它加上从（`from:`）该日或更早起的取值，或换一个更晚的基准日",
    ),
    "error.parameter-undefined": (
        "the expression of parameter `{found}` has no value",
        "参数 `{found}` 的表达式算不出值",
    ),
    "help.parameter-undefined": (
        "look for a division by zero or a date that does not exist in it",
        "检查其中有没有除以零或不存在的日期",
    ),
    "error.at-least-undefined": (
        "the number of an `at least` in `{rule}` has no value",
        "`{rule}` 中 `at least` 的个数算不出值",
    ),
    "help.at-least-undefined": (
        "write a whole number, or a parameter that has a value on this date",
        "写整数，或写在该日有取值的参数",
    ),
    # the two channels
    "note.durable-unavailable": (
        "durable-rules cannot be imported here: the reference engine ran alone, nothing was compared",
        "此处无法导入 durable-rules：只运行了参考引擎，结果未经两个引擎比对",
    ),
    "failure.engines-disagree": (
        "internal error: the two engines disagree about `{rule}`, so there is no verdict",
        "内部错误：两个引擎对 `{rule}` 的结论不一致，因此不作判定",
    ),
    "failure.durable-crashed": (
        "internal error: durable-rules crashed on this unit, twice",
        "内部错误：durable-rules 在处理这个单位时两次崩溃",
    ),
    "failure.durable-timeout": (
        "internal error: durable-rules did not finish this unit within {seconds} s, twice",
        "内部错误：durable-rules 两次未能在 {seconds} 秒内处理完这个单位",
    ),
    "failure.durable-hopeless": (
        "internal error: durable-rules failed on {times} units in a row, the rest was not tried",
        "内部错误：durable-rules 连续在 {times} 个单位上失败，其余单位不再尝试",
    ),
    "failure.durable-not-starting": (
        "internal error: the durable-rules process does not start ({detail})",
        "内部错误：durable-rules 进程无法启动（{detail}）",
    ),
    "failure.durable-error": (
        "internal error: durable-rules reported `{detail}`",
        "内部错误：durable-rules 报告 `{detail}`",
    ),
    "failure.durable-contradiction": (
        "internal error: durable-rules concluded both `{what}` and its opposite",
        "内部错误：durable-rules 同时得出 `{what}` 和相反的结论",
    ),
    # limits of durable-rules, checked when a policy is compiled
    "error.durable-too-many-rules": (
        "`{rule}` needs more than {limit} rules in durable-rules",
        "`{rule}` 在 durable-rules 中需要超过 {limit} 条规则",
    ),
    "help.durable-too-many-rules": (
        "split its `at least` into smaller groups, or use `--engine reference`",
        "把其中的 `at least` 拆成较小的几组，或使用 `--engine reference`",
    ),
    "error.durable-ruleset-too-long": (
        "internal error: `{rule}` is rule {found} of a ruleset, which holds {limit}",
        "内部错误：`{rule}` 是规则集的第 {found} 条，规则集最多 {limit} 条",
    ),
    "error.durable-too-many-antecedents": (
        "internal error: `{rule}` has {found} conditions, durable-rules holds {limit}",
        "内部错误：`{rule}` 有 {found} 个条件，durable-rules 最多 {limit} 个",
    ),
    "error.durable-too-many-conditions": (
        "internal error: `{rule}` is given a ruleset of {found} conditions, durable-rules holds {limit}",
        "内部错误：加上 `{rule}`，规则集有 {found} 个不同条件，durable-rules 最多 {limit} 个",
    ),
    "error.durable-too-many-uses": (
        "internal error: with `{rule}` one condition has {found} rules, durable-rules holds {limit}",
        "内部错误：加上 `{rule}`，同一条件有 {found} 条规则，durable-rules 最多 {limit} 条",
    ),
}
