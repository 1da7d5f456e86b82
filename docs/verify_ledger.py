"""Check an exported ledger: python verify_ledger.py FOLDER ["120 sha256:..."]; needs only Python itself."""

import re
import sys
from hashlib import algorithms_available, new
from json import JSONEncoder, loads
from pathlib import Path


def in_order(pairs):  # of RFC 8785: the keys by their UTF-16 code units
    return dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))


def digests(text, kinds=("sha256",)):
    return {kind: new(kind, text.encode()).hexdigest() for kind in kinds if kind in algorithms_available}


sys.excepthook = lambda _, error, trace: print(f"not sound: {error!r}\n{__doc__}", file=sys.stderr)
canonical = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
header, where, kept = {"format": "plumbline-ledger", "version": 1}, Path(sys.argv[1]), " ".join(sys.argv[2:])
files = {name: (where / name).read_bytes().decode() for name in ("entries.jsonl", "objects.jsonl")}
heads, before, named, wrong = ["0 sha256:" + digests(canonical(header))["sha256"]], {}, set(), []
for number, line in enumerate(re.findall(".*\n?", files["entries.jsonl"])[:-1], start=1):
    entry, own = map(loads(line, object_pairs_hook=in_order).get, ("entry", "digests"))
    before = before or entry["previous"] | digests(canonical(header), ["sha256", *entry["previous"]])
    own = {kind: own[kind] for kind in ("sha256", "sm3") if kind in own} | digests(canonical(entry), own)
    right = canonical({"digests": own, "entry": entry | {"previous": before, "seq": number}})
    wrong += [f"entry {number} was changed or is out of place"] * (line != right + "\n")
    named.update(re.findall('_object":"(sha256:[0-9a-f]{64})"', canonical(entry["body"])))
    before, _ = own, heads.append(f"{number} sha256:{own['sha256']}")
lines = [loads(line, object_pairs_hook=in_order) for line in files["objects.jsonl"].split("\n")[:-1]]
found = {"sha256:" + digests(canonical(line["content"]))["sha256"]: line["content"] for line in lines}
right = [canonical({"address": at, "content": found.get(at)}) + "\n" for at in sorted(named)]
wrong += ["objects.jsonl is not what entries refer to"] * (files["objects.jsonl"] != "".join(right))
told = {name: "sha256:" + digests(text)["sha256"] for name, text in files.items()}
told = in_order({**header, "count": len(heads) - 1, "files": told, "head": heads[-1].split()[1]}.items())
wrong += ["manifest.json differs"] * ((where / "manifest.json").read_text("utf-8") != canonical(told) + "\n")
wrong += [f"no entry has the head {kept!r}; the last one is {heads[-1]!r}"] * (kept not in ["", *heads])
done = f"sound: {heads[-1]}; {'the' if kept else 'no'} head kept elsewhere was compared"
sys.exit(f"not sound: {'; '.join(wrong)}" if wrong else print(done))
