"""Write the parts of docs/rules.md anew that are made from the rules: ``python tools/rules.py``."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tally.reference import acceptance_table, rules_reference  # noqa: E402 - the path comes first


def main() -> None:
    """Put each part between its marks."""
    file = ROOT / "docs" / "rules.md"
    text = file.read_text(encoding="utf-8")
    for name, part in (("acceptance", acceptance_table()), ("rules", rules_reference())):
        head, mark, rest = text.partition(f"<!-- {name}: made by tally.reference -->\n")
        end = f"<!-- end of {name} -->"
        text = f"{head}{mark}\n{part}\n\n{end}{rest.partition(end)[2]}"
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
