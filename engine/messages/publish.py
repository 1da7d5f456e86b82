"""Messages of results made for publication: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    "truth.withheld": ("withheld", "不公开"),
    "duties.status.withheld": ("withheld", "不公开"),
    "verdict.withheld": ("withheld", "不公开"),
    "column.withheld": ("results withheld", "不公开结果数"),
    "option.publish": (
        "Leave out what the vocabulary marks as sensitive, and everything that could be inferred only from it.",
        "不输出标为敏感的事实，以及只能由其推出的结果，供公开使用。",
    ),
    "publish.head": (
        "Made for publication: {n} sensitive facts and columns are left out, and what depends on them is withheld",
        "公开版：已略去敏感事实和台账列{n}项，取决于它们的结果不公开",
    ),
    "publish.categories": ("{n} withheld", "另有{n}类不公开"),
    "publish.sheet": ("What is left out", "公开说明"),
    "publish.closing": (
        "units: {units}; {counts}; results withheld: {withheld}; engine: {engine}",
        "单位{units}个；{counts}；不公开的结果{withheld}项；推理引擎：{engine}",
    ),
    "cli.published-problems": (
        "there are problems in the data, which are not published; run the command without `--publish` to see them",
        "数据有问题，公开版不列出；去掉 `--publish` 再运行即可查看",
    ),
    "cli.cannot-publish": (
        "leaving the sensitive facts out would change the outcome of {rules} instead of leaving it open",
        "略去敏感事实会改变{rules}的结果，而不只是使其无法认定",
    ),
    "cli.cannot-publish-help": (
        "do not ask `is defined` about sensitive facts, and mark no column of listings and waivers as sensitive",
        "不要对敏感事实使用 `is defined`，也不要把列入销号和免除登记所用的列标为敏感",
    ),
}
