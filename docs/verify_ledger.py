"""Check an exported ledger: python verify_ledger.py FOLDER ["120 sha256:..."]; needs only Python itself."""

import hashlib
import json
import sys
from pathlib import Path


def canonical(value):
    if isinstance(value, dict):  # RFC 8785: keys in the order of their UTF-16 code units
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    inner = ",".join(map(canonical, value)) if isinstance(value, list) else None
    return json.dumps(value, ensure_ascii=False) if inner is None else f"[{inner}]"


def digest(text):
    return "sha256:" + hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


folder, kept = Path(sys.argv[1]), (sys.argv[2] if len(sys.argv) > 2 else "0 none").split()
names, wrong = ("entries.jsonl", "objects.jsonl"), []
files = {name: (folder / name).read_bytes() for name in names}
head = digest('{"format":"plumbline-ledger","version":1}')
try:
    entries, objects = ([json.loads(line) for line in files[name].split(b"\n")[:-1]] for name in names)
    changed = (each["address"] for each in objects if each["address"] != digest(canonical(each["content"])))
    wrong += [f"object {address} was changed" for address in changed]
    for number, found in enumerate(entries, start=1):
        before = (found["entry"]["seq"], "sha256:" + found["entry"]["previous"]["sha256"])
        wrong += [f"entry {number} does not follow the one before it"] * (before != (number, head))
        head = digest(canonical(found["entry"]))
        wrong += ["the head kept elsewhere is another one"] * (kept[0] == str(number) and kept[1] != head)
except (ValueError, KeyError, TypeError, AttributeError) as error:
    sys.exit(f"not sound: a line cannot be read: {error!r}")
wrong += ["the end was cut off"] * (int(kept[0]) > len(entries))
manifest = {"count": len(entries), "files": {name: digest(files[name]) for name in names}, "head": head}
expected = canonical({**manifest, "format": "plumbline-ledger", "version": 1}).encode() + b"\n"
wrong += ["manifest.json describes other files"] * ((folder / "manifest.json").read_bytes() != expected)
sys.exit(print(f"sound: {len(entries)} entries, head {head}") if not wrong else f"not sound: {wrong}")
