"""Print what the SARIF validator found in one file; exit with 1 if it found anything."""

import json
import sys
from collections import Counter
from pathlib import Path

file, report = sys.argv[1:]
run = json.loads(Path(report).read_text(encoding="utf-8-sig"))["runs"][0]
rules = run["tool"]["driver"].get("rules", [])
found: Counter[tuple[str, str, str]] = Counter()
for result in run.get("results", []):
    rule = rules[result["ruleIndex"]] if "ruleIndex" in result else {}
    level = result.get("level") or rule.get("defaultConfiguration", {}).get("level", "warning")
    text = result["message"].get("text") or json.dumps(result["message"])
    found[level, result.get("ruleId", rule.get("id", "?")), text[:300]] += 1
for invocation in run.get("invocations", []):
    for kind in ("toolExecutionNotifications", "toolConfigurationNotifications"):
        for notification in invocation.get(kind, []):
            if notification.get("level") == "error":
                found["error", "not valid", notification["message"].get("text", "")[:300]] += 1
levels = Counter(level for level, _, _ in found.elements())
print(f"{file}: errors={levels['error']} warnings={levels['warning']} notes={levels['note']}")
for (level, rule_id, text), count in sorted(found.items()):
    print(f"  {level} {rule_id} x{count}: {text}")
sys.exit(1 if found else 0)
