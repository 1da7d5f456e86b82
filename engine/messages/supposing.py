"""Messages of why-not, whatif, flip and ask: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # changes
    "change.fact": ("{name}: {before} → {after}", "{name}：{before} → {after}"),
    "change.cell": (
        "{register}, row {row}, {column}: {before} → {after}",
        "{register}第{row}条，{column}：{before} → {after}",
    ),
    "change.removed": ("{register}: row {row} taken out", "{register}：删去第{row}条"),
    "change.added": ("{register}: one more row ({cells})", "{register}：增加一条（{cells}）"),
    "change.added-many": (
        "{register}: {n} more rows, each ({cells})",
        "{register}：增加{n}条，每条（{cells}）",
    ),
    "change.empty": ("{register}: filled in, with no rows", "{register}：填报为“无”"),
    "change.not-known": ("not known", "不明"),
    "change.supplier": ("{what}; {office} supplies it", "{what}（由{office}提供）"),
    # decisive facts
    "decisive.head": ("what alone decides this:", "单凭以下事实就足以得出这一结论："),
    "decisive.always": ("in any case: {facts}", "必不可少：{facts}"),
    "decisive.nothing": (
        "nothing: it follows from the policy, whatever the facts are",
        "不需要任何事实：由规则本身得出",
    ),
    "decisive.one-of": ("and one of: {choices}", "并且具备其中之一：{choices}"),
    "decisive.only-one-of": ("one of: {choices}", "具备其中之一：{choices}"),
    "decisive.together": ("{facts} together", "{facts}合在一起"),
    "decisive.count": (
        "{n} smallest sets of facts in all; none of their facts can be spared",
        "最小事实组合共{n}种，其中任何一项都不可少",
    ),
    "decisive.count-one": (
        "this is the only smallest set; none of its facts can be spared",
        "最小事实组合只有这一种，其中任何一项都不可少",
    ),
    "decisive.incomplete": (
        "there are more than are shown here; each one shown is enough",
        "组合过多，这里没有列全；列出的每一种都是充分的",
    ),
    "decisive.unknown": (
        "nothing decides it yet: it is not known; see `ask` for what to find out",
        "尚无法判断，没有起决定作用的事实；需要查明什么，见 `ask`",
    ),
    "decisive.more": ("and {n} more", "另有{n}种"),
    # why not
    "why-not.is-against": ("“{what}” does not hold; ", "“{what}”不成立；"),
    "why-not.is-for": ("“{what}” holds; ", "“{what}”成立；"),
    "why-not.is-unknown": ("it is not known whether “{what}” holds; ", "“{what}”是否成立尚不能判断；"),
    "why-not.to-hold": (
        "for it to hold, this is missing on each path, the nearest first:",
        "要使其成立，各条途径还差以下各项，差得最少的在前：",
    ),
    "why-not.to-hold-through": (
        "for it to hold, this is missing on each path through “{through}”, the nearest first:",
        "要经“{through}”使其成立，各条途径还差以下各项，差得最少的在前：",
    ),
    "why-not.not-to-hold": (
        "for it not to hold, this is missing on each path, the nearest first:",
        "要使其不成立，各条途径还差以下各项，差得最少的在前：",
    ),
    "why-not.not-to-hold-through": (
        "for it not to hold, this is missing on each path through “{through}”, the nearest first:",
        "要经“{through}”使其不成立，各条途径还差以下各项，差得最少的在前：",
    ),
    "why-not.holds": ("“{what}” holds; there is nothing to explain", "“{what}”成立，无须说明"),
    "why-not.does-not-hold": (
        "“{what}” does not hold; there is nothing to explain",
        "“{what}”不成立，无须说明",
    ),
    "why-not.none": (
        "no facts could make that different for a unit of this kind",
        "对这一类单位，没有任何事实能使结果不同",
    ),
    "why-not.none-through": (
        "no path to the contrary goes through “{through}”",
        "没有经“{through}”使结果不同的途径",
    ),
    "why-not.path": ("path {n}, {missing} missing: {rules}", "途径{n}，差{missing}项：{rules}"),
    "why-not.more": (
        "… and {more} more; `--limit {limit}` shows them",
        "……另有{more}条，`--limit {limit}` 可全部列出",
    ),
    "why-not.at-least-more": (
        "… and at least {more} more; `--limit {limit}` shows that many",
        "……另有至少{more}条，`--limit {limit}` 可列出这么多",
    ),
    "why-not.incomplete": (
        "there are more paths than can be written out",
        "途径过多，这里没有列全",
    ),
    "why-not.want": ("{test} – should be {wanted}, is {truth}", "{test}——应为{wanted}，现为{truth}"),
    # what if
    "whatif.head": ("what if:", "假设："),
    "whatif.as-of": ("as of {before} → {after}", "基准日 {before} → {after}"),
    "whatif.nothing-changed": ("nothing is changed", "没有改变任何内容"),
    "whatif.same": ("nothing would be different", "结果没有任何不同"),
    "whatif.before": ("before", "之前"),
    "whatif.after": ("after", "之后"),
    "whatif.what": ("what", "事项"),
    "whatif.verdict": ("verdict", "认定"),
    "whatif.because": ("because", "原因"),
    "whatif.parameter": ("parameter {name}: {before} → {after}", "参数 {name}：{before} → {after}"),
    "whatif.because-test": ("{test}: {before} → {after}", "{test}：{before} → {after}"),
    "whatif.because-new-test": ("{test}: now asked, {after}", "{test}：新的条件，{after}"),
    "whatif.because-no-test": ("{test}: no longer asked (was {before})", "{test}：不再要求（原为{before}）"),
    "whatif.findings": ("findings", "认定事项"),
    "whatif.choices": ("determinations", "确定事项"),
    "whatif.duties": ("duties", "职责"),
    "whatif.measures": ("measures", "措施"),
    "whatif.no-period": ("none", "无"),
    "whatif.duty": ("{status}, due {due}", "{status}，期限{due}"),
    "whatif.verdict-same": ("the verdict stays: {verdict}", "认定不变：{verdict}"),
    "whatif.verdict-differs": ("verdict: {before} → {after}", "认定：{before} → {after}"),
    # flip
    "flip.head": ("{what}: {before} → {after}", "{what}：{before} → {after}"),
    "flip.proved-one": (
        "one change is enough: no verdict changes by itself",
        "改变一处即可（不改变任何事实，结论不会变）",
    ),
    "flip.proved": ("{n} changes; proved: fewer cannot do it", "须改变{n}处；已证明不能更少"),
    "flip.not-proved": (
        "{n} changes; not proved to be the fewest (at least {least} are needed)",
        "须改变{n}处；未能证明这是最少的（至少须改变{least}处）",
    ),
    "flip.already": ("it is so already", "现在就是这样"),
    "flip.solves": ("solves: {rules}", "解决：{rules}"),
    "flip.brings": ("brings about: {rules}", "导致：{rules}"),
    "flip.none": (
        "no change of facts leads there; what stands in the way cannot be changed: {facts}",
        "没有可以改变的事实能带来这一结果；以下情况已成事实，绕不过去：{facts}",
    ),
    "flip.none-plain": ("no change of facts leads there", "没有可以改变的事实能带来这一结果"),
    "flip.time": (
        "time may: `whatif … --then-as-of DATE` shows the unit at a later date with the facts as they are",
        "时间推移可能使其改变：`whatif … --then-as-of 日期` 可以看事实不变时以后某天的结果",
    ),
    "flip.given-up": (
        "the search was given up after {n} combinations; nothing was found up to there",
        "尝试了{n}种组合后停止，尚未找到",
    ),
    # ask
    "ask.settled": ("the verdict is settled: {verdict}", "认定已经明确：{verdict}"),
    "ask.settled-rule": ("{what} is settled: {truth}", "“{what}”已经明确：{truth}"),
    "ask.head": ("to find out, the most telling first:", "需要查明的事实，作用最大的在前："),
    "ask.office": ("{office}:", "{office}："),
    "ask.nobody": ("nobody named", "未指明提供单位"),
    "ask.always": ("settles it, whatever the answer", "无论结果如何都能得出结论"),
    "ask.sometimes": ("may settle it", "可能得出结论"),
    "ask.not-alone": ("does not settle it alone", "单凭这一项还不能得出结论"),
    "ask.line": (
        "{n}. {name} – {reason}; {settles}; open findings that it settles: {count}",
        "{n}. {name}——{reason}；{settles}；可明确未定事项{count}项",
    ),
    "ask.range": ("{least} to {best}", "{least}至{best}"),
    "ask.question": ("{name} ({expected})", "{name}（{expected}）"),
    "ask.skip": ("empty: not known", "直接回车：不清楚"),
    "ask.expect-choice": ("one of {choices}", "可填 {choices}"),
    "ask.expect-register": ("`none` if there are no rows", "没有记录的填“无”"),
    "ask.row": ("row {n}: {cells}", "第{n}条：{cells}"),
    "ask.row-empty": ("row {n}, nothing else filled in", "第{n}条，其余为空"),
    "ask.not-understood": ("not understood: {why}", "无法识别：{why}"),
    "ask.open": (
        "not settled: nobody could say what is asked for",
        "尚未明确：所问事实都无法提供",
    ),
    "ask.answers": ("answers given: {n}", "已回答{n}项"),
    "ask.saved": ("answers written to {file}", "回答已写入 {file}"),
}
