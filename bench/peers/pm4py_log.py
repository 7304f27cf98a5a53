"""Runs pm4py on a log and prints CPU seconds and peak memory as JSON: pm4py_log.py FILE (csv or xes)."""

import json
import resource
import sys
import time

import pandas
import pm4py


def cpu():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def main(path):
    begun = cpu()
    if path.endswith(".csv"):
        frame = pandas.read_csv(path)
        frame["timestamp"] = pandas.to_datetime(frame["timestamp"], format="ISO8601", utc=True)
        frame = pm4py.format_dataframe(
            frame, case_id="case_id", activity_key="activity", timestamp_key="timestamp"
        )
    else:
        frame = pm4py.read_xes(path)
    read = cpu()
    dfg, starts, ends = pm4py.discover_dfg(frame)
    counted = cpu()
    pm4py.discover_performance_dfg(frame)
    timed = cpu()
    variants = pm4py.get_variants(frame)
    done = cpu()
    print(
        json.dumps(
            {
                "peer": "pm4py",
                "version": pm4py.__version__,
                "events": len(frame),
                "edges": len(dfg),
                "variants": len(variants),
                "readCpuSeconds": round(read - begun, 2),
                "directlyFollowsCpuSeconds": round(counted - read, 2),
                "directlyFollowsWithTimesCpuSeconds": round(timed - counted, 2),
                "variantsCpuSeconds": round(done - timed, 2),
                "peakMegabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "wallSeconds": round(time.process_time(), 2),
            }
        )
    )


main(sys.argv[1])
