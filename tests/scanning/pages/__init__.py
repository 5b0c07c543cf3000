"""Files → page images: each kind, each way to be turned, each way to be damaged."""
