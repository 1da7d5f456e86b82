"""Messages of the ledger: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # the file
    "ledger.none": ("there is no ledger `{file}`", "没有决定台账 `{file}`"),
    "ledger.none-help": (
        "`plumbline evaluate … --ledger FILE` begins one; `--ledger FILE` names another",
        "`plumbline evaluate … --ledger 文件` 可新建；`--ledger 文件` 指定另一个",
    ),
    "ledger.not-a-ledger": ("`{file}` is not a ledger", "`{file}` 不是决定台账"),
    "ledger.newer": (
        "`{file}` was written by a newer version (format {version}, this one knows {known}); nothing was changed",
        "`{file}` 由更新的版本写成（格式 {version}，本版本只认识 {known}）；未作任何改动",
    ),
    "ledger.locked": (
        "`{file}` is being written by somebody else; nothing was written, try again",
        "`{file}` 正被他人写入；本次未写入任何内容，请稍后再试",
    ),
    "ledger.read-only": (
        "`{file}` cannot be written: file or folder is read-only; nothing was changed",
        "`{file}` 不能写入：文件或文件夹只读；未作任何改动",
    ),
    "ledger.disk-full": (
        "the disk is full; nothing was added to `{file}`, and nothing in it is lost",
        "磁盘已满；`{file}` 没有增加任何内容，原有内容没有丢失",
    ),
    "ledger.disk-error": (
        "`{file}` could not be read or written: the disk reported an error",
        "`{file}` 无法读写：磁盘出错",
    ),
    "ledger.damaged": (
        "`{file}` is damaged; keep it as it is and work on a copy",
        "`{file}` 已损坏；请原样保留，另用副本处理",
    ),
    "ledger.damaged-end": (
        "entry {seq}, the last one, was changed; nothing is written behind it: `plumbline ledger verify` says more",
        "最后的第{seq}条被改动过，不在其后写入；详情见 `plumbline ledger verify`",
    ),
    "ledger.cannot-open": ("`{file}` cannot be opened", "无法打开 `{file}`"),
    "ledger.cannot-create": ("`{file}` cannot be made: {why}", "无法建立 `{file}`：{why}"),
    "ledger.failed": ("`{file}`: {why}", "`{file}`：{why}"),
    "ledger.folder-exists": (
        "`{folder}` exists already; name a new folder",
        "`{folder}` 已存在，请写一个新文件夹",
    ),
    "ledger.no-entry": ("there is no entry {seq}; the ledger has {count}", "没有第{seq}条；台账共{count}条"),
    "ledger.head-form": ("`{found}` is no head", "`{found}` 不是台账末端"),
    "ledger.head-none": (
        "`{found}` is neither a head nor a file that is there",
        "`{found}` 既不是台账末端，也没有这个文件",
    ),
    "ledger.head-form-help": (
        "write `120 sha256:…` as `plumbline ledger head` prints it, or the name of a file with that line",
        "写成 `plumbline ledger head` 打印的 `120 sha256:…`，或写有这一行的文件名",
    ),
    "ledger.other-policy": (
        "the ledger's policy is {before}, this project's is {found}: the policy was changed since",
        "台账记载的规则是 {before}，本项目的规则是 {found}：规则已经改动",
    ),
    "ledger.other-policy-help": (
        "`plumbline ledger amend --office OFFICE --on DATE --reason WHY` records who changed it and why; then run again",
        "先用 `plumbline ledger amend --office 部门 --on 日期 --reason 理由` 记载谁因何改动，再运行一次",
    ),
    "ledger.same-policy": (
        "the ledger has this policy already ({found}); there is nothing to record",
        "台账记载的就是这套规则（{found}），无须记载",
    ),
    "ledger.snapshot-strange": (
        "the stored policy has a file in a strange place: `{name}`",
        "存档规则中有位置异常的文件：`{name}`",
    ),
    "ledger.snapshot-does-not-load": (
        "the stored policy {digest} does not load with this version",
        "本版本无法读入存档规则 {digest}",
    ),
    "ledger.snapshot-other": (
        "the stored policy {digest} loads as {found} with this version",
        "本版本读入存档规则 {digest} 得到的是 {found}",
    ),
    "ledger.cannot-prepare": (
        "entry {seq} cannot be computed again with this policy: {why}",
        "用这套规则无法重新计算第{seq}条：{why}",
    ),
    "ledger.entry-unreadable-facts": (
        "the facts of entry {seq} cannot be read",
        "第{seq}条的事实无法读取",
    ),
    "ledger.no-such-unit": (
        "the ledger has no evaluation of a unit `{found}`",
        "台账中没有 `{found}` 的认定记录",
    ),
    "ledger.not-an-evaluation": (
        "entry {seq} is no evaluation (it is: {kind}); name the evaluation that the decision is about",
        "第{seq}条不是认定记录（{kind}）；请指明所针对的认定记录",
    ),
    "ledger.before": (
        "the decision is dated {on}, before what it is about ({day}); see entry {seq}",
        "决定日期 {on} 早于所针对的内容（{day}）；见第{seq}条",
    ),
    "ledger.no-reason": ("a decision needs a reason", "决定必须写明理由"),
    "ledger.confirmed-already": (
        "the verdict of entry {seq} was confirmed already, by entry {at}",
        "第{seq}条的认定已经由第{at}条确认",
    ),
    "ledger.overridden-already": (
        "entry {at} decided otherwise about entry {seq}; that needs no confirmation, and "
        "`plumbline ledger override` decides anew",
        "第{at}条已对第{seq}条另行决定，无须再确认；如要改变，请用 `plumbline ledger override`",
    ),
    "ledger.undetermined": (
        "entry {seq} has no verdict yet, so there is nothing to confirm; find out what is missing, or override it",
        "第{seq}条暂不能认定，没有可以确认的结论；请补齐事实，或者另行决定",
    ),
    "ledger.same-verdict": (
        "that is the verdict of entry {seq} already; `plumbline ledger confirm` confirms it",
        "第{seq}条的认定本来就是这样；请用 `plumbline ledger confirm` 确认",
    ),
    "ledger.no-such-verdict": (
        "`{found}` is no verdict that an office can give; it is one of {known}",
        "`{found}` 不是部门可以作出的认定；可写 {known}",
    ),
    "ledger.unknown-duty": ("the policy has no duty `{found}`", "规则中没有职责 `{found}`"),
    "ledger.unknown-duty-near": (
        "the policy has no duty `{found}`; did you mean `{nearest}`?",
        "规则中没有职责 `{found}`；是否指 `{nearest}`？",
    ),
    "ledger.no-such-duty": (
        "entry {seq} says nothing of the duty `{duty}` for this unit, so there is nothing to waive",
        "第{seq}条中该单位没有职责 `{duty}`，无可免除",
    ),
    "ledger.no-such-period": (
        "this duty has no period `{found}` in entry {seq}; its periods are {known}",
        "第{seq}条中该职责没有 `{found}` 这一期；各期为 {known}",
    ),
    "ledger.replay-what": (
        "which entry? name one, or a unit, or `--all`",
        "要重算哪一条？请写序号、单位或 `--all`",
    ),
    "ledger.replay-what-help": (
        "`plumbline ledger replay 12`, `plumbline ledger replay UNIT`, `plumbline ledger replay --all`",
        "`plumbline ledger replay 12`、`plumbline ledger replay 单位`、`plumbline ledger replay --all`",
    ),
    "ledger.other-does-not-load": ("the policy in `{folder}` does not load", "`{folder}` 中的规则无法读入"),
    "ledger.other-does-not-load-help": (
        "`plumbline check --project {folder}` says what is wrong",
        "`plumbline check --project {folder}` 可查看问题所在",
    ),
    # what the commands say
    "ledger.head-line": ("head: {head}", "末端：{head}"),
    "ledger.recorded-one": (
        "recorded in `{file}` as entry {first}; head: {head}",
        "已记入 `{file}` 第{first}条；末端：{head}",
    ),
    "ledger.recorded": (
        "recorded in `{file}` as entries {first} to {last}; head: {head}",
        "已记入 `{file}` 第{first}至{last}条；末端：{head}",
    ),
    "ledger.exported": (
        "{count} entries written to `{folder}`; head {head}",
        "{count}条已写入 `{folder}`；末端 {head}",
    ),
    "ledger.identical": ("entry {seq}: the same result, byte for byte", "第{seq}条：结果逐字节相同"),
    "ledger.replayed": (
        "computed again: {same} the same byte for byte, {different} different",
        "重新计算：逐字节相同{same}条，不同{different}条",
    ),
    "ledger.replayed-other": (
        "with the other policy: {same} the same, {different} would differ",
        "按另一套规则：相同{same}条，会有不同{different}条",
    ),
    "ledger.differs": (
        "entry {seq}, {name} ({id}), as of {as_of}: the verdict stays ({after}), other results differ",
        "第{seq}条，{name}（{id}），截至{as_of}：认定不变（{after}），其他结果有变",
    ),
    "ledger.differs-verdict": (
        "entry {seq}, {name} ({id}), as of {as_of}: {before} → {after}",
        "第{seq}条，{name}（{id}），截至{as_of}：{before} → {after}",
    ),
    "ledger.difference": ("{place}: {recorded} → {now}", "{place}：{recorded} → {now}"),
    # where a ledger does not have the policy's own words
    "ledger.verdict.weak": ("weak", "属于整顿对象"),
    "ledger.verdict.not_weak": ("not weak", "不属于整顿对象"),
    "ledger.verdict.undetermined": ("undetermined", "暂不能认定"),
    "ledger.verdict.out_of_scope": ("out of scope", "不在范围"),
    "ledger.standing.other": (
        "this is about another evaluation than the one shown here: as of {as_of}, policy {policy}",
        "以下所述是另一次认定，并非此处所示：截至{as_of}，规则 {policy}",
    ),
    "ledger.standing.proposed": (
        "entry {seq} stands as a proposal: {verdict}; nobody has confirmed it",
        "第{seq}条目前是建议：{verdict}，尚未确认",
    ),
    "ledger.standing.confirmed": ("entry {seq} stands confirmed: {verdict}", "第{seq}条已确认：{verdict}"),
    "ledger.standing.objected-proposed": (
        "entry {seq} stands as a proposal: {verdict}; it is objected to, and that is not decided yet",
        "第{seq}条目前是建议：{verdict}；有异议，尚未决定",
    ),
    "ledger.standing.objected-confirmed": (
        "entry {seq} stands confirmed: {verdict}; it is objected to, and that is not decided yet",
        "第{seq}条已确认：{verdict}；有异议，尚未决定",
    ),
    "ledger.standing.objected-overridden": (
        "entry {seq} was overridden: {verdict}; that is objected to, and the objection is not decided yet",
        "第{seq}条已另行决定：{verdict}；对此有异议，尚未决定",
    ),
    "ledger.standing.overridden": ("entry {seq} was overridden: {verdict}", "第{seq}条已另行决定：{verdict}"),
    "ledger.say.who": ("{office}, {post}", "{office}{post}"),
    "ledger.say.evaluation": (
        "{seq}. evaluation of {unit} ({id}) as of {as_of}: {verdict} (a proposal; policy {policy})",
        "{seq}. 认定 {unit}（{id}），截至{as_of}：{verdict}（建议；规则 {policy}）",
    ),
    "ledger.say.policy-change": (
        "{seq}. policy {policy} from here on {on} {who}",
        "{seq}. 自此使用规则 {policy} {on} {who}",
    ),
    "ledger.say.confirmation": (
        "{seq}. {on}: {who} confirmed entry {about}, {unit} ({id}): {verdict}",
        "{seq}. {on} {who}确认第{about}条，{unit}（{id}）：{verdict}",
    ),
    "ledger.say.objection": (
        "{seq}. {on}: {who} objected to entry {about}, {unit} ({id})",
        "{seq}. {on} {who}对第{about}条{unit}（{id}）提出异议",
    ),
    "ledger.say.override": (
        "{seq}. {on}: {who} decided otherwise about entry {about}, {unit} ({id}): {verdict}",
        "{seq}. {on} {who}对第{about}条{unit}（{id}）另行决定：{verdict}",
    ),
    "ledger.say.waiver": (
        "{seq}. {on}: {who} waived {duty} ({period}) for {unit} ({id})",
        "{seq}. {on} {who}免除{unit}（{id}）的{duty}（{period}）",
    ),
    "ledger.say.other": ("{seq}. {kind}", "{seq}. {kind}"),
    # what the keys of an entry's body are called where all of it is shown
    "ledger.key.about": ("about entry", "所针对的条目"),
    "ledger.key.as_of": ("as of", "基准日"),
    "ledger.key.before": ("policy before", "此前的规则"),
    "ledger.key.channels": ("digest of the result by", "推理结果摘要"),
    "ledger.key.classification": ("verdict", "认定"),
    "ledger.key.duty": ("duty", "职责"),
    "ledger.key.facts_object": ("facts, kept as", "事实，存为"),
    "ledger.key.names_object": ("names, kept as", "名称，存为"),
    "ledger.key.office": ("office", "部门"),
    "ledger.key.on": ("day of the decision", "决定日期"),
    "ledger.key.parameters": ("assumed for this run:", "本次所设参数"),
    "ledger.key.period": ("period", "期间"),
    "ledger.key.policy.digest": ("policy's digest", "规则摘要"),
    "ledger.key.policy.id": ("policy", "规则"),
    "ledger.key.policy.policy_object": ("policy's text, kept as", "规则全文，存为"),
    "ledger.key.post": ("post", "职务"),
    "ledger.key.reason": ("reason", "理由"),
    "ledger.key.result_object": ("result, kept as", "推理结果，存为"),
    "ledger.key.sources": ("source file", "来源文件"),
    "ledger.key.unit.id": ("unit's id", "单位编号"),
    "ledger.key.unit.name": ("unit", "单位"),
    "ledger.key.unknown": ("facts not known", "未知事实"),
    "ledger.key.verdict": ("verdict", "认定"),
    "ledger.key.versions": ("version of", "软件版本"),
    "ledger.say.stored": ("{name} ({stored})", "{name}（{stored}）"),
    "ledger.say.reason": ("reason: {reason}", "理由：{reason}"),
    # what a check finds
    "ledger.sound": (
        "sound: {count} entries, {objects} objects; head {head}",
        "完好：{count}条，{objects}份存档；末端 {head}",
    ),
    "ledger.sound-alone": (
        "compared with no head kept elsewhere, so a cut end or a chain written anew would not show",
        "没有与另处保存的末端比较，末尾被截去或整链重写不会显现",
    ),
    "ledger.sound-head": (
        "the head kept elsewhere ({head}) is among the entries",
        "另处保存的末端（{head}）就在其中",
    ),
    "ledger.not-sound": (
        "not sound; findings: {count}, the first at entry {seq}",
        "不完好：{count}处问题，最早在第{seq}条",
    ),
    "ledger.not-sound-file": ("not sound; findings: {count}", "不完好：{count}处问题"),
    "ledger.at-entry": ("entry {seq}: {what}", "第{seq}条：{what}"),
    "ledger.changed": ("was changed: it does not have its own digest", "被改动：与自身摘要不符"),
    "ledger.entry-unreadable": ("cannot be read as an entry", "不能读作一条记录"),
    "ledger.gap": (
        "is missing or in another place: entry {found} stands here",
        "缺失或不在原处：这里是第{found}条",
    ),
    "ledger.moved": (
        "stands in another place: it says that it is entry {found}",
        "不在原处：它自称第{found}条",
    ),
    "ledger.chain-broken": (
        "does not follow the entry before it: one of the two was changed, removed, inserted or moved",
        "接不上前一条：两条之一被改动、删除、插入或移动",
    ),
    "ledger.cut": (
        "the end was cut off: {kept} entries were there, {count} are left",
        "末尾被截去：原有{kept}条，现有{count}条",
    ),
    "ledger.rewritten": (
        "the chain was written anew: entry {kept} is not the one whose head was kept elsewhere",
        "整链被重写：第{kept}条不是另处保存的末端所指的那一条",
    ),
    "ledger.no-object": ("an object it refers to is missing: {address}", "所引存档缺失：{address}"),
    "ledger.object-changed": ("an object was changed: {address}", "存档被改动：{address}"),
    "ledger.spare-objects": (
        "{count} objects belong to no entry: entries were removed, or something was put in",
        "有{count}份存档不属于任何一条：有记录被删除，或有内容被塞入",
    ),
    "ledger.file-damaged": ("the file is damaged: {why}", "文件损坏：{why}"),
    "ledger.schema-changed": (
        "the rules that keep entries from being changed are not those that the ledger was made with",
        "保护记录不被改动的规则已不是建立台账时的规则",
    ),
    "ledger.sm3-unchecked": (
        "SM3 is not available on this machine; of {count} entries only SHA-256 was checked",
        "本机没有 SM3，{count}条只核对了 SHA-256",
    ),
    "ledger.sm3-absent": (
        "{count} entries were written without SM3",
        "{count}条写入时没有 SM3",
    ),
}
