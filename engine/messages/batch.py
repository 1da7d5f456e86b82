"""Messages of batch: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    "help.command.batch": (
        "Evaluate any number of units and write tables: verdicts, findings, duties, measures, missing facts, counts.",
        "批量认定：不限单位数量，结果写成表：认定、各项结论、职责、措施、待补事实和汇总。",
    ),
    "option.batch-out": (
        "The folder for the results; it appears when everything is there.",
        "结果文件夹；全部完成后才出现。",
    ),
    "option.batch-only": (
        "Only these tables, separated by commas: verdicts, findings, duties, measures, missing.",
        "只要这些表，用逗号分隔：verdicts、findings、duties、measures、missing。",
    ),
    "option.batch-long": (
        "Findings as a row for each that holds or is not known, or (as usual) as a column for each rule.",
        "各项结论：每项成立或未知的占一行（long），或每条规则占一列（wide，默认）。",
    ),
    "option.batch-format": (
        "`parquet` (as usual) or `csv` tables; `json`: Parquet tables, and the closing report as JSON.",
        "结果表用 `parquet`（默认）或 `csv`；`json`：结果表用 Parquet，结束报告用 JSON。",
    ),
    "option.batch-engine": (
        "What computes: Polars in this process, or the same on the workers of a Spark cluster.",
        "计算方式：在本进程中用 Polars，或在 Spark 集群的各工作节点上以同样方式计算。",
    ),
    "metavar.outputs": ("TABLE,...", "表,..."),
    "metavar.out-folder": ("DIR", "目录"),
    "cli.example.batch-out": (
        "name a folder for the results: `--out results`",
        "写明结果文件夹：`--out 结果`",
    ),
    # errors
    "batch.no-such-table": ("there is no table `{found}`", "没有 `{found}` 这个表"),
    "batch.no-such-table-near": (
        "there is no table `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个表，是不是 `{nearest}`？",
    ),
    "batch.no-such-table-help": (
        "write some of `--only verdicts,findings,duties,measures,missing`",
        "从中选写：`--only verdicts,findings,duties,measures,missing`",
    ),
    "batch.out-is-other": (
        "`{folder}` is there already and does not hold the results of a batch; nothing in it is overwritten",
        "`{folder}` 已存在且不是批量结果，其中的内容不会被覆盖",
    ),
    "batch.out-is-other-help": (
        "name a new folder, as `--out {folder}-1`",
        "换一个新文件夹，如 `--out {folder}-1`",
    ),
    "batch.out-in-data": (
        "the results in `{folder}` would lie among the data in `{data}`",
        "结果 `{folder}` 会落在数据 `{data}` 之中",
    ),
    "batch.data-in-out": (
        "the data `{data}` lies in `{folder}`, whose content the results would replace",
        "数据 `{data}` 在 `{folder}` 之中，会被结果替换",
    ),
    "batch.out-apart-help": (
        "name a folder beside the data: `--out results`",
        "把结果放在数据之外：`--out 结果`",
    ),
    "batch.busy": (
        "another run is writing to `{folder}` at this moment",
        "另一次运行正在写 `{folder}`",
    ),
    "batch.busy-help": (
        "wait until it is done, or name another folder with `--out`",
        "等它完成，或用 `--out` 换一个文件夹",
    ),
    "batch.changed": (
        "the data was changed while it was read, so there are no results",
        "读取期间数据被改动，没有得出结果",
    ),
    "batch.changed-help": (
        "run the command again when nobody writes to the data",
        "待无人改动数据后再运行一次",
    ),
    "data.only-register": (
        "these are rows of the register `{name_en}`; a table with a row for each unit is missing, as `units.parquet`",
        "这是登记表`{name_zh}`；还缺每个单位一行的表，如 `单位.parquet`",
    ),
    "batch.kept-help": (
        "what is finished is kept; make room, and run the same command again",
        "完成的部分已保留；腾出空间后再运行同一命令",
    ),
    "batch.interrupted": (
        "stopped; what is finished is kept, and the same command goes on from there",
        "已中止；完成的部分已保留，再次运行同一命令会接着做",
    ),
    "batch.going-on": (
        "an earlier run of this command was stopped; going on from where it was",
        "此前同一命令中途停止，现从中断处继续",
    ),
    # progress
    "batch.progress": (
        "{done} of {total} units ({rate} a second), {left} left",
        "已处理{done}/{total}个单位（每秒{rate}个），还需{left}",
    ),
    "batch.seconds": ("{n} s", "{n}秒"),
    "batch.minutes": ("{n} min", "{n}分钟"),
    "batch.hours": ("{h} h {m} min", "{h}小时{m}分钟"),
    # the closing report
    "batch.read-heading": ("Read", "读取"),
    "batch.file-units": ("{file}: units, rows: {rows}", "{file}：单位表，{rows}行"),
    "batch.file-register": (
        "{file}: register {register}, rows: {rows}",
        "{file}：登记表“{register}”，{rows}行",
    ),
    "batch.file-cells": ("{file}: read cell by cell, held in memory", "{file}：逐格读取，全部放在内存"),
    "batch.many-files": ("{n} files, {first} to {last}", "{first} 至 {last} 等{n}个文件"),
    "batch.held": (
        "memory grows with such files; for more units than fit, give Parquet or CSV",
        "这类文件越大占用内存越多；单位太多时请改用 Parquet 或 CSV",
    ),
    "batch.rows": (
        "rows of units: {read} = units {units} + further rows of the same units {merged} + rows that name no unit {rejected}",
        "单位行{read}行 = 单位{units}个 + 同一单位的其余行{merged}行 + 未写单位的行{rejected}行",
    ),
    "batch.unlisted": (
        "units that only registers mention, evaluated besides: {n}",
        "另有只在登记表中出现的单位{n}个，一并认定",
    ),
    "batch.evaluated-heading": ("Evaluated", "认定"),
    "batch.columns": (
        "units evaluated: {all}; in columns: {columns}; one by one by the reference engine: {detour}",
        "认定单位{all}个；按列计算{columns}个；由参照引擎逐个认定{detour}个",
    ),
    "batch.reason": ("{why}: {n}", "{why}：{n}个"),
    "batch.reason.rule": (
        "a rule cannot be computed in columns, see below",
        "有规则不能按列计算，见下",
    ),
    "batch.reason.unlisted": (
        "only registers mention the unit",
        "只在登记表中出现",
    ),
    "batch.reason.beyond": (
        "a step or a waiver is recorded incompletely, a number is longer than a column holds, or a comparison with other units is open",
        "步骤或免除登记不完整、数字过长，或与其他单位的比较尚无定论",
    ),
    "batch.reason.sources": (
        "several rows or files speak of the same fact",
        "同一事实有多行或多个文件填报",
    ),
    "batch.reason.problem": (
        "something in its rows could not be understood",
        "行中有不能识别的内容",
    ),
    "batch.reason.spelling": (
        "a value or id is written in a way that is read cell by cell",
        "有的值或编号写法特殊，须逐格读取",
    ),
    "batch.obstacle": (
        "{rule}: {why}, so every unit was evaluated one by one, which takes longer",
        "{rule}：{why}，因此所有单位逐个认定，用时较长",
    ),
    "batch.verdicts-heading": ("Verdicts", "认定结果"),
    "batch.categories-heading": ("Categories", "类别"),
    "batch.duties-heading": (
        "Duties, periods by owner (a joint one counts for each)",
        "职责期次（按责任单位；共同职责各计一次）",
    ),
    "batch.measures-heading": ("Measures", "措施"),
    "batch.all": ("all", "合计"),
    "batch.column.kind": ("kind", "类型"),
    "batch.column.category": ("category", "类别"),
    "batch.column.lead": ("in charge", "牵头单位"),
    "batch.column.true": ("holds", "成立"),
    "batch.column.unknown": ("not known", "未知"),
    "batch.column.owner": ("owner", "责任单位"),
    "batch.column.measure": ("measure", "措施"),
    "batch.measure.required": ("called for", "应采取"),
    "batch.measure.taken": ("taken", "已采取"),
    "batch.measure.superseded": ("replaced", "由其他措施取代"),
    "batch.measure.unknown": ("not known", "未知"),
    "batch.measure.taken unasked": ("uncalled", "未要求而采取"),
    "batch.more-rows": ("and {n} more, see summary.csv", "另有{n}行，见 summary.csv"),
    "batch.more-rows-nowhere": ("and {n} more", "另有{n}行"),
    "batch.owner-unit": ("the unit itself", "单位自己"),
    "batch.owner-unknown": ("not settled", "尚不能确定"),
    "batch.owner-none": ("nobody", "无"),
    "batch.results-heading": ("Results", "结果"),
    "batch.results": ("in `{folder}`:", "在 `{folder}`："),
    "batch.table-parts": ("{name}/ (rows: {rows})", "{name}/（{rows}行）"),
    "batch.table-csv": ("{name}.csv (rows: {rows})", "{name}.csv（{rows}行）"),
    "batch.summary-file": (
        "summary.csv: the counts by office, kind, category and period; {report}: this report for programs",
        "summary.csv：按单位、类型、类别和期间的汇总；{report}：供程序读取的本报告",
    ),
    "batch.rejected-file": (
        "rejected.csv: cells and rows that somebody has to look at, each with file, row, column and reason: {n}",
        "rejected.csv：{n}处须核对的单元格或行，逐条写明文件、行、列和原因",
    ),
    "batch.rejected-none": (
        "rejected.csv is empty: everything was understood",
        "rejected.csv 为空：全部识别无误",
    ),
    # evaluate, computed in columns
    "engine.columns": ("in columns", "按列计算"),
    "batch.evaluate-closing": (
        "units read: {units}; {counts}; engine: in columns for {columns} units, {engine} for {detour}",
        "读取单位{units}个；{counts}；推理引擎：{columns}个按列计算，{detour}个用{engine}",
    ),
    "batch.more-problems": (
        "and {n} more; `plumbline batch` writes all of them to rejected.csv",
        "另有{n}处；`plumbline batch` 会全部写入 rejected.csv",
    ),
    "batch.one-by-one-hint": (
        "this is an overview; `--format csv` has a line for each unit, `plumbline batch DATA… --out DIR` writes tables, `plumbline explain DATA… UNIT` shows why",
        "以上是概览；`--format csv` 每个单位一行，`plumbline batch 数据… --out 目录` 写成表，`plumbline explain 数据… 单位` 说明理由",
    ),
    "batch.one-by-one-note": (
        "{why}, so the units are evaluated one by one, which takes a while; `plumbline batch` writes tables in a fraction of the time",
        "{why}，因此逐个认定单位，用时较长；用 `plumbline batch` 写成表快得多",
    ),
    "batch.note.rule": (
        "a rule of this policy cannot be computed in columns",
        "本规则中有的条件不能按列计算",
    ),
    "batch.note.compared": (
        "units are compared with each other",
        "规则要求单位之间相互比较",
    ),
    "batch.compared-not-in-columns": (
        "this policy compares units with each other, which `evaluate` does not do in columns",
        "本规则要求单位之间相互比较，`evaluate` 不能按列计算",
    ),
    "batch.compared-not-in-columns-help": (
        "leave `--engine columns` out, or let `plumbline batch` compare them",
        "不写 `--engine columns`，或用 `plumbline batch` 比较",
    ),
    "batch.note.output": (
        "only the overview and CSV are computed in columns",
        "只有概览和 CSV 能按列计算",
    ),
    "batch.columns-not-with": (
        "`--engine columns` does not go with `{found}`",
        "`--engine columns` 不能与 `{found}` 同用",
    ),
    "batch.columns-not-with-help": (
        "leave `--engine` out, or write `--format text` or `--format csv`",
        "不写 `--engine`，或写 `--format text`、`--format csv`",
    ),
    "batch.rule-not-in-columns": (
        "a rule of this policy cannot be computed in columns",
        "本规则中有的条件不能按列计算",
    ),
    "batch.rule-not-in-columns-help": (
        "leave `--engine columns` out; `plumbline batch` names the rule and says why",
        "不写 `--engine columns`；`plumbline batch` 会写明是哪条规则、为什么",
    ),
    # why a rule has no columnar form
    "batch.why.list-function": (
        "it sums, averages or compares a list that is put together inside the expression",
        "它对表达式中临时组成的列表求和、求平均或比较",
    ),
    "batch.why.partial-quotient": (
        "it sums, rounds or compares the result of a division inside rows or further arithmetic",
        "它把除法的结果再在逐行或后续运算中求和、取整或比较",
    ),
    "batch.why.other-kind": (
        "it uses a text, a date or a list where columns need a value of another kind",
        "它在须用另一种值的地方用了文字、日期或列表",
    ),
    "batch.why.step-by-all": (
        "a step of the procedure has to be taken by several parties together",
        "程序中有一步须由几方共同办理",
    ),
    "batch.why.duration": (
        "it computes with periods of time that differ from unit to unit",
        "它用各单位不同的期限进行运算",
    ),
    "batch.why.comparison": (
        "it compares values of different types, or more than single values",
        "它比较不同类型的值，或比较的不是单个值",
    ),
    "batch.why.list": (
        "it builds or passes on a list other than the rows of a register",
        "它组成或传递登记表各行以外的列表",
    ),
    "batch.why.branches": (
        "it computes further with what an `if` gives, or its two branches give different kinds of values",
        "它对 `if` 的结果再作运算，或 `if` 的两支给出不同类型的值",
    ),
    "batch.why.function": (
        "it calls a function that has no counterpart in columns",
        "它调用的函数没有按列计算的形式",
    ),
    "batch.why.number-too-long": (
        "it names a number with too many digits",
        "它写有位数过多的数",
    ),
    "batch.why.two-quotients": (
        "it computes with two divisions at once",
        "它同时用两个除法的结果运算",
    ),
    "batch.why.product-of-quotients": (
        "it multiplies the results of divisions",
        "它把除法的结果相乘",
    ),
    "batch.why.product-of-partial": (
        "it multiplies counts that may be incomplete",
        "它把可能不完整的计数相乘",
    ),
    "batch.why.quotient-of-quotients": (
        "it divides the result of a division",
        "它对除法的结果再作除法",
    ),
    "batch.why.part": (
        "it takes a part of a date that columns do not keep",
        "它取日期中按列计算没有的部分",
    ),
    "batch.why.no-truth": (
        "it gives something that is neither true nor false",
        "它给出的结果既非真也非假",
    ),
    "batch.why.number-inside-rows": (
        "it uses a computed number of the unit in a test of single rows",
        "它在逐行的条件中用到为单位算出的数值",
    ),
    "batch.why.no-such-column": (
        "it takes something from a list that is not one of the register's columns",
        "它从列表中取用的不是登记表的列",
    ),
    "batch.why.other-units": (
        "it rests on a comparison with other units",
        "它以与其他单位的比较为依据",
    ),
    "batch.why.null-in-arithmetic": (
        "it computes with a value that is always unknown, or divides by zero",
        "它用恒为未知的值运算，或除以零",
    ),
    "batch.why.power": (
        "it raises a number to a power",
        "它作乘方运算",
    ),
    "batch.why.index": (
        "it takes a row by its place in the register",
        "它按在登记表中的位置取某一行",
    ),
}
