#!/usr/bin/env bash
# A Spark cluster of two workers on this machine, reachable from this machine only: to try out what a cluster would do.
#
#     examples/spark/local-cluster.sh start FOLDER [PORT]     prints the address for --master
#     examples/spark/local-cluster.sh stop FOLDER
#
# FOLDER keeps the logs, the workers' scratch files and the ids of the three processes. PYTHON names a Python that has
# plumbline[spark]; without it, python3. Java 17 or later must be there.
set -euo pipefail

wanted=${1:-} folder=${2:-} port=${3:-7077}
[ -n "$folder" ] && { [ "$wanted" = start ] || [ "$wanted" = stop ]; } || {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

stop() {
    for name in worker-2 worker-1 master; do
        pid=$(cat "$folder/$name.pid" 2>/dev/null) || continue
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
        kill -9 "$pid" 2>/dev/null || true
        rm -f "$folder/$name.pid"
    done
}

if [ "$wanted" = stop ]; then
    stop
    exit
fi

python=${PYTHON:-python3}
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME PYSPARK_PYTHON="$python" SPARK_LOCAL_IP=127.0.0.1 SPARK_LOG_DIR="$folder"
mkdir -p "$folder"

launch() { # name, then what to run
    local name=$1
    shift
    "$SPARK_HOME/bin/spark-class" "$@" >"$folder/$name.log" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
}

await() { # how many times, what, in which log
    for _ in $(seq 300); do
        [ "$(grep -c "$2" "$folder/$3.log" 2>/dev/null)" -ge "$1" ] && return
        kill -0 "$(cat "$folder/$3.pid")" 2>/dev/null || break
        sleep 0.2
    done
    echo "the cluster did not start; see $folder/*.log" >&2
    stop
    exit 1
}

launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
await 1 "I have been elected leader" master
for number in 1 2; do
    launch "worker-$number" org.apache.spark.deploy.worker.Worker "spark://127.0.0.1:$port" --host 127.0.0.1 \
        --cores 1 --memory 1g --webui-port 0 --work-dir "$folder/worker-$number"
done
await 2 "Registering worker" master
echo "spark://127.0.0.1:$port"
