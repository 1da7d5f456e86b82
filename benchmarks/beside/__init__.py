"""The workload's rules as users of other engines would write them, each to be measured beside this project."""
