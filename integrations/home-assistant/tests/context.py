"""Makes the part without Home Assistant importable: its package stands alone, beside the modules that need it."""

from pathlib import Path
import sys

INTEGRATION = Path(__file__).parents[1] / "custom_components" / "netpilot"
if str(INTEGRATION) not in sys.path:
    sys.path.insert(0, str(INTEGRATION))
