"""Messages of spark and sql: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    # plumbline batch --engine spark
    "option.batch-master": (
        "With --engine spark: the cluster, as Spark names it, for example spark://host:7077; without it, all cores"
        " of this machine.",
        "与 --engine spark 同用：Spark 集群地址，例如 spark://host:7077；不写则用本机全部核心。",
    ),
    "option.batch-spark-conf": (
        "With --engine spark: a setting of Spark's own; may be repeated.",
        "与 --engine spark 同用：Spark 自身的设置，可重复。",
    ),
    "metavar.master": ("URL", "地址"),
    "metavar.spark-conf": ("NAME=VALUE", "名称=值"),
    "batch.only-with-spark": (
        "`{option}` goes with `--engine spark` only",
        "`{option}` 只能与 `--engine spark` 同用",
    ),
    "batch.only-with-spark-help": ("add `--engine spark`", "请加上 `--engine spark`"),
    "batch.spark-conf-form": ("`{found}` is no setting of Spark's", "`{found}` 不是 Spark 设置"),
    "batch.spark-conf-form-help": (
        "write a name and a value: `--spark-conf spark.executor.memory=4g`",
        "请写名称和值：`--spark-conf spark.executor.memory=4g`",
    ),
    "batch.no-pyspark": ("PySpark is not installed here", "此处没有安装 PySpark"),
    "batch.no-pyspark-help": (
        "install it with `pip install 'plumbline[spark]'`, or leave out `--engine spark`",
        "用 `pip install 'plumbline[spark]'` 安装，或去掉 `--engine spark`",
    ),
    "batch.no-java": ("Spark needs Java, and there is none here", "Spark 需要 Java，此处没有"),
    "batch.no-java-help": (
        "install Java 17 or later, or set `JAVA_HOME`, or leave out `--engine spark`",
        "请安装 Java 17 或更高版本，或设置 `JAVA_HOME`，或去掉 `--engine spark`",
    ),
    "batch.spark-no-session": (
        "Spark cannot be started with the master `{master}`: {reason}",
        "无法以 `{master}` 启动 Spark：{reason}",
    ),
    "batch.spark-no-session-help": (
        "check the address, as in `--master spark://host:7077`, and whether the cluster runs",
        "请核对地址（如 `--master spark://host:7077`）以及集群是否在运行",
    ),
    "batch.spark-failed": ("Spark gave up: {reason}", "Spark 放弃了任务：{reason}"),
    "batch.spark-failed-help": (
        "the workers' logs say more; the same command goes on with what is not done yet",
        "详见各工作节点的日志；再次运行同一命令即从未完成处继续",
    ),
    "batch.spark-not-installed": (
        "plumbline does not run on worker `{host}` with `{python}`: {reason}",
        "工作节点 `{host}` 上的 `{python}` 不能运行 plumbline：{reason}",
    ),
    "batch.spark-not-installed-help": (
        "install it there and set `PYSPARK_PYTHON` to that Python, or ship an environment with `--spark-conf spark.archives=…`",
        "请在该处安装并将 `PYSPARK_PYTHON` 设为该 Python，或用 `--spark-conf spark.archives=…` 随任务分发环境",
    ),
    "batch.spark-other-version": (
        "worker `{host}` has {there}, and here is {here}",
        "工作节点 `{host}` 上是 {there}，此处是 {here}",
    ),
    "batch.spark-other-version-help": ("install the same versions everywhere", "请在各处安装相同的版本"),
    "batch.spark-not-shared": (
        "worker `{host}` does not see the folder `{path}`",
        "工作节点 `{host}` 看不到文件夹 `{path}`",
    ),
    "batch.spark-not-shared-help": (
        "run the command, and keep data and results, in a folder that all workers see under the same name",
        "请在所有工作节点都以同一路径可见的文件夹中运行命令，并把数据和结果放在其中",
    ),
    "batch.spark-cannot-use": (
        "worker `{host}` cannot use `{path}`: {reason}",
        "工作节点 `{host}` 无法使用 `{path}`：{reason}",
    ),
    "batch.spark-cannot-use-help": (
        "the workers must be able to read the data and to write beside the results",
        "工作节点必须能读数据，并能在结果旁写入",
    ),
    # plumbline sql
    "help.command.sql": (
        "Print the screening as one SQL query, to run in a warehouse where the data lies.",
        "把筛查规则打印成一条 SQL 查询，在数据所在的数据仓库中运行。",
    ),
    "option.sql-only": (
        "Only these results, separated by commas: verdicts, findings.",
        "只要这些结果，用逗号分隔：verdicts、findings。",
    ),
    "option.sql-tables": (
        "Print statements that create the tables which the query reads, instead of the query.",
        "不打印查询，而打印建立其所读各表的语句。",
    ),
    "sql.head": (
        "{title}, policy {digest}, as of {as_of}",
        "{title}，规则版本 {digest}，基准日 {as_of}",
    ),
    "sql.parameters": ("assumed: {values}", "假设：{values}"),
    "sql.reads": (
        "reads {tables}; `plumbline sql --tables` says what their columns are",
        "读取 {tables}；各列含义见 `plumbline sql --tables`",
    ),
    "sql.not-computed": (
        "not_computed: true where a value cannot be taken as it stands; all other columns are null there",
        "not_computed：某个值不能照原样使用时为 true，此时其余各列均为 NULL",
    ),
    "sql.column-none": (
        "true where it is said that there are no rows: {register}",
        "写明没有记录时为 true：{register}",
    ),
    "sql.column-unit": ("the unit's id", "单位编号"),
    "sql.column-unit_kind": ("kind of unit: {kinds}", "单位类型：{kinds}"),
    "sql.column-observed": ("the day on which all this was found so", "以上情况的核实日期"),
    "sql.no-duckdb": (
        "DuckDB, which writes the SQL, is not installed here",
        "生成 SQL 所需的 DuckDB 没有安装",
    ),
    "sql.no-duckdb-help": (
        "install it with `pip install 'plumbline[duckdb]'`",
        "用 `pip install 'plumbline[duckdb]'` 安装",
    ),
    "sql.no-such-table": (
        "there is no SQL for `{found}`",
        "`{found}` 没有对应的 SQL",
    ),
    "sql.no-such-table-help": (
        "write `--only verdicts,findings`, or one of them; duties and measures come from `plumbline batch`",
        "请写 `--only verdicts,findings` 或其中之一；任务和措施用 `plumbline batch` 计算",
    ),
    "sql.no-form": ("rule `{rule}` cannot be written in SQL: {why}", "规则 `{rule}` 不能写成 SQL：{why}"),
    "sql.no-form-help": (
        "leave out results that need it with `--only`, or use `plumbline batch`",
        "用 `--only` 去掉需要它的结果，或改用 `plumbline batch`",
    ),
    "sql.same-name": (
        "`{first}` and `{second}` differ in capital letters only, which SQL does not tell apart",
        "`{first}` 与 `{second}` 只有大小写不同，SQL 不能区分",
    ),
    "sql.same-name-help": (
        "give one of them another id in the policy, or use `plumbline batch`",
        "请在规则中给其中一个换一个编号，或改用 `plumbline batch`",
    ),
}
