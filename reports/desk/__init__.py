"""The desk: pages on which editors browse gaps and settle matches. The web framework is used nowhere else."""
