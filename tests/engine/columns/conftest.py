"""The chapters on columns lean on `generated_laws`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
