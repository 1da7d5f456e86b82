"""Messages about the units' data: key → (English, Chinese). Each says what was found and what is expected."""

TABLE: dict[str, tuple[str, str]] = {
    # files and folders
    "data.no-such-file": ("there is no such file or folder", "没有这个文件或文件夹"),
    "data.folder-empty": (
        "this folder holds no file to read; expected are {endings}",
        "这个文件夹里没有可读的文件；可读的有 {endings}",
    ),
    "data.folder-inside": (
        "this folder was not read: only files directly in a given folder are; name it as a source of its own",
        "没有读这个文件夹：只读所给文件夹中的文件；如需读取，请单独列为来源",
    ),
    "data.unknown-ending": (
        "this file was not read: `{found}` is not one of {endings}",
        "没有读这个文件：`{found}` 不在可读的格式之内（{endings}）",
    ),
    "data.file-empty": ("this file is empty", "这个文件是空的"),
    "data.file-too-large": ("this file is larger than {limit} MB", "这个文件超过 {limit} MB"),
    "data.file-not-readable": ("this file cannot be read ({reason})", "这个文件读不了（{reason}）"),
    "data.not-a-text-file": (
        "this is not a text file; save the table as CSV, or give the workbook its own ending .xlsx",
        "这不是文本文件；请把表格另存为 CSV，工作簿则用 .xlsx 作扩展名",
    ),
    "data.encoding": (
        "the text is neither UTF-8 nor GB18030; save it as “CSV UTF-8”",
        "文字编码既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”",
    ),
    "data.csv-quotes": (
        "from line {line} on nothing was read: a quotation mark is opened and not closed, or closed too early",
        "第 {line} 行起没有读：引号没有成对",
    ),
    # workbooks as files
    "data.workbook-old": (
        "this is a workbook of an old format; open it and save it as .xlsx",
        "这是旧格式的工作簿；请打开后另存为 .xlsx",
    ),
    "data.workbook-encrypted": (
        "this workbook is protected by a password; save it without one",
        "这个工作簿设有打开密码；请取消密码后另存",
    ),
    "data.workbook-truncated": (
        "this workbook is incomplete, as after a broken-off copy; get the file again",
        "这个工作簿不完整，可能没有复制完；请重新取一份",
    ),
    "data.workbook-damaged": (
        "this workbook is damaged in `{part}`: nothing after that place was read; open it, let it be repaired and save it",
        "这个工作簿的 `{part}` 已损坏，损坏处之后没有读；请打开修复后另存",
    ),
    "data.workbook-part-missing": (
        "this workbook lacks its part `{part}`; open it and save it again as .xlsx",
        "这个工作簿缺少 `{part}`；请打开后重新另存为 .xlsx",
    ),
    "data.workbook-without-sheets": ("this workbook has no sheet", "这个工作簿没有工作表"),
    "data.workbook-doctype": (
        "this workbook declares XML entities, which no spreadsheet program does; it was not read further",
        "这个工作簿声明了 XML 实体，表格软件不会这样写；没有继续读",
    ),
    "data.workbook-nested": (
        "this workbook is nested more deeply than any spreadsheet program does; it was not read further",
        "这个工作簿嵌套过深，表格软件不会这样写；没有继续读",
    ),
    "data.not-a-workbook": (
        "this file ends in .xlsx but is no workbook; save it as .xlsx in a spreadsheet program",
        "这个文件扩展名是 .xlsx，但不是工作簿；请用表格软件另存为 .xlsx",
    ),
    "data.zip-bomb": (
        "this workbook would unpack to an unreasonable size (limit {limit} MB); it was not read",
        "这个工作簿解压后大得不合理（上限 {limit} MB）；没有读",
    ),
    # sheets and headings
    "data.unknown-sheet": (
        "this sheet was not read: `{found}` is no register of the project",
        "没有读这张表：项目中没有名为 `{found}` 的登记表",
    ),
    "data.unknown-sheet-near": (
        "this sheet was not read: `{found}` is no register of the project; did you mean `{nearest}`?",
        "没有读这张表：项目中没有名为 `{found}` 的登记表；是不是 `{nearest}`？",
    ),
    "data.no-headings": (
        "this table was not read: none of its first {rows} rows has known headings, among them `{en}` (`{zh}`)",
        "没有读这张表：前 {rows} 行中找不到表头，表头须有 `{zh}` 一列",
    ),
    "data.no-unit-column": (
        "this table was not read ({rows} rows): its headings lack `{en}` (`{zh}`)",
        "没有读这张表（共 {rows} 行）：表头缺少 `{zh}` 一列",
    ),
    "data.unknown-heading": (
        "this column was not read: no fact is named `{found}`",
        "没有读这一列：没有名为 `{found}` 的事项",
    ),
    "data.unknown-heading-near": (
        "this column was not read: no fact is named `{found}`; did you mean `{nearest}`?",
        "没有读这一列：没有名为 `{found}` 的事项；是不是 `{nearest}`？",
    ),
    "data.heading-doubled": (
        "the heading `{found}` stands in columns {first} and {second}; both were read, and where they differ neither counts",
        "表头 `{found}` 在 {first}、{second} 两列重复；两列都已读，不一致之处均不采用",
    ),
    "data.heading-unit": (
        "the heading `{found}` names another unit than `{expected}`; nothing is converted, so the column counts as unknown",
        "表头 `{found}` 的计量单位不是 `{expected}`；不作换算，本列按未知处理",
    ),
    "data.heading-without-unit": (
        "the heading `{found}` names a unit, but the fact has none; the column counts as unknown",
        "表头 `{found}` 带有计量单位，而该事项没有单位；本列按未知处理",
    ),
    "data.cell-without-heading": (
        "`{found}` stands in a column without a heading; that column was not read",
        "`{found}` 所在的列没有表头；没有读这一列",
    ),
    "data.merged-cells": (
        "the cells {area} are merged: the value counts for the first of them only; unmerge them and fill in each",
        "{area} 是合并单元格：只有第一格有值；请取消合并并逐格填写",
    ),
    "data.too-many-rows": (
        "the table has too many rows: from row {row} on nothing was read",
        "表格行数过多：第 {row} 行起没有读",
    ),
    "data.row-without-unit": (
        "row {row} was not read: it has `{found}` but no unit id",
        "没有读第 {row} 行：填有 `{found}`，但没有单位编号",
    ),
    "data.footer-row": (
        "this row was not read: `{found}` looks like a total or a remark and not like a unit id",
        "没有读这一行：`{found}` 像是合计或备注，不像单位编号",
    ),
    # units
    "data.unit-doubled": (
        "the unit `{unit}` stands twice, at {first} and {second}; both were read, and where they differ neither counts",
        "单位 `{unit}` 重复出现（{first} 和 {second}）；两处都已读，不一致之处均不采用",
    ),
    "data.unit-not-listed": (
        "the unit `{unit}` has register entries but no source lists it as a unit",
        "单位 `{unit}` 有登记记录，但没有任何来源把它列为单位",
    ),
    "data.unit-not-listed-near": (
        "the unit `{unit}` has register entries but no source lists it as a unit; did you mean `{nearest}`?",
        "单位 `{unit}` 有登记记录，但没有任何来源把它列为单位；是不是 `{nearest}`？",
    ),
    "data.unit-without-id": (
        'this unit was not read: it has no `id`; write `"id": "…"`',
        '没有读这个单位：缺少 `id`；请写 `"id": "…"`',
    ),
    "data.name-differs": (
        "the unit is named `{other}` here and `{first}` at {place}; the latter is used",
        "此处单位名称为 `{other}`，{place} 处为 `{first}`；采用后者",
    ),
    "data.unknown-kind": (
        "the plan does not know the kind of unit `{found}`; expected is one of {expected}",
        "方案中没有 `{found}` 这类单位；应为 {expected} 之一",
    ),
    "data.unknown-kind-near": (
        "the plan does not know the kind of unit `{found}`; did you mean `{nearest}`? expected is one of {expected}",
        "方案中没有 `{found}` 这类单位；是不是 `{nearest}`？应为 {expected} 之一",
    ),
    "data.unknown-office": (
        "the project has no office `{found}`; it was kept as written",
        "项目中没有科室 `{found}`；已按原样保留",
    ),
    "data.unknown-office-near": (
        "the project has no office `{found}`; did you mean `{nearest}`? it was kept as written",
        "项目中没有科室 `{found}`；是不是 `{nearest}`？已按原样保留",
    ),
    # registers
    "data.register-status": (
        "`{found}` does not say whether {register_en} has entries; expected is `has records`, `no records` or nothing",
        "`{found}` 看不出{register_zh}有无记录；应填 `有记录`、`无记录`，或不填",
    ),
    "data.register-none-but-rows": (
        "this says that {register_en} has no entries, but there is one at {place}; the entries count",
        "此处说{register_zh}无记录，但 {place} 有记录；以记录为准",
    ),
    "data.register-rows-missing": (
        "this says that {register_en} has entries, but no source has any; the register counts as never filled in",
        "此处说{register_zh}有记录，但没有任何来源列出；该登记表按未填报处理",
    ),
    "data.register-row-empty": (
        "this entry of the unit `{unit}` is empty; it counts as one of which nothing is known",
        "单位 `{unit}` 的这条记录没有内容；按内容未知的一条记录处理",
    ),
    "data.row-key-doubled": (
        "`{found}` stands twice in {register_en} of one source; both entries count",
        "同一来源的{register_zh}中 `{found}` 出现两次；两条都计入",
    ),
    "data.row-cells-conflict": (
        "{fact_en} is `{other}` at {other_place} but `{found}` at {place}; the cell counts as unknown",
        "{fact_zh}在 {other_place} 为 `{other}`，在 {place} 为 `{found}`；按未知处理",
    ),
    # values
    "data.not-yes-or-no": (
        "`{found}` is not understood for {fact_en}; expected is `是` (yes), `否` (no), or nothing if it is not known",
        "{fact_zh}填了 `{found}`，看不懂；应填 `是`、`否`，不清楚的不填",
    ),
    "data.not-a-number": (
        "`{found}` is not a number, as {fact_en} needs; write it as `{example}`",
        "{fact_zh}应为数字，`{found}` 不是；请写成 `{example}` 的样子",
    ),
    "data.percent-for-number": (
        "`{found}` is a percentage, but {fact_en} is not given in %; write it as `{example}`",
        "`{found}` 是百分数，而{fact_zh}的单位不是 %；请写成 `{example}` 的样子",
    ),
    "data.date-for-number": (
        "`{found}` is a date where {fact_en} needs a number; set the cell's format to number and type it again",
        "{fact_zh}应为数字，单元格里却是日期 `{found}`；请把单元格格式改为数值后重填",
    ),
    "data.not-whole": (
        "`{found}` is not a whole number, as {fact_en} needs",
        "{fact_zh}应为整数，`{found}` 不是",
    ),
    "data.out-of-range": (
        "`{found}` is outside what {fact_en} can be ({range})",
        "{fact_zh}填了 `{found}`，超出允许的范围（{range}）",
    ),
    "data.not-a-date": (
        "`{found}` is not a date, as {fact_en} needs; write it as `2018-07-25` or `2018年7月25日`",
        "{fact_zh}应为日期，`{found}` 不是；请写成 `2018-07-25` 或 `2018年7月25日`",
    ),
    "data.no-such-day": (
        "there is no day `{found}` ({fact_en}); write a day that exists as `2018-07-25`",
        "{fact_zh}填了 `{found}`，没有这一天；请写成 `2018-07-25` 的样子",
    ),
    "data.date-without-day": (
        "`{found}` does not name a day, as {fact_en} needs; write it as `2018-07-25`",
        "{fact_zh}填了 `{found}`，没有写到日；请写成 `2018-07-25` 的样子",
    ),
    "data.date-with-time": (
        "`{found}` has a time of day, but {fact_en} is a date; write it as `2018-07-25`",
        "{fact_zh}填了 `{found}`，带有钟点；请只写日期，如 `2018-07-25`",
    ),
    "data.not-a-choice": (
        "`{found}` is not a value of {fact_en}; expected is one of {expected}",
        "{fact_zh}没有 `{found}` 这个选项；应为 {expected} 之一",
    ),
    "data.not-a-choice-near": (
        "`{found}` is not a value of {fact_en}; did you mean `{nearest}`? expected is one of {expected}",
        "{fact_zh}没有 `{found}` 这个选项；是不是 `{nearest}`？应为 {expected} 之一",
    ),
    "data.text-too-long": (
        "the text `{found}` for {fact_en} is longer than {limit} characters",
        "{fact_zh}的文字 `{found}` 超过 {limit} 个字符",
    ),
    "data.control-characters": (
        "the text `{found}` for {fact_en} had invisible control characters; they were taken out",
        "{fact_zh}的文字 `{found}` 含有看不见的控制字符；已去除",
    ),
    "data.formula-without-value": (
        "the formula `{found}` for {fact_en} has no computed value; open the workbook, let it compute and save it",
        "{fact_zh}的公式 `{found}` 没有计算结果；请打开工作簿，计算后保存",
    ),
    "data.cell-error": (
        "the cell for {fact_en} shows the error `{found}`; expected is a value",
        "{fact_zh}的单元格显示错误 `{found}`；应填写数值或文字",
    ),
    "data.value-in-other-unit": (
        "`{found}` for {fact_en} is in another unit than the fact's; it counts as unknown",
        "{fact_zh}的 `{found}` 计量单位与事项不同；按未知处理",
    ),
    # structured files
    "data.json-damaged": (
        "this is not JSON: line {line}, column {column}, at `{found}`",
        "这不是 JSON：第 {line} 行第 {column} 列，`{found}` 处",
    ),
    "data.json-ends-early": (
        "this JSON ends too early, at line {line}, column {column}; a bracket or quotation mark is not closed",
        "这个 JSON 没有写完：第 {line} 行第 {column} 列处括号或引号没有闭合",
    ),
    "data.json-constant": (
        "`{found}` is not a number that JSON knows; write `null` for a value that is not known",
        "JSON 中没有 `{found}` 这样的数；不知道的值请写 `null`",
    ),
    "data.nested-too-deep": (
        "the brackets are nested deeper than {limit} levels; a list of units needs no more than ten",
        "括号嵌套超过 {limit} 层；单位清单用不到十层",
    ),
    "data.no-units": (
        "this file has no list of units; expected is `{expected}`",
        "这个文件没有单位清单；应为 `{expected}`",
    ),
    "data.not-an-object": (
        "`{found}` stands where `{expected}` is expected",
        "此处应为 `{expected}`，却是 `{found}`",
    ),
    "data.not-a-list": (
        "`{found}` stands where a list `{expected}` is expected",
        "此处应为列表 `{expected}`，却是 `{found}`",
    ),
    "data.not-a-single-value": (
        "`{found}` stands where {fact_en} needs a single value",
        "{fact_zh}应为单个值，却是 `{found}`",
    ),
    "data.key-doubled": (
        "the key `{found}` stands twice; where its values differ neither counts",
        "键 `{found}` 重复；值不一致的均不采用",
    ),
    # the template's notes
    "template.unit": ("the unit's id, the same in all sources", "单位的编号，各来源须一致"),
    "template.name": ("the unit's name", "单位的名称"),
    "template.kind": ("the kind of unit; choose from the list", "单位的类型，从下拉列表中选"),
    "template.observed": (
        "the day on which what this row says was true; values past their shelf life count as unknown",
        "本行内容所反映的日期；超过有效期的按未知处理",
    ),
    "template.by": ("the office that reports this row", "填报本行的科室"),
    "template.status": (
        "“{none}”: checked, and there is none; “{has}”: listed on the register's own sheet; empty: not known",
        "“{none}”表示已查、没有；“{has}”表示已在登记表中列出；不填表示不清楚",
    ),
    "template.clause": ("clause: {clauses}", "条款：{clauses}"),
    "template.supplier": ("supplied by: {office}", "提供科室：{office}"),
    "template.unit-of": ("unit: {unit}", "计量单位：{unit}"),
    "template.range": ("range: {range}", "范围：{range}"),
    "template.judged": ("how it is judged: {note}", "填写口径：{note}"),
    "template.shelf-life": (
        "counts for {months} months after the day observed",
        "自填报日期起 {months} 个月内有效",
    ),
    "template.guide-1": ("{title}: how to fill in this workbook", "{title}：填表说明"),
    "template.guide-2": (
        "1. One row a unit on the first sheet. The unit id is needed in every row and must be the same everywhere.",
        "1. 第一张表每个单位一行。每行都要有单位编号，各处编号须一致。",
    ),
    "template.guide-3": (
        "2. Leave a cell empty if the answer is not known. Empty means unknown; it never means no, none or zero.",
        "2. 不清楚的不要填。空白表示未知，不表示“否”“没有”或零。",
    ),
    "template.guide-4": (
        "3. Each register has its own sheet, one row an entry. If a unit has no entry, choose “{none}” on the first "
        "sheet; if it has some, choose “{has}” and list them.",
        "3. 每种登记表一张工作表，每条记录一行。某单位没有记录的，在第一张表选“{none}”；有记录的选“{has}”并逐条列出。",
    ),
    "template.guide-5": (
        "4. Write dates as 2018-07-25. Numbers go without their unit, which is in the heading.",
        "4. 日期写成 2018-07-25。数字不必带单位，单位已在表头中。",
    ),
    "template.guide-6": (
        "5. Do not rename, double or delete headings, do not merge cells, and write values, not formulas.",
        "5. 不要改动、重复或删除表头，不要合并单元格，请填数值而不是公式。",
    ),
    "template.guide-7": (
        "6. Write about units and offices only, never the name of a private person.",
        "6. 只填单位和科室的情况，不要填写个人姓名。",
    ),
}


def _with_nearest(key: str, english: str, chinese: str) -> None:
    TABLE[f"data.{key}"] = (english, chinese)
    TABLE[f"data.{key}-near"] = (
        f"{english}; did you mean `{{nearest}}`?",
        f"{chinese}；是不是 `{{nearest}}`？",
    )


_with_nearest(
    "unknown-key", "the key `{found}` is not known; it was not read", "没有 `{found}` 这个键；没有读"
)
_with_nearest(
    "unknown-fact", "no fact is named `{found}`; it was not read", "没有名为 `{found}` 的事项；没有读"
)
_with_nearest(
    "unknown-register",
    "no register is named `{found}`; it was not read",
    "没有名为 `{found}` 的登记表；没有读",
)
_with_nearest(
    "unknown-column",
    "the register has no column `{found}`; it was not read",
    "登记表没有 `{found}` 这一列；没有读",
)
