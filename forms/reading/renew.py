"""Make the list of words whose syllables the rule of thumb gets wrong, from the CMU Pronouncing Dictionary.

`python -m forms.reading.renew DICTIONARY.js OUT.txt.gz`, as `make vendor` calls it.
"""

import gzip
import re
import sys
from pathlib import Path

from forms.reading.syllables import by_rule

ENTRY = re.compile(r'^\s*"([a-z\']+)": "([A-Z0-9 ]+)"', re.MULTILINE)


def exceptions(dictionary: str) -> dict[str, int]:
    """Give the words on which the rule errs with their syllables: one for each stressed or unstressed vowel."""
    counted = {word: len(re.findall(r"\d", sounds)) for word, sounds in ENTRY.findall(dictionary)}
    return {word: count for word, count in sorted(counted.items()) if count and by_rule(word) != count}


def main(dictionary: Path, out: Path) -> None:
    """Write the list, packed in a way that is the same each time."""
    lines = [f"{word} {count}\n" for word, count in exceptions(dictionary.read_text(encoding="utf-8")).items()]
    out.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
