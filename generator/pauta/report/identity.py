"""What makes a finding the same one from run to run, wherever in its file it has moved to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pauta.findings import Finding

_PLACE = re.compile(r"(?<=\.yml):\d+(?::\d+)?|(?<=renglón )\d+|(?<=línea )\d+")


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """One fingerprint a finding, in their order: of rule, file and message, but of no line.

    Findings that are alike are told apart by their order in the file.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        alike = "\0".join((finding.rule, finding.location.path, _PLACE.sub("", finding.message)))
        seen[alike] += 1
        whole = f"{alike}\0{seen[alike]}"
        yield sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()
