"""Messages of actions, agendas and notices: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # commands
    "help.command.actions": (
        "List what is still to be done, by whom and by when; as calendars and notices too.",
        "列出待办事项：谁办、何时办；也可生成日历和通知。",
    ),
    "help.command.agenda": (
        "Show what one post or office has to clear, review and attend in the coming days.",
        "查看某岗位（或部门）近期要清、要审、要到和其他要办的事。",
    ),
    "metavar.post": ("POST", "岗位"),
    "metavar.state": ("STATE", "状态"),
    "metavar.days": ("DAYS", "天数"),
    "metavar.path": ("PATH", "路径"),
    "option.state": (
        "Only actions in this state: {states}; may be repeated. Without it, all that are not closed or superseded.",
        "只看这种状态的事项：{states}；可重复。不写则为未办结且未被取代的全部。",
    ),
    "option.by": (
        "What to gather the actions under: post (if not given), office or unit.",
        "按什么归类：post 岗位（默认）、office 部门、unit 单位。",
    ),
    "option.post": (
        "Only what this post or office has to do, by id or name.",
        "只看这个岗位（或部门）的事项（编号或名称）。",
    ),
    "option.soon": (
        "How many days before its last good day an action counts as due soon; 30 if not given.",
        "距期限多少天以内算即将到期；不写则为 30。",
    ),
    "option.horizon": (
        "With ics: the day up to which duties that begin later are entered; without it, the end of the last phase.",
        "用于 ics：以后才开始的事项列到哪一天；不写则到最后一个阶段结束。",
    ),
    "option.actions-out": (
        "Where to write: a folder for ics and docx, a file for the others.",
        "输出位置：ics、docx 为文件夹，其余为文件。",
    ),
    "option.days": ("How many days to look ahead; 30 if not given.", "看今后多少天；不写则为 30。"),
    "cli.example.out": (
        "write `--out FOLDER`",
        "写成 `--out 文件夹`",
    ),
    "cli.example.report-out": ("write `--out page.html`", "写成 `--out 页面.html`"),
    "cli.example.template-out": (
        "write `plumbline template units.xlsx`",
        "写成 `plumbline template 单位.xlsx`",
    ),
    "cli.days-form": (
        "`{found}` is not a number of days from 0 to {longest}",
        "`{found}` 不是 0 到 {longest} 之间的天数",
    ),
    "cli.form.days": ("write `--days 30`", "写成 `--days 30`"),
    "cli.form.soon": ("write `--soon 30`", "写成 `--soon 30`"),
    "cli.form.horizon": (
        "write a day that exists as `--horizon 2019-12-31`",
        "写成 `--horizon 2019-12-31`，并且是存在的日子",
    ),
    "cli.ics-needs-out": (
        "there is a calendar for each post, so ics needs a folder to write them to, or one post",
        "每个岗位各有一份日历，输出 ics 须指定文件夹或某一个岗位",
    ),
    "cli.ics-needs-out-help": (
        "write `--out FOLDER`, or `--post POST` to print one calendar",
        "写成 `--out 文件夹`，或写 `--post 岗位` 只输出一份",
    ),
    "cli.docx-needs-out": (
        "each notice is a file of its own, so docx needs a folder to write them to",
        "每份通知各为一个文件，输出 docx 须指定文件夹",
    ),
    "cli.no-such-post": (
        "there is no post or office `{found}`; there are {known}",
        "没有 `{found}` 这个岗位或部门，现有{known}",
    ),
    "cli.no-such-post-near": (
        "there is no post or office `{found}`; did you mean `{nearest}`?",
        "没有 `{found}` 这个岗位或部门，是不是 `{nearest}`？",
    ),
    "cli.no-duties": (
        "this project has no duties, procedures or measures, so there is nothing to do",
        "本项目没有职责、程序和措施，没有可列的事项",
    ),
    "cli.no-duties-help": (
        "write them in `rules/duties/*.yaml`; see docs/duties.md",
        "请写在 `rules/duties/*.yaml` 中，写法见 docs/duties.zh.md",
    ),
    "cli.out-is-folder": ("`{folder}` is a folder, not a file", "`{folder}` 是文件夹，不是文件"),
    "cli.out-is-folder-help": ("name a file, as `--out actions.json`", "写明文件名，如 `--out 事项.json`"),
    "cli.out-is-file": ("`{file}` is a file, not a folder", "`{file}` 是文件，不是文件夹"),
    "cli.out-is-data": (
        "`{file}` is one of the data files and is not overwritten",
        "`{file}` 是数据文件，不会覆盖",
    ),
    "cli.file-written": ("wrote `{file}`", "已写入 `{file}`"),
    "cli.calendars-written": (
        "calendars written to `{folder}`: {n}, with {entries} entries",
        "已在 `{folder}` 写入日历{n}份，共{entries}条",
    ),
    "cli.calendar-rest": (
        "{n} entries belong to no such holder and are in no calendar; `--by unit` has them all",
        "有{n}条没有相应的责任人，不在日历中；用 `--by unit` 可得全部",
    ),
    "cli.notices-written": (
        "notices written to `{folder}`: {n}; already there and left as they are: {kept}",
        "已在 `{folder}` 写入通知{n}份；原有{kept}份，未改动",
    ),
    # lists
    "actions.head": (
        "What is to be done under {title}, as of {as_of} (policy {digest})",
        "{title}待办事项，截至{as_of}（规则摘要 {digest}）",
    ),
    "actions.heading": ("{name} ({n})", "{name}（{n}项）"),
    "actions.column.due": ("by", "期限"),
    "actions.column.state": ("state", "状态"),
    "actions.column.unit": ("unit", "单位"),
    "actions.column.holder": ("who", "责任人"),
    "actions.column.what": ("what", "事项"),
    "actions.column.clause": ("clause", "条款"),
    "actions.column.number": ("no.", "序号"),
    "actions.for-period": ("{name} ({period})", "{name}（{period}）"),
    "actions.advisory": ("{name} [in principle]", "{name}〔原则上〕"),
    "actions.missing": ("{name}; facts to collect: {n}", "{name}；待查{n}项"),
    "actions.no-day": ("-", "-"),
    "actions.provisional": ("{day}, provisional", "{day}（暂定）"),
    "actions.no-post": ("No post", "不属于任何岗位"),
    "actions.no-office": ("No office", "不属于任何部门"),
    "actions.count": ("{name} {n}", "{name}{n}项"),
    "actions.none": ("actions: 0; engine: {engine}", "共0项；推理引擎：{engine}"),
    "actions.closing": (
        "actions: {n}; {counts}; engine: {engine}",
        "共{n}项；{counts}；推理引擎：{engine}",
    ),
    # calendars
    "actions.calendar-name": ("{holder}: {title}", "{holder}：{title}"),
    "actions.in-state": ("[{state}] {name}", "〔{state}〕{name}"),
    "actions.due-by": ("Last good day: {day}.", "期限：{day}。"),
    "actions.each-time": (
        "Last good days of {n} periods, the last one {day}.",
        "{n}个期间各自的期限，最后一次{day}。",
    ),
    "actions.calendar-note": (
        "{when} Who: {holders}. {plan}, clause {clause}: {title}.",
        "{when}责任人：{holders}。依据：《{plan}》{clause} {title}。",
    ),
    # agendas
    "agenda.head": (
        "Agenda of {holder} under {title}, {as_of} to {until} (policy {digest})",
        "{title}：{holder}日程，{as_of}至{until}（规则摘要 {digest}）",
    ),
    "agenda.work.clear": ("To be clear about", "要清"),
    "agenda.work.review": ("To review", "要审"),
    "agenda.work.attendance": ("To attend", "要到"),
    "agenda.work.work": ("Other work", "其他工作"),
    "agenda.begins": ("{name}; from {day}", "{name}；{day}起"),
    "agenda.nothing": ("Nothing is to be done in these days.", "这些日子没有要办的事。"),
    # notices
    "notices.head": ("{issuer}", "{issuer}文件"),
    "notices.number": ("No. [{year}]        ", "　　　〔{year}〕　　号"),
    "notices.addressee": ("To: {names}", "{names}："),
    "notices.role": ("{holder} ({role})", "{holder}（{role}）"),
    "notices.heading-1": ("1. {heading}", "一、{heading}"),
    "notices.heading-2": ("2. {heading}", "二、{heading}"),
    "notices.heading-3": ("3. {heading}", "三、{heading}"),
    "notices.closing": ("This is hereby notified.", "特此通知。"),
    "notices.attached": ("Annex: {title}", "附件：{title}"),
    "notices.annex-word": ("Annex", "附件"),
    "notices.assignment.word": ("assignment", "派任通知"),
    "notices.assignment.title": (
        "Notice of assignment: {unit} ({measure})",
        "关于{unit}{measure}的通知",
    ),
    "notices.assignment.opening": (
        "Under clause {clause} ({clause_title}) of {plan}, and as the records stand on {as_of}, the following is notified:",
        "根据《{plan}》{clause}（{clause_title}）的规定和截至{as_of}的情况，现将有关事项通知如下：",
    ),
    "notices.assignment.heading-matter": ("Matter", "事项"),
    "notices.assignment.matter": (
        "{measure}: for {unit}, {against}.",
        "{measure}：{unit}，{against}。",
    ),
    "notices.assignment.matter-since": (
        "{measure}: for {unit}, {against}, with effect from {since}.",
        "{measure}：{unit}，{against}，自{since}起。",
    ),
    "notices.assignment.annexed": (
        "The {n} tasks that come with it are listed in the annex.",
        "相应的{n}项工作见附件。",
    ),
    "notices.assignment.heading-who": ("Arranged by", "办理"),
    "notices.assignment.who": ("The arrangements are made by {by}.", "由{by}负责办理。"),
    "notices.assignment.heading-until": ("Time", "时限"),
    "notices.assignment.until": (
        "To be in place by {due}, and reported to {issuer}.",
        "须于{due}前（含当日）落实到位，并将落实情况报{issuer}。",
    ),
    "notices.assignment.passed": (
        "It was to be in place by {due}. Put it in place at once, and report to {issuer}.",
        "规定期限（{due}）已过，请立即落实，并将落实情况报{issuer}。",
    ),
    "notices.assignment.no-day": (
        "To be put in place without delay, and reported to {issuer}.",
        "请抓紧落实，并将落实情况报{issuer}。",
    ),
    "notices.assignment.annex": ("Tasks for {unit}", "{unit}工作任务清单"),
    "notices.supervision.word": ("supervision", "督办通知"),
    "notices.supervision.title": (
        "Notice of supervision: {unit}",
        "关于对{unit}进行督办的通知",
    ),
    "notices.supervision.opening": (
        "Under clause {clause} ({clause_title}) of {plan}, and as the records stand on {as_of}, supervision is ordered as follows:",
        "根据《{plan}》{clause}（{clause_title}）的规定和截至{as_of}的情况，现就督办事项通知如下：",
    ),
    "notices.supervision.heading-matter": ("Matter", "督办事项"),
    "notices.supervision.matter": (
        'The conditions for "{measure}" are met for {unit}.',
        "{unit}已符合“{measure}”的情形。",
    ),
    "notices.supervision.matter-since": (
        'The conditions for "{measure}" have been met for {unit} since {since}.',
        "{unit}自{since}起已符合“{measure}”的情形。",
    ),
    "notices.supervision.annexed": (
        "The {n} overdue matters are listed in the annex.",
        "逾期未办的{n}项工作见附件。",
    ),
    "notices.supervision.heading-who": ("Responsibility", "督办责任"),
    "notices.supervision.who": (
        "{by} supervises; {against} answers for the improvement.",
        "由{by}负责督办；由{against}负责整改落实。",
    ),
    "notices.supervision.heading-until": ("Time", "办理时限"),
    "notices.supervision.until": (
        "To be settled by {due}, with a report in writing to {issuer}.",
        "须于{due}前（含当日）办结，并将办理情况书面报{issuer}。",
    ),
    "notices.supervision.passed": (
        "It was to be settled by {due}. Settle it at once, with a report in writing to {issuer}.",
        "规定期限（{due}）已过，请立即办结，并将办理情况书面报{issuer}。",
    ),
    "notices.supervision.no-day": (
        "To be settled without delay, with a report in writing to {issuer}.",
        "请抓紧办理，并将办理情况书面报{issuer}。",
    ),
    "notices.supervision.annex": ("Overdue matters of {unit}", "{unit}逾期未办事项清单"),
    "notices.interview.word": ("interview", "约谈通知"),
    "notices.interview.title": (
        "Notice of an interview: {unit}",
        "关于就{unit}有关工作进行约谈的通知",
    ),
    "notices.interview.opening": (
        "Under clause {clause} ({clause_title}) of {plan}, and as the records stand on {as_of}, an interview is arranged as follows:",
        "根据《{plan}》{clause}（{clause_title}）的规定和截至{as_of}的情况，现就约谈事项通知如下：",
    ),
    "notices.interview.heading-matter": ("Reason", "约谈事由"),
    "notices.interview.matter": (
        'The conditions for "{measure}" are met for {unit}.',
        "{unit}已符合“{measure}”的情形。",
    ),
    "notices.interview.matter-since": (
        'The conditions for "{measure}" have been met for {unit} since {since}.',
        "{unit}自{since}起已符合“{measure}”的情形。",
    ),
    "notices.interview.annexed": (
        "The {n} overdue matters to be explained are listed in the annex.",
        "需要说明的{n}项逾期未办工作见附件。",
    ),
    "notices.interview.heading-who": ("Who takes part", "约谈人和约谈对象"),
    "notices.interview.who": (
        "The interview is held by {by}, with {against}.",
        "由{by}约谈，约谈对象为{against}。",
    ),
    "notices.interview.heading-until": ("Time and place", "时间和地点"),
    "notices.interview.until": (
        "No later than {due}; {by} will name the day and the place.",
        "不迟于{due}，具体时间和地点由{by}另行通知。",
    ),
    "notices.interview.passed": (
        "It was to take place by {due}; {by} will name the earliest day possible, and the place.",
        "规定期限（{due}）已过，请尽快进行，具体时间和地点由{by}另行通知。",
    ),
    "notices.interview.no-day": (
        "{by} will name the day and the place.",
        "具体时间和地点由{by}另行通知。",
    ),
    "notices.interview.annex": ("Overdue matters of {unit}", "{unit}逾期未办事项清单"),
}
