"""Messages about comparisons between units: what is wrong in their files, and how a place or share is told."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------------------------------------ project errors
    "error.comparison-no-form": (
        "`{found}` does not say how units are compared",
        "`{found}` 没有写明怎样比较单位",
    ),
    "help.comparison-no-form": (
        "write `rank:` and a number, `share:` and a condition, or `quota:` and the id of a ranking",
        "写 `rank:` 加一个数字、`share:` 加一个条件，或 `quota:` 加一个排名的 id",
    ),
    "error.comparison-two-forms": (
        "`{found}` stands beside another way of comparing",
        "`{found}` 与另一种比较方式写在一起",
    ),
    "help.comparison-two-forms": (
        "make two comparisons, each with an id of its own",
        "分成两项比较，各有自己的 id",
    ),
    "error.comparison-stray-key": (
        "`{found}` has no meaning beside `{form}`",
        "`{found}` 与 `{form}` 写在一起没有意义",
    ),
    "help.comparison-stray-key": ("beside `{form}` there may be {keys}", "`{form}` 可以搭配 {keys}"),
    "error.comparison-needs-order": (
        "a ranking must say who comes first",
        "排名必须写明谁排在前面",
    ),
    "help.comparison-needs-order": (
        "write `order: highest first` or `order: lowest first`",
        "写 `order: highest first`（高者在前）或 `order: lowest first`（低者在前）",
    ),
    "error.comparison-needs-ties": (
        "`{form}` must say what becomes of units that are equal",
        "`{form}` 必须写明并列的单位怎么办",
    ),
    "help.comparison-needs-ties": (
        "a ranking takes `ties: better place`, `worse place` or `no gaps`; a quota `ties: in` or `out`",
        "排名写 `ties: better place`（取前位）、`worse place`（取后位）或 `no gaps`（连续），名额写 `ties: in` 或 `out`",
    ),
    "error.comparison-needs-end": (
        "a quota must say from which end of the ranking it is taken",
        "名额必须写明从排名的哪一端取",
    ),
    "help.comparison-needs-end": (
        "write `end: last` or `end: first`",
        "写 `end: last`（从末位）或 `end: first`（从首位）",
    ),
    "error.comparison-needs-part": ("a quota must say how large it is", "名额必须写明占多大比例"),
    "help.comparison-needs-part": (
        "write `part: 10%`, or the name of a parameter",
        "写 `part: 10%`，或写参数的名称",
    ),
    "error.comparison-needs-rounding": (
        "a quota must say how parts of a unit are rounded",
        "名额必须写明零头怎样取整",
    ),
    "help.comparison-needs-rounding": (
        "write `rounding: up`, `down` or `half up`",
        "写 `rounding: up`（进位）、`down`（舍去）或 `half up`（四舍五入）",
    ),
    "error.comparison-ties-rank": (
        "`{found}` does not say which place equal units get",
        "`{found}` 没有说明并列单位得第几名",
    ),
    "help.comparison-ties-rank": (
        "write `ties: better place`, `worse place` or `no gaps`",
        "写 `ties: better place`（取前位）、`worse place`（取后位）或 `no gaps`（连续）",
    ),
    "error.comparison-ties-quota": (
        "`{found}` does not say whether equal units at the edge are taken",
        "`{found}` 没有说明名额边缘的并列单位是否算入",
    ),
    "help.comparison-ties-quota": (
        "write `ties: in` or `ties: out`",
        "写 `ties: in`（都算入）或 `ties: out`（都不算）",
    ),
    "error.comparison-among": (
        "`{found}` cannot tell groups of units apart",
        "`{found}` 不能用来给单位分组",
    ),
    "help.comparison-among": (
        "use `unit_kind`, a choice, a text or a yes/no fact",
        "用 `unit_kind`、选项、文字或是否类的事实",
    ),
    "error.unknown-ranking": ("there is no ranking `{found}`", "没有排名 `{found}`"),
    "help.unknown-ranking": (
        "write the id of a comparison that has `rank:`",
        "写一项带 `rank:` 的比较的 id",
    ),
    "error.unknown-ranking-near": ("there is no ranking `{found}`", "没有排名 `{found}`"),
    "help.unknown-ranking-near": ("did you mean `{nearest}`?", "是否想写 `{nearest}`？"),
    "error.quota-part": ("`{found}` is no part of a whole", "`{found}` 不是整体的一部分"),
    "help.quota-part": (
        "write `part: 10%`, a number from 0 to 1, or the name of a parameter",
        "写 `part: 10%`、0 到 1 之间的数字，或参数的名称",
    ),
    "error.quota-places": ("`{found}` is no number of units", "`{found}` 不是单位个数"),
    "help.quota-places": (
        "write a whole number such as `at least: 1`, or the name of a parameter",
        "写整数，如 `at least: 1`，或写参数的名称",
    ),
    "error.quota-most-below-least": (
        "at most `{found}` is fewer than at least `{least}`",
        "最多 `{found}` 少于至少 `{least}`",
    ),
    "help.quota-most-below-least": ("exchange the two numbers", "把两个数对调"),
    "error.comparison-on-comparison": (
        "`{found}` rests on a comparison itself: {path}",
        "`{found}` 自己也以比较为依据：{path}",
    ),
    "help.comparison-on-comparison": (
        "compare by facts, or by findings that need no other unit",
        "用填报的事实，或不依赖其他单位的认定来比较",
    ),
    # ------------------------------------------------------------------------------------------ preparing
    "error.quota-part-undefined": (
        "the part of `{found}` comes to `{value}`, which is not from 0 to 1",
        "`{found}` 的比例算得 `{value}`，不在 0 到 1 之间",
    ),
    "help.quota-part-undefined": (
        "give the parameter a value from 0 to 1, or the unit `%` and one from 0 to 100",
        "把参数定为 0 到 1 之间，或给它计量单位 `%` 并定为 0 到 100",
    ),
    "error.quota-places-undefined": (
        "`{found}` has bounds that are no numbers of units: {value}",
        "`{found}` 的上下限不是单位个数：{value}",
    ),
    "help.quota-places-undefined": (
        "give the parameters whole numbers, the lower one first",
        "把参数定为整数，下限不大于上限",
    ),
    # ------------------------------------------------------------------------------------------ reasons
    "reason.not_compared": ("not compared with other units", "没有与其他单位比较"),
    "reason.others_open": ("other units' data are not complete", "其他单位的数据不全"),
    # ------------------------------------------------------------------------------------------ explanations
    "compare.place": ("rank {place} of {of}", "第{place}名，共{of}个单位"),
    "compare.ties": (
        "ties counted: {tied} units share the place",
        "计并列：{tied}个单位同名次",
    ),
    "compare.ties-open": (
        "ties counted: {tied} units may share the place",
        "计并列：可能有{tied}个单位同名次",
    ),
    "compare.no-ties": ("no ties", "无并列"),
    "compare.last": ("last", "末位"),
    "compare.perhaps-last": ("perhaps last", "可能是末位"),
    "compare.range": ("{low} to {high}", "{low}至{high}"),
    "compare.own": ("its own value is {value}", "本单位为{value}"),
    "compare.own-range": ("its own value lies between {low} and {high}", "本单位在{low}与{high}之间"),
    "compare.own-open": ("its own value is not known", "本单位的数值未知"),
    "compare.open-end": ("any number", "任意数"),
    "compare.share": (
        "{count} of {of} units, that is {share}",
        "{of}个单位中有{count}个，占{share}",
    ),
    "compare.quota": (
        "{seats} of {of} units are taken from the {end} places, {ahead} come before this one",
        "共{of}个单位，从{end}取{seats}个，排在本单位之前的有{ahead}个",
    ),
    "compare.end-first": ("first", "首位"),
    "compare.end-last": ("last", "末位"),
    "compare.group": ("compared among {group}", "比较范围：{group}"),
    "compare.all": ("compared among all units that the plan covers", "比较范围：方案适用的全部单位"),
    "compare.same": ("{name} {value}", "{name}为{value}"),
    "compare.out": ("not compared: the plan does not cover this unit", "不参加比较：方案不适用于本单位"),
    "compare.own-group": (
        "not known with whom to compare: {facts} is missing",
        "不知道与谁比较：缺{facts}",
    ),
    "compare.waiting": (
        "other units of the group that leave it open ({n}): {units}",
        "同组数据不全、使结果未定的其他单位（{n}个）：{units}",
    ),
    "compare.waiting-unit": ("{unit} ({facts})", "{unit}（{facts}）"),
    "compare.more": ("…", "……"),
    "compare.given": ("given by the test", "由测试给定"),
    "compare.fixed": (
        "Places and shares in comparisons with other units are taken as they are now; `whatif` shows what a change "
        "would make of them.",
        "与其他单位比较所得的名次和占比按现状计算；一项改变会使它们怎样，可用 `whatif` 查看。",
    ),
    # ------------------------------------------------------------------------------------------ policy tests
    "error.test-others-and-comparisons": (
        "the test gives other units and the outcome of comparing with them",
        "测试既给出其他单位，又给出比较的结果",
    ),
    "help.test-others-and-comparisons": (
        "keep `others`, or keep `comparisons`",
        "只保留 `others` 或 `comparisons`",
    ),
    "error.unknown-comparison": ("there is no comparison `{found}`", "没有比较 `{found}`"),
    "help.unknown-comparison": (
        "write the name of a fact that a comparison gives",
        "写一项比较所给出的事实的名称",
    ),
    "error.unknown-comparison-near": ("there is no comparison `{found}`", "没有比较 `{found}`"),
    "help.unknown-comparison-near": ("did you mean `{nearest}`?", "是否想写 `{nearest}`？"),
}
