"""NetPilot as Home Assistant sees it, without Home Assistant: needs aiohttp, and nothing else."""
